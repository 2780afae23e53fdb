"""A batch that the schedule starts: Prefect is told where it could not do its work, and is told no path."""

import logging

import pytest

from flows.inbox_batch import BatchCutShortError, _this_batch
from pipeline.errors import UsageError


@pytest.fixture
def scheduled(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "data").mkdir(mode=0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DENIALS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DENIALS_INBOX", str(tmp_path / "in"))
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    yield tmp_path
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


@pytest.mark.slow
def test_a_scheduled_batch_that_something_ended_does_not_look_done(scheduled):
    with pytest.raises(BatchCutShortError, match="UsageError") as told, _this_batch() as batch:
        batch.problem = UsageError(str(scheduled / "Roe_denial.pdf"), why="it is not there", advice="Look again.")
    assert "Roe" not in str(told.value)
    assert str(scheduled) not in str(told.value)


@pytest.mark.slow
def test_a_scheduled_batch_that_did_its_work_ends_well(scheduled):
    with _this_batch() as batch:
        assert list(batch.take_in()) == []
        assert batch.finish() is not None
