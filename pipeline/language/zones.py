"""Zone first, then value: what part of the letter a line belongs to."""

from enum import StrEnum


class Zone(StrEnum):
    """A part of a letter. Denial reasons come from determination and rationale only, time limits from rights, and so on."""

    LETTERHEAD = "letterhead"
    ADDRESS = "address"
    REFERENCE = "reference"
    GREETING = "greeting"
    DETERMINATION = "determination"
    RATIONALE = "rationale"
    CRITERIA = "criteria"
    REQUEST = "request"
    RIGHTS = "rights"
    CONTACTS = "contacts"
    BOILERPLATE = "boilerplate"
    TABLE = "table"
    SIGNATURE = "signature"
    BODY = "body"
