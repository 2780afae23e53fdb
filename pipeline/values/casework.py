"""What crosses between letters of one case: what a letter shows of it, and what people did about its tasks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """What a letter (or one claim of it) shows of the case it belongs to; what it does not say is empty.

    ``home`` is the id of the case that it would be alone; cases that turn out to be one take the home of their earliest
    letter. ``written`` is the letter's date, ISO. ``numbers`` are the payer's numbers of the claim, request or appeal,
    the letter's own and those it refers to; ``claim`` the claim's alone. ``print`` is the fingerprint of the words.
    ``works``: it asks for work by itself. ``by_hand``: a person put it into the case ``home``, and nothing else moves
    it.
    """

    home: str
    claim_index: int | None = None
    written: str = ""
    kind: str = ""
    payer: str = ""
    member: str = ""
    name: str = ""
    claim: str = ""
    numbers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    print: str = ""
    by_hand: bool = False
    works: bool = True
