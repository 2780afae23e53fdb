"""Zones of a letter: the headings that open one and the sentences that show one."""

from enum import StrEnum

from pydantic import model_validator

from pipeline.knowledge.entry import Exemplified


class Zone(StrEnum):
    """A part of a letter. Denial reasons come from determination and rationale only, time limits from rights."""

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


class After(StrEnum):
    """What may follow a signature: its names, who gets copies, what is attached, another letter as an exhibit."""

    SIGNED = "signed"
    COPIES = "copies"
    ATTACHED = "attached"
    EXHIBIT = "exhibit"


class ZoneEntry(Exemplified):
    """Phrases of one zone. ``headings`` open it until the next heading; ``sentences`` claim their sentence.

    Headings with ``after`` count only after the signature, for the part that they begin there. What stands under those
    of an ``aside`` ends at the next line that looks like a heading, known or not.
    """

    zone: Zone
    after: After | None = None
    aside: bool = False
    headings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "ZoneEntry":
        if not self.headings and not self.sentences:
            raise ValueError("an entry needs headings or sentences")
        return self
