"""The acts that a letter gives time for, sentence by sentence, and what was spoken of before a sentence."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.extract.clocks.clauses import clause_at
from pipeline.extract.clocks.questions import Whose, is_bare, time_asked
from pipeline.extract.clocks.spans import OPEN
from pipeline.knowledge.time_limits import LimitKind, NoLimit
from pipeline.language import Language, Reading, Span
from pipeline.language.matchers import Subject
from pipeline.language.prose import is_titled
from pipeline.language.sentences import Sentence, sentence_of
from pipeline.language.zones import Zone
from pipeline.values.letter import ClockKind

_LEADS_IN = re.compile(r"\W*(?:(?:how )?to|keeping|stopping|holding|if you want)\b[^,;]*$", re.IGNORECASE)
"""``To keep your visits the same.``: words that lead in what is to be done for it."""
_SHORT = 12
ANSWER = -2
"""The rank of a bare answer, which takes time only where it stands beside it."""
SENDING = -3
"""The rank of an act that only says how something reaches the payer: ``fax to ...``."""


@dataclass(frozen=True, slots=True)
class Action:
    """An act that time may be given for (``file an appeal``), at offsets of ``reading.prose.text``."""

    entry: LimitKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What was spoken of before a sentence. ``apart``: a paragraph has ended since, and it was no heading.

    ``of_row``: it is one of several rows that each say what they are about, so that the next row has nothing of it.
    ``asked``: it was a question, and that is whose time it asked after.
    """

    actions: tuple[Action, ...] = ()
    headed: bool = False
    apart: bool = False
    of_row: bool = False
    asked: Whose | None = None

    def after(self, blanks: str) -> "Topic":
        """The topic after blank lines: a wide gap ends it."""
        if "\n\n\n" in blanks:
            return NO_TOPIC
        return replace(self, apart=True) if "\n\n" in blanks and not self.headed else self

    def followed_by(self, sentence: Sentence, zone: Zone, *, here: list[Action]) -> "Topic":
        """The topic after a sentence: the acts it names; else this one, as long as the running text goes on."""
        named = tuple(act for act in here if act.entry.rank > ANSWER)
        asked = time_asked(sentence.text)
        if named or asked:
            spoken_of = () if asked is Whose.NOBODYS else named or (self.actions if is_bare(sentence.text) else ())
            topic = Topic(spoken_of, headed=_is_heading(sentence.text), asked=asked)
        else:
            topic = replace(self, asked=None) if zone in OPEN else NO_TOPIC
        return topic.after(sentence.text[len(sentence.text.rstrip("\n")) :])


NO_TOPIC = Topic()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what bears on its limits.

    ``listed``: it is a row of a table of last days, or the answer to a question for one.

    ``here`` are the acts that it names, ``sent`` those to fall back on, ``topic`` what was spoken of before it;
    ``refusals`` are its words of no limit.
    """

    sentence: Sentence
    zone: Zone
    listed: bool
    here: list[Action]
    sent: list[Action]
    topic: Topic
    refusals: list[tuple[NoLimit, Span]]


class Heard:
    """The acts and the words of no limit that stand in a letter, by sentence."""

    def __init__(self, reading: Reading, language: Language) -> None:
        self._kinds = {entry.id: entry for entry in language.knowledge.limit_kinds}
        self._none = {entry.id: entry for entry in language.knowledge.no_limits}
        self._acts = _by_sentence(reading, language, Subject.LIMIT_KIND)
        self._taken_back = _by_sentence(reading, language, Subject.LIMIT_KIND_UNLESS)
        self._no_limits = _by_sentence(reading, language, Subject.NO_LIMIT)

    def acts(self, sentence: Sentence) -> list[Action]:
        """The acts that a sentence names and does not take back in the same words."""
        taken_back = self._taken_back.get(sentence.start, ())
        return [
            self._act(name, span)
            for name, span in self._acts.get(sentence.start, ())
            if not any(name == other and span.start < t.end and t.start < span.end for other, t in taken_back)
        ]

    def acts_ahead(self, following: Sentence) -> tuple[Action, ...]:
        """What a limit is for that stands before its act: ``You have until May 1. Fax your appeal to ...``."""
        named = (self._act(name, span) for name, span in self._acts.get(following.start, ()))
        return tuple(act for act in named if act.entry.rank >= 0)

    def decision(self, sentence: Sentence) -> Action:
        """The payer's own answer, where a sentence asks after its time without a word that names it."""
        entry = next(entry for entry in self._kinds.values() if entry.kind is ClockKind.PAYER_DECISION)
        return Action(entry, sentence.start_char, sentence.end_char)

    def refusals(self, sentence: Sentence) -> list[tuple[NoLimit, Span]]:
        """The words of no limit in a sentence, each with its entry."""
        return [(self._none[name], span) for name, span in self._no_limits.get(sentence.start, ())]

    def _act(self, name: str, span: Span) -> Action:
        return Action(self._kinds[name], span.start_char, span.end_char)


def of_clause(sentence: Sentence, place: int, acts: list[Action], *, but: list[Action]) -> list[Action]:
    """The acts in the clause around a place, where none of ``but`` stands in it."""
    first, last = clause_at(sentence, place)
    inside = [a for a in acts if a.start < last and a.end > first]
    return [] if any(a.start < last and a.end > first for a in but) else inside


def _by_sentence(reading: Reading, language: Language, subject: Subject) -> Mapping[int, list[tuple[str, Span]]]:
    found: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    for name, span in language.matchers[subject](reading.doc):
        found[sentence_of(span).start].append((name, span))
    return found


def _is_heading(text: str) -> bool:
    """Whether the lines below a sentence speak of what it names."""
    short = bool(_LEADS_IN.match(text)) and len(text.split()) <= _SHORT
    return short or text.rstrip().endswith((":", "?")) or is_titled(text)
