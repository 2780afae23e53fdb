"""What is left of a letter after damage is shown to a person, never done in silence."""

from pathlib import Path

from pipeline.reading import process_file
from pipeline.values.limits import Limits


def test_a_text_that_says_nothing_is_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF")  # what a transfer left of it
    document = process_file(path, file_name=path.name, practice_path=None, limits=Limits())
    assert [note.field for letter in document.letters for note in letter.needs_review] == ["kind"]
