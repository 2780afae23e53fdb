"""The reader's own services: whose line a number for help or for questions is."""

import re

from pipeline.extract.kind.setting import reader_of
from pipeline.language import Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import Addressee, Purpose

_SERVICES = {Addressee.PROVIDER: Purpose.PROVIDER_SERVICES, Addressee.MEMBER: Purpose.MEMBER_SERVICES}
_OF_A_CLAIM = re.compile(r"\b(?:npi|cpt|hcpcs|icn|dcn|carc|rarc|claims?)\b", re.IGNORECASE)
_HELP = re.compile(
    r"(?:^|\n|[.;|{,]\s*)\W*(?:help(?: (?:line|desk))?[\W_]{1,16}|contact\W{0,2}=\W{0,2})"
    r"(?:(?:tel|phone|ph|call)\W{1,3})?$",
    re.IGNORECASE,
)


def is_help(own: str) -> bool:
    """Whether the words before a number are nothing but that word: ``HELP....:``, ``"help": "tel``."""
    return _HELP.search(own) is not None


def services_of(reading: Reading, addressee: Addressee) -> Purpose | None:
    """Whose services a number for questions is; a record of a claim that greets nobody is read by those who bill."""
    told = _SERVICES.get(reader_of(reading, addressee))
    greeted = any(line.zone is Zone.GREETING for line in reading.lines)
    if told or greeted or not _OF_A_CLAIM.search(reading.prose.text):
        return told
    return Purpose.PROVIDER_SERVICES
