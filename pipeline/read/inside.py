"""What is inside a container, whatever its kind."""

from collections.abc import Iterator

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.containers.archive import archived
from pipeline.read.containers.inner import Inner
from pipeline.read.containers.mail import mailed
from pipeline.read.containers.outlook import exported
from pipeline.read.triage import FileKind
from pipeline.values.limits import Limits

CONTAINERS = frozenset({FileKind.MAIL, FileKind.OUTLOOK, FileKind.ARCHIVE})


def inside(data: bytes, kind: FileKind, *, limits: Limits, password: str | None = None) -> Iterator[Inner]:
    """The documents in a container, in order, taken out one by one.

    Raises ``DocumentError``: empty where it holds none; encrypted, too_large, incomplete, corrupt.
    """
    match kind:
        case FileKind.MAIL:
            found = mailed(data, limits=limits)
        case FileKind.OUTLOOK:
            found = exported(data, limits=limits)
        case _:
            found = archived(data, limits=limits, password=password)
    count = 0
    for inner in found:
        count += 1
        yield inner
    if not count:
        raise DocumentError(ProblemCode.EMPTY)
