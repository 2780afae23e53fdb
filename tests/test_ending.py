"""No command ends with a traceback, and no log holds the message of an unexpected error."""

import logging

import pytest

from pipeline.ending import Exit, code_of, ended, start_log
from pipeline.errors import MissingToolError, UsageError


@pytest.fixture(autouse=True)
def untouched_log():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def fail(error: BaseException):
    def work() -> int:
        raise error

    return work


def test_the_exit_codes_of_the_contract(capsys):
    assert ended(lambda: None, command="denials x") == Exit.DONE
    assert ended(lambda: 1, command="denials x") == Exit.NEEDS_A_PERSON
    assert ended(fail(UsageError("a", why="b", advice="C.")), command="denials x") == Exit.WRONG_USE
    assert ended(fail(MissingToolError("a", why="b", advice="C.")), command="denials x") == Exit.MISSING_TOOL
    assert ended(fail(KeyboardInterrupt()), command="denials x") == Exit.INTERRUPTED
    assert ended(lambda: 130, command="denials x") == Exit.INTERRUPTED
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == lines[1] == "denials x: a: b. C."
    assert "run it again" in lines[2]
    assert lines[2] == lines[3]


def test_an_unexpected_error_is_a_code_and_a_place(capsys, tmp_path):
    start_log(tmp_path, level="warning")
    assert ended(fail(ValueError("Jane Roe")), command="denials x") == Exit.MISSING_TOOL
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "ValueError at tests/test_ending.py:" in err
    log = (tmp_path / "log" / "denials.log").read_text()
    assert "ValueError" in log
    assert "Jane" not in err + log


def test_the_same_error_has_the_same_code():
    codes = []
    for text in ("once this", "once that"):
        with pytest.raises(ValueError, match="once") as caught:
            fail(ValueError(text))()
        codes.append(code_of(caught.value))
    assert codes[0] == codes[1]
    assert codes[0] != code_of(ValueError())
