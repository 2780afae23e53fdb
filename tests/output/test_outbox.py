"""A program that watches the outbox sees whole files or none."""

import pytest

from pipeline.output.outbox import deliver


def visible(folder):
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    seen = []

    def write(folder):
        path = folder / "queue.json"
        path.write_text("half")
        seen.append(visible(tmp_path))
        path.write_text("half and half")
        return [path]

    (path,) = deliver(tmp_path, write)
    assert seen == [set()]
    assert path.read_text() == "half and half"
    assert visible(tmp_path) == {"queue.json"}


def test_nothing_is_left_of_what_failed_and_the_file_before_it_stays(tmp_path):
    (tmp_path / "queue.json").write_text("yesterday")

    def write(folder):
        (folder / "queue.json").write_text("half")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        deliver(tmp_path, write)
    assert [path.name for path in tmp_path.iterdir()] == ["queue.json"]
    assert (tmp_path / "queue.json").read_text() == "yesterday"
