"""Errors a person sees: a code, one line, and what to do. They never carry the text of a letter.

Exit codes of the command line (contract, section 1): 2 is wrong use or a broken setting, 3 a missing tool or service.
"""

from enum import StrEnum


class ProblemCode(StrEnum):
    """Why a document could not be read. The only outcomes besides a result that leave a document's child process."""

    UNSUPPORTED_TYPE = "unsupported_type"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    UNREADABLE = "unreadable"


EXPLANATIONS: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.UNSUPPORTED_TYPE: (
        "The content is of a type that is not read.",
        "Send it as PDF, TIFF, PNG, JPEG, HEIC, DOCX or plain text, or as attachments of a mail.",
    ),
    ProblemCode.ENCRYPTED: (
        "The file needs a password.",
        "Type the password into its box at the desk under Set aside, or give it to denials retry ID --password-stdin; "
        "else ask the sender for a copy without one.",
    ),
    ProblemCode.CORRUPT: (
        "The file is damaged and its pages cannot be trusted.",
        "Ask for it again, or print the original and scan it.",
    ),
    ProblemCode.INCOMPLETE: (
        "The file ends early, as when a transfer stopped half-way.",
        "Copy it again from where it came.",
    ),
    ProblemCode.EMPTY: ("There is nothing in the file.", "Scan or save it again."),
    ProblemCode.TOO_LARGE: (
        "The file, or a page in it, is larger than the limit.",
        "Scan at 200 to 300 dpi, or split it; the limits stand in denials.toml.",
    ),
    ProblemCode.TOO_MANY_PAGES: (
        "The file has more pages than the limit.",
        "Split it, or raise max_pages in denials.toml.",
    ),
    ProblemCode.TOO_SLOW: (
        "Reading took longer than the limit.",
        "Retry when the machine is idle, or split the file; the limit stands in denials.toml.",
    ),
    ProblemCode.OUT_OF_MEMORY: (
        "Reading needed more memory than the limit.",
        "Split the file or scan it at a lower resolution.",
    ),
    ProblemCode.CRASHED: (
        "The reader stopped unexpectedly on this file.",
        "Print the original and scan it; the other files were not affected.",
    ),
    ProblemCode.UNREADABLE: (
        "No page has words that can be read.",
        "Scan it again, straight and at 300 dpi in black and white.",
    ),
}
"""Code -> (what happened, what to do), in words for a billing person."""


class DocumentError(Exception):
    """A document that cannot be read, as a code. Raised ``from None`` where a foreign error is translated."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code.value)
        self.code = code


class DenialsError(Exception):
    """One clear line for the person at the keyboard: what, why, what to do."""

    exit_code = 2

    def __init__(self, what: str, *, why: str, advice: str) -> None:
        super().__init__(f"{what}: {why.rstrip('.')}. {advice}")
        self.what = what
        self.why = why
        self.advice = advice


class UsageError(DenialsError):
    """Wrong use or a broken setting."""


class MissingToolError(DenialsError):
    """A program or service that is needed is not there."""

    exit_code = 3
