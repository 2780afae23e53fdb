"""The purposes that sentences name, and which of them count: not the desk, the papers, those who may act."""

import re
from collections import defaultdict
from collections.abc import Mapping

from pipeline.extract.contacts.columns import Hit
from pipeline.extract.contacts.reach import Reached
from pipeline.extract.grievances import Grievances
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language import Language, Reading
from pipeline.language.matchers import Subject
from pipeline.language.sentences import Sentence, sentence_of, sentences_of
from pipeline.values.letter import Channel, Purpose

RECORDS = "contact.records"
_NOBODYS = "contact.none"
SERVICES = frozenset({Purpose.MEMBER_SERVICES, Purpose.PROVIDER_SERVICES})
APPEALS = frozenset({Purpose.APPEAL, Purpose.EXPEDITED_APPEAL})
_WRITTEN = frozenset({Channel.FAX, Channel.PORTAL, Channel.EMAIL})
_MAY_ACT = re.compile(
    r"\byour (?:doctor|provider|prescriber|physician|representative)\b[^.]{0,60}\b(?:may|must|can|should) "
    r"(?:ask|appeal|file|request|send)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"[(,;:\u2013\u2014-]\s?(?:and |but )?(?:not|never|nor)(?: for)? $", re.IGNORECASE)
"""``Fax your appeal (not questions, not records) to``: what a number is not for."""
_NOT_FAR = 16
_BARE, _PRONOUNS = 2, frozenset({"it", "them", "these", "those", "this", "that"})
_FORMS = frozenset({"form", "forms"})
_SENT_TO = re.compile(
    r"\W*(?:please )?(?:send|mail|fax|address|submit|return) (?:it|them|this|your (?:appeal|request|letter|form))\b",
    re.IGNORECASE,
)
"""``Send it to Member Relations, ..., fax ...``: the desk it goes to does not say what it is."""


def hits_of(reading: Reading, language: Language) -> Mapping[int, list[Hit]]:
    """The words of purposes that stand in a letter, by the first token of their sentence.

    A grievance that is no appeal is none of them: its number is nobody's that is looked for.
    """
    entries = {e.id: e for e in language.knowledge.contact_purposes}
    found: dict[int, list[Hit]] = defaultdict(list)
    taken_back = [(name, s.start, s.end) for name, s in language.matchers[Subject.CONTACT_PURPOSE_UNLESS](reading.doc)]
    for name, span in language.matchers[Subject.CONTACT_PURPOSE](reading.doc):
        if any(name == other and span.start < end and start < span.end for other, start, end in taken_back):
            continue
        if _DENIED.search(reading.prose.text[max(0, span.start_char - _NOT_FAR) : span.start_char]):
            continue
        found[sentence_of(span).start].append((entries[name], span.start_char, span.end_char))
    grievances = Grievances(reading)
    for sentence in sentences_of(reading.doc) if grievances.apart else ():
        if words := grievances.words(sentence):
            here = found[sentence.start]
            here[:] = [h for h in here if (h[2] <= words[0] or words[1] <= h[1]) and h[0].purpose not in APPEALS]
            here.append((entries[_NOBODYS], *words))
    return found


def without_desk(found: Reached, sentence: Sentence, here: list[Hit], previous: ContactPurpose | None) -> list[Hit]:
    """The hits of a sentence but for the desk that something spoken of before is sent to in writing.

    Nor are "fax them" words for papers where something else was spoken of: ``Appeals: do not mail, fax them to ...``.
    """
    spoken = previous.purpose if previous else None
    if spoken not in (None, Purpose.RECORDS) or any(h[0].purpose not in (None, Purpose.RECORDS) for h in here):
        here = [hit for hit in here if hit[0].id != RECORDS or not _is_pronoun(sentence, hit)]
    sent = previous and previous.purpose and found.channel in _WRITTEN and _SENT_TO.match(sentence.text)
    return [hit for hit in here if hit[0].purpose not in SERVICES] if sent else here


def without_readers(sentence: Sentence, here: list[Hit]) -> list[Hit]:
    """The hits of a sentence but for those who may act: ``You or your prescriber must ask within 65 days``."""
    return [hit for hit in here if hit[0].purpose or hit[0].by_reader] if _MAY_ACT.search(sentence.text) else here


def _is_pronoun(sentence: Sentence, hit: Hit) -> bool:
    """Whether the words of a hit tell nothing but that what was spoken of is sent: ``fax them``, ``fax the form``."""
    words = sentence.text[hit[1] - sentence.start_char : hit[2] - sentence.start_char].casefold().split()
    return (len(words) == _BARE and words[-1] in _PRONOUNS) or words[-1] in _FORMS
