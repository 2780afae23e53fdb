"""How much one document may cost. Anything above ends with a code, never with a slow machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one document's child process.

    ``max_bytes`` of the file, ``max_pages`` of the document, ``max_pixels`` of one page image, ``seconds`` of wall
    clock, ``memory_bytes`` of private data (RLIMIT_DATA) of the child and, separately, of each program it starts;
    what it shares with the template comes on top.
    A container (a mail, an archive) holds at most ``max_members`` documents of ``max_unpacked_bytes`` together; what
    stands in ``max_depth`` containers is not opened further. A remittance file has at most ``max_claims`` claims.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 300
    max_pixels: int = 40_000_000
    seconds: float = 120.0
    memory_bytes: int = 1_500_000_000
    max_members: int = 200
    max_unpacked_bytes: int = 400_000_000
    max_depth: int = 3
    max_claims: int = 20_000
