"""Setting up on machines that lack something: tools/setup, in a Debian made of small scripts."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.project import HOUSE

# Each writes down how it was called. The Python makes a "virtual environment" that holds itself.
FAKES = {
    "dpkg-query": 'cat "$MACHINE/installed"',
    "id": 'echo "$USER_ID"',
    "sudo": 'log sudo "$@"; [ -n "${SUDO_WORKS:-}" ] || exit 1; shift; "$@"',
    "env": 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"',
    "apt-get": 'log apt-get "$@"',
    "python3": """
        case "$*" in
            *ensurepip*) [ -z "${NO_VENV:-}" ] ;;
            *version_info*) [ -z "${OLD_PYTHON:-}" ] ;;
            "-m venv"*) log "$@"; mkdir -p .venv/bin; rm -f .venv/has-*; cp "$0" .venv/bin/python ;;
            *"pip install"*) log pip install; [ -z "${NO_NETWORK:-}" ] ;;
        esac""",
}
TOOLS = ("bash", "cat", "cksum", "dirname", "grep", "sed", "touch", "mkdir", "rm", "cp")
OTHER_PYTHONS = ("python3.11", "python3.12", "python3.13")
ONE_LINE = "    apt-get install --no-install-recommends -y "


@dataclass(frozen=True, slots=True)
class Machine:
    """A fresh clone on a machine of which we say what it has."""

    folder: Path

    def has(self, *packages: str) -> None:
        lines = "".join(
            f"ii \t{name}, {provides}, \n" for name, _, provides in (p.partition(":") for p in packages)
        )
        (self.folder / "installed").write_text(lines)

    def set_up(self, mode: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env: Mapping[str, str] = {
            "PATH": str(self.folder / "bin"),
            "MACHINE": str(self.folder),
            "USER_ID": "1000",
            "PYTHON": "python3",
            **settings,
        }
        command = [str(self.folder / "bin/bash"), str(self.folder / "clone/tools/setup"), mode]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=30)

    def calls(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    for name in TOOLS:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    for name in (*FAKES, *OTHER_PYTHONS):
        script = tmp_path / "bin" / name
        body = FAKES.get(name, "exit 1")
        script.write_text(f'#!{shutil.which("bash")}\nlog() {{ echo "$*" >>"$MACHINE/log"; }}\n{body}\n')
        script.chmod(0o755)
    shutil.copytree(HOUSE / "requirements", tmp_path / "clone/requirements")
    shutil.copytree(HOUSE / "tools", tmp_path / "clone/tools", ignore=shutil.ignore_patterns("__pycache__"))
    machine = Machine(tmp_path)
    machine.has()
    return machine


def test_without_root_it_prints_the_one_line_to_run_and_stops(machine: Machine) -> None:
    machine.has("libgl1")
    answer = machine.set_up("tests")
    assert answer.returncode == 1
    lines = [line for line in answer.stderr.splitlines() if line.startswith(ONE_LINE)]
    assert len(lines) == 1
    asked_for = lines[0].removeprefix(ONE_LINE).split()
    assert {"libegl1", "xvfb", "chromium", "poppler-utils", "strace", "fonts-noto-core"} <= set(asked_for)
    assert "libgl1" not in asked_for
    assert not any("apt-get" in call for call in machine.calls())


@pytest.mark.parametrize("settings", [{"USER_ID": "0"}, {"SUDO_WORKS": "yes"}])
def test_with_root_or_sudo_it_installs_what_is_missing(machine: Machine, settings: dict[str, str]) -> None:
    answer = machine.set_up("run-desk", **settings)
    assert answer.returncode == 0, answer.stderr
    update, install = [call for call in machine.calls() if call.startswith("apt-get")]
    assert "-o DPkg::Lock::Timeout=300" in update
    assert "-o DPkg::Lock::Timeout=300" in install
    assert "libxcb-cursor0" in install
    assert "chromium" not in install


def test_a_package_may_be_there_under_a_newer_name(machine: Machine) -> None:
    machine.has("libglib2.0-0t64:libglib2.0-0 (= 2.84)")
    answer = machine.set_up("run-desk")
    assert "libdbus-1-3" in answer.stderr
    assert "libglib2.0-0" not in answer.stderr


def test_without_a_screen_it_needs_no_system_package_and_no_qt(machine: Machine) -> None:
    assert machine.set_up("run-headless").returncode == 0
    assert machine.calls() == ["-m venv --clear .venv", "pip install"]
    assert (machine.folder / "clone/.venv/has-base.txt").exists()


def test_a_debian_without_venv_gets_it(machine: Machine) -> None:
    answer = machine.set_up("run-headless", NO_VENV="yes")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == ONE_LINE + "python3-venv"


def test_an_old_python_is_told_plainly(machine: Machine) -> None:
    machine.has("python3", "python3-venv")
    answer = machine.set_up("run-headless", OLD_PYTHON="yes")
    assert answer.returncode == 1
    assert "Sayback needs Python 3.11" in answer.stderr


def test_the_second_time_there_is_nothing_to_do(machine: Machine) -> None:
    machine.set_up("run-headless")
    before = machine.calls()
    assert machine.set_up("run-headless").returncode == 0
    assert machine.calls() == before


def test_other_pins_get_a_new_environment(machine: Machine) -> None:
    machine.set_up("run-headless")
    with (machine.folder / "clone/requirements/base.txt").open("a") as pins:
        pins.write("# changed\n")
    machine.set_up("run-headless")
    assert machine.calls() == ["-m venv --clear .venv", "pip install"] * 2


def test_a_broken_network_is_told_plainly_and_tried_again_next_time(machine: Machine) -> None:
    answer = machine.set_up("run-headless", NO_NETWORK="yes")
    assert answer.returncode == 1
    assert "Is there a network?" in answer.stderr
    assert machine.set_up("run-headless").returncode == 0
    assert machine.calls() == ["-m venv --clear .venv", "pip install", "pip install"]


def test_an_unknown_way_of_use_is_answered_with_the_ways_there_are(machine: Machine) -> None:
    answer = machine.set_up("everything")
    assert answer.returncode == 2
    assert "tools/setup run-headless" in answer.stderr
