"""The fixtures that fail a test for what it leaves behind are themselves tested: each leak is made once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LEAKY = """
import asyncio, os, socket, sqlite3, subprocess, sys, threading

import pytest

kept = []

def test_thread():
    kept.append(threading.Thread(target=threading.Event().wait, daemon=True))
    kept[-1].start()

def test_loop():
    kept.append(asyncio.new_event_loop())

def test_child():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_file(tmp_path):
    kept.append(sqlite3.connect(tmp_path / "a.db"))
    kept[-1].execute("create table t(a)")

def test_window(qtbot):
    from PySide6.QtWidgets import QWidget
    kept.append(QWidget())

def test_world():
    with socket.socket() as sock, pytest.raises(AssertionError):
        sock.connect(("1.1.1.1", 9))

def test_tidy(qtbot, tmp_path, home):
    from PySide6.QtWidgets import QMainWindow
    window = QMainWindow()
    window.menuBar().addMenu("File").addAction("Open")
    qtbot.addWidget(window)
    window.show()
    thread = threading.Thread(target=lambda: None)
    thread.start()
    (tmp_path / "a").write_text("a")
    subprocess.run([sys.executable, "-c", ""], check=True)
    asyncio.run(asyncio.sleep(0))
    assert os.environ["HOME"] == str(home)
"""


@pytest.mark.slow
def test_whatever_a_test_leaves_behind_fails_it(tmp_path: Path) -> None:
    house = Path(__file__).parents[2]
    fixtures = (house / "tests/conftest.py").read_text()
    (tmp_path / "conftest.py").write_text(fixtures.replace("GRACE_SECONDS = 3.0", "GRACE_SECONDS = 0.2"))
    (tmp_path / "pyproject.toml").write_text((house / "pyproject.toml").read_text())
    (tmp_path / "test_leaky.py").write_text(LEAKY)
    command = [sys.executable, "-m", "pytest", "--tb=line", "-p", "no:cacheprovider", "test_leaky.py"]
    env = {**os.environ, "PYTHONPATH": str(house)}    # the fixtures make a certificate
    answer = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    failed = set(re.findall(r"^ERROR \S+::(\w+)", answer.stdout, re.MULTILINE))
    assert failed == {"test_thread", "test_loop", "test_child", "test_file", "test_window"}, answer.stdout
    assert "7 passed" in answer.stdout
