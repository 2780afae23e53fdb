"""Looking through an inbox and taking files in, against real folders, links, pipes and a slow writer."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.inbox import Intake, Kind, scan, waiting_in
from pipeline.inbox.copying import Changed, TooLarge, copy
from pipeline.inbox.moving import move
from pipeline.inbox.settling import Settling

ROOT = os.geteuid() == 0


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.naps: list[object] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0.01)
        for nap in self.naps:
            nap()


class Book:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, bool]] = []
        self.refused: list[tuple[str, str]] = []
        self.places: dict[int, str] = {}
        self.rows: list[object] = []
        self.passed = self.left = 0

    def known(self):
        return [row for row in self.rows if row.receipt_id not in self.places]

    def lately_moved(self):
        return [row for row in self.rows if row.moved_to is not None and not row.problem]

    def keep(self, found, kept, *, moved):
        self.kept.append((found.path, kept.temp.read_bytes().decode(), moved))
        kept.temp.unlink()
        return self._row(found, "")

    def refuse(self, found, problem):
        self.refused.append((found.path, problem.value))
        return self._row(found, problem.value)

    def _row(self, found, problem):
        class Row:
            receipt_id = len(self.rows)
            path, size, mtime_ns, inode = found.path, found.size, found.mtime_ns, found.inode
            moved_to = None

        Row.problem = problem
        self.rows.append(Row)
        return Row.receipt_id

    def moved(self, places):
        self.places.update(places)
        for receipt, place in places.items():
            self.rows[receipt].moved_to = place

    def gone(self, receipts):
        pass

    def passed_over(self, files, *, purged):
        self.passed += files

    def left_for_space(self, files):
        self.left = files


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def take(inbox: Path, book: Book, *, clock: Clock | None = None, settle: float = 2.0, floor: int = 0, most: int = 1000):
    clock = clock or Clock()
    temp = inbox.parent / "temp"
    temp.mkdir(exist_ok=True)
    Intake(
        inbox, book, temp=temp, max_bytes=most, space_floor=floor, settle_seconds=settle, monotonic=clock.monotonic,
        sleep=clock.sleep, stop=threading.Event(),
    ).run()  # fmt: skip
    assert list(temp.iterdir()) == [], "a temporary copy was left"
    return clock


def names(inbox: Path) -> list[str]:
    return sorted(
        os.fsencode(p.relative_to(inbox)).decode("utf-8", "backslashreplace")
        for p in inbox.rglob("*")
        if p.is_symlink() or not p.is_dir()
    )


def test_junk_and_own_folders_are_not_seen(inbox):
    junk = ".DS_Store ._a.pdf Thumbs.db desktop.ini @eaDir/x.pdf .hidden/x.pdf processed/old.pdf set_aside/link/old"
    for name in [*junk.split(), "sub/deep/b.pdf", "sub/processed/c.pdf", "a.pdf"]:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text("x")
    assert [found.path for found in scan(inbox)] == ["a.pdf", "sub/deep/b.pdf", "sub/processed/c.pdf"]


def test_a_missing_inbox_is_one_clear_error(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        scan(tmp_path / "nowhere")
    assert waiting_in(tmp_path / "nowhere", []) == 0


def test_files_are_copied_and_then_moved_with_their_folders(inbox):
    (inbox / "sub").mkdir()
    (inbox / "a.pdf").write_text("one")
    (inbox / "sub" / "a.pdf").write_text("two")
    book = Book()
    take(inbox, book)
    assert book.kept == [("a.pdf", "one", False), ("sub/a.pdf", "two", False)]
    assert names(inbox) == ["processed/a.pdf", "processed/sub/a.pdf"]


def test_nothing_is_taken_before_it_settled(inbox):
    (inbox / "a.pdf").write_text("x")
    clock, book = Clock(), Book()
    start = clock.now
    take(inbox, book, clock=clock, settle=2.0)
    assert clock.now - start >= 2.0


def test_a_slow_writer_is_read_once_and_whole(inbox):
    clock, book = Clock(), Book()
    steps = iter(range(20))

    def write() -> None:
        if (step := next(steps, None)) is not None:
            with (inbox / "slow.pdf").open("a") as file:
                file.write(f"{step} ")

    write()
    clock.naps.append(write)
    take(inbox, book, clock=clock, settle=1.0)
    assert [text for _, text, _ in book.kept] == ["".join(f"{n} " for n in range(20))]


def test_a_file_that_keeps_its_size_but_is_written_again_has_not_settled():
    clock = Clock()
    settling = Settling(seconds=1, monotonic=clock.monotonic)

    def found(mtime: int):
        from pipeline.inbox import Found

        return [Found(path="a", kind=Kind.FILE, size=3, mtime_ns=mtime, inode=1)]

    assert settling.settled(found(1)) == ()
    clock.now += 0.9
    assert settling.settled(found(2)) == ()
    clock.now += 0.9
    assert settling.settled(found(2)) == ()
    clock.now += 0.2
    assert len(settling.settled(found(2))) == 1


def test_a_file_that_never_settles_stays_and_the_batch_goes_on(inbox):
    (inbox / "good.pdf").write_text("good")
    clock, book = Clock(), Book()
    clock.naps.append(lambda: (inbox / "never.pdf").open("a").write("x"))
    (inbox / "never.pdf").write_text("x")
    start = clock.now
    take(inbox, book, clock=clock)
    assert [path for path, _, _ in book.kept] == ["good.pdf"]
    assert clock.now - start < 90
    assert names(inbox) == ["never.pdf", "processed/good.pdf"]


def test_a_half_copied_name_is_not_waited_for_but_counts(inbox):
    for name in ("a.pdf.part", "b.crdownload", "~$c.docx"):
        (inbox / name).write_text("x")
    clock, book = Clock(), Book()
    start = clock.now
    take(inbox, book, clock=clock)
    assert book.kept == []
    assert clock.now == start
    assert waiting_in(inbox, book.known()) == 3


def test_a_writer_that_goes_on_after_the_move_is_not_lost(inbox):
    book = Book()
    with (inbox / "a.pdf").open("w") as writer:
        writer.write("first half")
        writer.flush()
        take(inbox, book)
        assert names(inbox) == ["processed/a.pdf"]
        writer.write(", second half")
    take(inbox, book)
    assert book.kept == [("a.pdf", "first half", False), ("processed/a.pdf", "first half, second half", True)]
    assert names(inbox) == ["processed/a.pdf"]


def test_links_pipes_and_sockets_are_never_opened_and_set_aside(inbox, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    (inbox / "link.pdf").symlink_to(secret)
    (inbox / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    (inbox / "folder").symlink_to(tmp_path)
    os.link(secret, inbox / "hard.pdf")
    os.mkfifo(inbox / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(inbox)  # a socket's path is short
        listening.bind("s")
        os.chdir(here)
    book = Book()
    taking = threading.Thread(target=take, args=(inbox, book), daemon=True)
    taking.start()
    taking.join(60)
    assert not taking.is_alive(), "it waits for somebody to write into the pipe"
    assert book.kept == []
    assert {code for _, code in book.refused} == {"unsupported_type"}
    assert names(inbox) == [
        "set_aside/hard_linked/hard.pdf", "set_aside/link/dangling.pdf", "set_aside/link/folder",
        "set_aside/link/link.pdf", "set_aside/special/pipe.pdf", "set_aside/special/s",
    ]  # fmt: skip
    assert secret.read_text() == "CANARY"


def test_a_file_swapped_for_a_link_is_never_followed(inbox, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    (tmp_path / "temp").mkdir()
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            new = inbox / ".new"
            new.symlink_to(secret)
            new.rename(inbox / "a.pdf")
            new.write_text("good!!")
            new.rename(inbox / "a.pdf")
            time.sleep(0.0005)  # so that a loaded machine too wins the race now and then

    (inbox / "a.pdf").write_text("good!!")
    swapper = threading.Thread(target=swap)
    swapper.start()
    good = 0
    try:
        for _ in range(1500):
            for found in scan(inbox):
                if found.kind is not Kind.FILE:
                    continue
                try:
                    kept = copy(inbox, found, temp=tmp_path / "temp", max_bytes=100)
                except Changed:
                    continue
                assert kept.temp.read_text() == "good!!"
                kept.temp.unlink()
                good += 1
    finally:
        stop.set()
        swapper.join()
    assert good, "the race was always lost: the test shows nothing"


def test_a_folder_swapped_for_a_link_is_never_followed(inbox, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.pdf").write_text("CANARY")
    (inbox / "sub").mkdir()
    (inbox / "sub" / "a.pdf").write_text("good!!")
    (found,) = scan(inbox)
    (inbox / "sub").rename(inbox / "gone")
    (inbox / "sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Changed):
        copy(inbox, found, temp=tmp_path, max_bytes=100)
    assert move(inbox, found, to="processed") is None
    assert (tmp_path / "elsewhere" / "a.pdf").exists()


def test_a_file_that_grows_while_it_is_copied_is_not_kept(inbox, tmp_path):
    (inbox / "a.pdf").write_text("x" * 10)
    (found,) = scan(inbox)
    with (inbox / "a.pdf").open("a") as file:
        file.write("y")
    with pytest.raises(Changed):
        copy(inbox, found, temp=tmp_path, max_bytes=100)


def test_a_file_over_the_limit_is_not_even_opened(inbox, tmp_path):
    (inbox / "big.pdf").write_text("x" * 101)
    (found,) = scan(inbox)
    with pytest.raises(TooLarge):
        copy(inbox, found, temp=tmp_path, max_bytes=100)
    book = Book()
    take(inbox, book, most=100)
    assert book.refused == [("big.pdf", "too_large")]
    assert names(inbox) == ["set_aside/too_large/big.pdf"]


def test_a_copy_is_private(inbox, tmp_path):
    (inbox / "a.pdf").write_text("x")
    (inbox / "a.pdf").chmod(0o666)
    (found,) = scan(inbox)
    kept = copy(inbox, found, temp=tmp_path, max_bytes=100)
    assert kept.temp.stat().st_mode & 0o777 == 0o600


def test_names_that_are_taken_get_a_number(inbox):
    book = Book()
    for _ in range(3):
        (inbox / "a.pdf").write_text("x")
        take(inbox, book)
    assert names(inbox) == ["processed/a (2).pdf", "processed/a (3).pdf", "processed/a.pdf"]


ODD = [
    b"new\nline.pdf", "right\u202eto.pdf".encode(), b"=1+1.pdf", b"-rf.pdf", b"caf\xe9.pdf", b"CON.pdf", b"<b>.pdf",
    b"$(id).pdf", b"n" * 251 + b".pdf", "cafe\u0301.pdf".encode(), "caf\u00e9.pdf".encode(), b" .pdf", b"a\\b.pdf",
]  # fmt: skip


def test_odd_names_are_harmless(inbox):
    book = Book()
    for round_ in (1, 2):
        for name in ODD:
            (inbox / os.fsdecode(name)).write_text(f"{round_}{name!r}")
        take(inbox, book)
    assert len(book.kept) == 2 * len(ODD)
    assert sorted(p for p, _, _ in book.kept[: len(ODD)]) == sorted(os.fsdecode(name) for name in ODD)
    moved = [os.fsencode(path.name) for path in (inbox / "processed").iterdir()]
    assert len(moved) == 2 * len(ODD)
    assert max(len(name) for name in moved) == 255


def test_new_folders_have_the_rights_of_the_inbox(inbox):
    inbox.chmod(0o775)
    before = os.umask(0o077)
    try:
        (inbox / "a.pdf").write_text("x")
        take(inbox, Book())
    finally:
        os.umask(before)
    assert (inbox / "processed").stat().st_mode & 0o777 == 0o775


def test_below_the_floor_of_free_space_everything_stays(inbox):
    for n in range(3):
        (inbox / f"{n}.pdf").write_text("x")
    book = Book()
    take(inbox, book, floor=1 << 60)
    assert (book.kept, book.left) == ([], 3)
    assert len(names(inbox)) == 3
    take(inbox, book)
    assert len(book.kept) == 3


def test_a_known_file_is_passed_over_without_being_read(inbox, monkeypatch):
    (inbox / "a.pdf").write_text("x")
    book = Book()
    monkeypatch.setattr("pipeline.inbox.intake.move", lambda inbox, found, to: None)
    take(inbox, book)
    monkeypatch.setattr("pipeline.inbox.intake.copy", None)
    clock = Clock()
    start = clock.now
    take(inbox, book, clock=clock)
    assert (len(book.kept), book.passed) == (1, 1)
    assert clock.now == start, "there is nothing to wait for"
    assert waiting_in(inbox, book.known()) == 0


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_a_file_that_may_not_be_read_stays(inbox):
    (inbox / "a.pdf").write_text("x")
    (inbox / "a.pdf").chmod(0)
    book = Book()
    take(inbox, book)
    assert book.kept == []
    assert names(inbox) == ["a.pdf"]


def test_another_file_under_the_name_is_not_moved(inbox):
    (inbox / "a.pdf").write_text("x")
    (found,) = scan(inbox)
    (inbox / "new").write_text("other")
    (inbox / "new").rename(inbox / "a.pdf")
    assert move(inbox, found, to="processed") is None
    assert names(inbox) == ["a.pdf"]
