"""Schema of ``models/requests/``, ``models/asking/`` and its words: papers by name, and how they are asked for."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from itertools import chain

from pydantic import Field

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Exemplified, Strict, Verified
from pipeline.knowledge.load import load_entries, load_record

_WORD = re.compile(r"[a-z]{3,}")
_GROUP = re.compile(r"\{(\w+)\}")


class RequestPhrases(Exemplified):
    """Phrases that name one evidence type; ``evidence`` is an id of ``models/evidence.yaml``.

    ``unless`` are phrases that take a hit in the same sentence back. ``broad`` names a bundle of papers and gives way
    to a narrower type on the same words. What is ``handed_in`` is a service, a permission or a field of science as much
    as a paper, and missing only where it was to be handed in; what is ``on_paper`` happened or came of it, and is
    missing only as a record of it.
    """

    evidence: str = Field(pattern=r"^ev\.[a-z_.]+$")
    phrases: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    broad: bool = False
    handed_in: bool = False
    on_paper: bool = False


@cache
def words_of_papers(entries: tuple[RequestPhrases, ...]) -> frozenset[str]:
    """The words in small letters by which papers are named."""
    return frozenset(word for entry in entries for phrase in entry.phrases for word in _WORD.findall(phrase.casefold()))


class Act(StrEnum):
    """What words do with papers.

    They open a ``LIST`` (``HEADS``: without a colon; ``MARKS``: it is the ticked boxes; ``ANSWERS``: those
    rows of a table that are ``ANSWERED_NO``), ``TELL`` the reader to send
    all that the sentence names (``QUESTIONS``: where the letter is written to ask), ask in a ``PLAIN`` sentence
    for what stands near, or say that it was ``MISSING``.
    ``SETTLED`` and ``ASIDE`` take a clause and a sentence out, ``OTHERS`` where the letter is not written to ask.
    ``SEND_THAT`` to ``STILL_OUT`` speak of papers that a sentence before names. ``ANY`` to ``ON_PAPER`` stand beside
    the name of a paper; ``WANTS``, and ``SAYS_NO`` with ``COMES``, wherever somebody asks or says that nothing came.
    """

    LIST = "list"
    HEADS = "heads"
    MARKS = "marks"
    ANSWERS = "answers"
    ANSWERED_NO = "answered_no"
    TELLS = "tells"
    QUESTIONS = "questions"
    PLAIN = "plain"
    MISSING = "missing"
    SETTLED = "settled"
    ASIDE = "aside"
    OTHERS = "others"
    ON_FILE = "on_file"
    OFFERS = "offers"
    SEND_THAT = "send_that"
    SENT_NOTHING = "sent_nothing"
    IN_VAIN = "in_vain"
    ASKED_FOR_IT = "asked_for_it"
    MUST_COME = "must_come"
    STILL_OUT = "still_out"
    ANY = "any"
    WHY = "why"
    GENERAL = "general"
    NONE_OF = "none_of"
    HANDED_IN = "handed_in"
    IS_THERE = "is_there"
    SHOWS = "shows"
    ON_PAPER = "on_paper"
    WANTS = "wants"
    SAYS_NO = "says_no"
    COMES = "comes"


class ActPlace(StrEnum):
    """Where words must stand in their sentence."""

    ANYWHERE = "anywhere"
    OPENS = "opens"
    CLAUSE = "clause"
    LINE = "line"
    CELL = "cell"


class AskingEntry(Exemplified):
    """Phrases of one way to ask, or to speak of papers; ``unless`` take it back in their sentence.

    ``rights``: so it asks in the part on appeals too.
    """

    act: Act
    phrases: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    place: ActPlace = ActPlace.ANYWHERE
    rights: bool = False


class AskingWords(Strict):
    """Groups of words that stand for each other in phrases, by name."""

    source: str
    verified: Verified = Verified.KNOWN
    words: dict[str, tuple[str, ...]]


def load_asking() -> Mapping[str, AskingEntry]:
    """The ways to ask by their ids, with the groups of words that their phrases name written out.

    Raises:
        UsageError: naming the entry whose group of words there is not.
    """
    groups = load_record("asking_words.yaml", AskingWords).words
    entries = load_entries("asking", AskingEntry)
    for entry in entries:
        for name in chain.from_iterable(map(_GROUP.findall, (*entry.phrases, *entry.unless))):
            if name not in groups:
                raise UsageError(
                    f"knowledge entry {entry.id}",
                    why=f"there are no words {name}",
                    advice="Name a group of models/asking_words.yaml.",
                )

    def written_out(phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_GROUP.sub(lambda name: "|".join(groups[name[1]]), phrase) for phrase in phrases)

    return {
        entry.id: entry.model_copy(update={"phrases": written_out(entry.phrases), "unless": written_out(entry.unless)})
        for entry in entries
    }
