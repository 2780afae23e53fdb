"""Files that come over the desk: a harmless name, whole or not at all, over nobody else's."""

import os
from pathlib import Path

import pytest

from pipeline.desk.uploads import fit_name, put
from pipeline.errors import UsageError

ROOM = {"max_bytes": 100, "space_floor": 0}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("note.pdf", "note.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Users\\me\\scan.tif", "scan.tif"),
        (".bashrc", "bashrc"), ("", "upload"), ("/", "upload"), ("a\x00b\r\nc.txt", "abc.txt"),
        ("~$open.docx", "__open.docx"),
        ("left.part", "left.part_"), ("<img src=x>.pdf", "_img src_x_.pdf"), ("Bericht für Ö.pdf", "Bericht für Ö.pdf"),
        ("\u202efdp.exe", "fdp.exe"), ("patients.csv", "patients.csv"),
    ],
)  # fmt: skip
def test_a_name_harms_nobody(sent, kept):
    assert fit_name(sent) == kept


def test_a_long_name_keeps_its_end():
    assert len(fit_name("x" * 500 + ".pdf")) <= 120
    assert fit_name("x" * 500 + ".pdf").endswith(".pdf")


def test_it_is_there_whole_private_and_noted_first(tmp_path):
    seen = []

    def note(digest: str) -> None:
        seen.append((digest, [path.suffix for path in (tmp_path / "p1").iterdir()]))

    name = put(tmp_path / "p1", "a.txt", [b"one ", b"two"], note=note, **ROOM)
    assert (tmp_path / "p1" / name).read_bytes() == b"one two"
    assert (tmp_path / "p1" / name).stat().st_mode & 0o077 == 0
    assert [suffixes for _, suffixes in seen] == [[".part"]], "noted before it has its name"


def test_no_file_is_written_over(tmp_path):
    names = [put(tmp_path, "a.txt", [text], note=len, **ROOM) for text in (b"1", b"2", b"3")]
    assert names == ["a.txt", "a-2.txt", "a-3.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"1"


@pytest.mark.parametrize(
    ("content", "why"), [([b""], "empty"), ([b"x" * 60, b"x" * 60], "larger"), ([b"x"] * 101, "larger")]
)
def test_of_what_is_refused_nothing_is_left(tmp_path, content, why):
    with pytest.raises(UsageError, match=why):
        put(tmp_path, "a.txt", content, note=len, **ROOM)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_refuses(tmp_path):
    with pytest.raises(UsageError, match="full"):
        put(tmp_path, "a.txt", [b"x"], note=len, max_bytes=100, space_floor=1 << 60)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_refuses(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="permission"):
        put(tmp_path, "a.txt", [b"x"], note=len, **ROOM)


def test_no_name_stands_for_a_file_that_is_not_whole(tmp_path, monkeypatch):
    """Whoever takes uploads in may look at any moment."""
    seen = []
    for how in ("rename", "replace"):
        real = getattr(Path, how)

        def looking(path, target, real=real):
            seen.append([one.name for one in tmp_path.iterdir() if one.suffix != ".part"])
            return real(path, target)

        monkeypatch.setattr(Path, how, looking)
    put(tmp_path, "a.txt", [b"1"], note=len, **ROOM)
    put(tmp_path, "a.txt", [b"2"], note=len, **ROOM)
    assert seen == [[], ["a.txt"]]
