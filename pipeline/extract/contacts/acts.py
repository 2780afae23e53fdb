"""What a number is for where no word beside it names a contact: the act that its sentence, or the one before, tells of.

The words of the acts are those of the time limits (``models/time_limits/kinds.yaml``), which tell far more ways to say
"disagree", "talk it over" or "send the notes" than a list of departments does.
"""

from collections import defaultdict
from collections.abc import Mapping

from pipeline.extract.contacts.reach import Reached
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language import Language, Reading
from pipeline.language.matchers import Subject
from pipeline.language.prose import is_titled
from pipeline.language.sentences import Sentence, sentence_of
from pipeline.values.letter import Channel, ClockKind, Purpose

_PURPOSES: Mapping[ClockKind, Purpose] = {
    ClockKind.INTERNAL_APPEAL: Purpose.APPEAL,
    ClockKind.SECOND_LEVEL: Purpose.APPEAL,
    ClockKind.RECONSIDERATION: Purpose.APPEAL,
    ClockKind.EXPEDITED_APPEAL: Purpose.EXPEDITED_APPEAL,
    ClockKind.PROVIDER_DISPUTE: Purpose.PROVIDER_DISPUTE,
    ClockKind.RECORDS_DUE: Purpose.RECORDS,
    ClockKind.PEER_TO_PEER: Purpose.PEER_TO_PEER,
}
_BY_FAX = frozenset({Purpose.APPEAL, Purpose.PROVIDER_DISPUTE, Purpose.RECORDS})
_BY_PHONE = frozenset({Purpose.PEER_TO_PEER, Purpose.EXPEDITED_APPEAL})
"""How these are reached where only the act is told. A telephone beside an appeal may be anybody's."""
_CONFIDENCE = 0.75


class Acts:
    """The acts of a letter by sentence, and which of them the sentence last told spoke of."""

    def __init__(self, reading: Reading, language: Language, *, asks: bool) -> None:
        """``asks``: the letter asks for papers, so that what is faxed is those."""
        entries = {e.id: e for e in language.knowledge.limit_kinds}
        purposes = {e.purpose: e for e in reversed(language.knowledge.contact_purposes)}
        unless: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for name, span in language.matchers[Subject.LIMIT_KIND_UNLESS](reading.doc):
            unless[sentence_of(span).start].append((name, span.start, span.end))
        self._acts: dict[int, list[tuple[int, ContactPurpose]]] = defaultdict(list)
        for name, span in language.matchers[Subject.LIMIT_KIND](reading.doc):
            place, entry = sentence_of(span).start, entries[name]
            told = _PURPOSES.get(entry.kind)
            if told is None and asks:
                continue  # "or we decide on what we have": the fax beside it takes the papers all the same
            purpose = purposes.get(told)
            taken = any(name == n and span.start < end and start < span.end for n, start, end in unless[place])
            if purpose and not taken and (entry.rank > _SENDING or asks):
                self._acts[place].append((entry.rank, purpose))
        self._last: list[tuple[int, ContactPurpose]] = []
        self._headed = False

    def role(self, found: Reached, sentence: Sentence, *, alone: bool) -> tuple[ContactPurpose, float] | None:
        """The purpose of a number by its sentence's acts, else (not if ``alone``) by those last told; confidence."""
        ways = _BY_FAX if found.channel is Channel.FAX else _BY_PHONE if found.channel is Channel.PHONE else frozenset()
        for group in (self._acts.get(sentence.start, []), [] if alone else self._last):
            if group:
                _, best = max(group, key=lambda act: act[0])
                return (best, _CONFIDENCE) if best.purpose in ways else None
        return None

    def told(self, sentence: Sentence) -> None:
        """Take a sentence as read."""
        text = sentence.text.rstrip()
        if here := self._acts.get(sentence.start):
            self._last = here
            self._headed = text.endswith((":", "?")) or is_titled(text)
        self.parted(sentence.text[len(text) :])

    def parted(self, blanks: str) -> None:
        """Blank lines end what was spoken of, but not what a heading names."""
        if "\n\n\n" in blanks or ("\n\n" in blanks and not self._headed):
            self._last = []


_SENDING = -3
"""The rank of acts that only say how something is sent; see ``limits``."""
