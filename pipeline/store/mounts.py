"""Where a database file must not lie: SQLite's write-ahead log needs memory that all its users share."""

import re
from pathlib import Path

from pipeline.errors import UsageError

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|lustre|glusterfs|ncpfs|fuse\.(sshfs|davfs2?|rclone|glusterfs)|davfs"
)
_MOUNTS = Path("/proc/mounts")


def refuse_network_mount(folder: Path, *, mounts: str | None = None) -> None:
    """Nothing where ``folder`` lies on a disk of this machine.

    Args:
        folder: the data folder, which need not exist yet.
        mounts: the lines of ``/proc/mounts``; those of this machine where None. A system without it is not checked.

    Raises:
        UsageError: it lies on a network mount.
    """
    kind = _kind_of(folder.absolute(), _lines() if mounts is None else mounts)
    if kind and _NETWORK.fullmatch(kind):
        raise UsageError(
            f"data folder {folder}",
            why=f"it is on a network mount ({kind}), where SQLite loses data",
            advice="Name a folder on a disk of this machine with --data, or set database_url to a PostgreSQL database.",
        )


def _lines() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _kind_of(folder: Path, mounts: str) -> str | None:
    """The type of the mount with the longest path above ``folder``; the later line wins, as it covers the earlier."""
    real = folder.resolve()
    best, kind = -1, None
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), parts[1]))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind
