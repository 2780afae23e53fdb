"""An original is taken away where a person asked for it: exactly the bytes that were taken in, and nothing else."""

import errno
import hashlib
import os

from pipeline.inbox import remove
from tests.test_inbox import names


def test_only_the_very_bytes_are_taken_away_and_what_stays_is_told(tmp_path, monkeypatch):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    digest = hashlib.sha256(b"bytes").hexdigest()
    for name in ("a.pdf", "sub/b.pdf"):
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_bytes(b"bytes")
    (inbox / "other.pdf").write_bytes(b"other")
    (tmp_path / "secret").write_bytes(b"bytes")
    (inbox / "link.pdf").symlink_to(tmp_path / "secret")
    assert remove(inbox, "a.pdf", sha256=digest)
    for name in ("a.pdf", "other.pdf", "link.pdf", "nowhere/c.pdf"):  # none of them lies there with these bytes
        assert remove(inbox, name, sha256=digest), name
    assert names(inbox) == ["link.pdf", "other.pdf", "sub/b.pdf"]
    assert (tmp_path / "secret").is_file()

    def refused(name, *, dir_fd):
        raise PermissionError(errno.EROFS, "read-only")

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", refused)
        assert not remove(inbox, "sub/b.pdf", sha256=digest)
    assert remove(inbox, "sub/b.pdf", sha256=digest)
