"""A fault of ours is written down with its place in the code, and with nobody's words."""

from pathlib import Path

import pytest

from core.base.faults import described, record_fault


def quote_somebody() -> None:
    try:
        int("Mrs Brown of Mill Lane is a danger")
    except ValueError as cause:
        raise KeyError("my secret note") from cause


def a_fault() -> BaseException:
    with pytest.raises(KeyError) as caught:
        quote_somebody()
    return caught.value


def test_the_log_says_what_broke_and_where_but_quotes_nobody(tmp_path: Path) -> None:
    path = record_fault(a_fault(), tmp_path)
    written = path.read_text("utf-8")
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "tests/core/base/test_faults.py" in written
    assert "Brown" not in written
    assert "secret" not in written


@pytest.mark.slow
def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    fault = a_fault()
    for _number in range(2_000):
        record_fault(fault, tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 600_000


def test_an_error_of_the_system_is_told_by_its_number() -> None:
    assert "FileNotFoundError 2" in described(FileNotFoundError(2, "No such file", "a persons file.sayback"))
    assert "persons" not in described(FileNotFoundError(2, "No such file", "a persons file.sayback"))
