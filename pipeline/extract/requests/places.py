"""Which sentences of a letter ask for papers or say that some were missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.opinions import SILENT
from pipeline.extract.requests.acts import Acts, Way, acts_of
from pipeline.extract.requests.layout import (
    ITEM,
    LISTS_IN_LINE,
    ROW,
    TICKED,
    UNTICKED,
    boxed,
    counted,
    is_fragment,
    is_heading,
    is_over_list,
    is_told,
    says_none,
)
from pipeline.extract.requests.opinion import asking_told
from pipeline.knowledge.requests import Act
from pipeline.language import Language, Reading
from pipeline.language.context import Utterance, hits
from pipeline.language.matchers import Subject
from pipeline.language.zones import Zone

_RUNNING = frozenset({Zone.BODY, Zone.RATIONALE, Zone.DETERMINATION})
GENERAL = frozenset({Zone.RIGHTS, Zone.BOILERPLATE})
_REASONS = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.TABLE, Zone.REQUEST})

_SOON = 4
"""So many sentences behind one that says what has to come another may say that it did not."""
_LIKELY = _RUNNING | {Zone.TABLE}
_UNLIKELY, _MOST_UNLIKELY = 0.3, 0.08
"""Where the opinion is heard on sentences that name a paper, and how little it may hold for that they ask nothing:
with words that stand in sentences that ask, and with none."""
_HEADING_WORDS = 16
"""At most so many has a line that opens a list without a colon."""


@dataclass(slots=True)
class _Listing:
    """Whether a list is open, whether what it lists is there, whether its rows answer that one by one.

    ``headed``: a line stands over it; ``in_rights``: so in the part on appeals.
    """

    asks: bool = False
    on_file: bool = False
    answers: bool = False
    headed: bool = False
    in_rights: bool = False


def asking(
    sentences: Sequence[Utterance], reading: Reading, language: Language, *, asked: bool
) -> Iterable[tuple[Utterance, Way]]:
    """The sentences that ask or say what was missing, and the items of lists that were opened by asking.

    ``asked``: the letter is written to ask. Then every list outside of the rights, and every ticked box, says for what.
    """
    acts = [acts_of(sentence, language) for sentence in sentences]
    yield from _asked_before(sentences, acts, language)
    listing = _Listing()
    numbered = counted(sentences) if asked else frozenset()
    texts = [boxed(reading, sentence) for sentence in sentences]
    by_hand = any(map(TICKED.match, texts))
    ticked = asked or any(Act.MARKS in one for one in acts)
    for sentence, text, said in zip(sentences, texts, acts, strict=True):
        # Where nobody ticked one, boxes are for the reader to tick: signs of items.
        if (by_hand and UNTICKED.match(text)) or Act.ASIDE in said:
            continue
        if ticked and TICKED.match(text):
            yield sentence, Way.LIST
            continue
        row = bool(ROW.match(sentence.text))
        listing.answers = row and (listing.answers or Act.ANSWERS in said)
        if listing.answers:
            if Act.ANSWERED_NO in said:
                yield sentence, Way.LIST
            continue
        item = (listing.asks if row else bool(ITEM.match(sentence.text))) or sentence.start in numbered
        if item and listing.on_file:
            continue
        alone = not item and listing.asks and (sentence.zone in _LIKELY or listing.in_rights)
        listed = item and (listing.asks or (asked and sentence.zone not in GENERAL))
        if listed or (alone and is_fragment(sentence, headed=listing.headed)):
            yield sentence, Way.LIST
        else:
            _opened(listing, sentence, said, asked=asked)
            yield from ((sentence, way) for way in _ways(sentence, said, language, asked=asked, opened=listing.asks))


def _opened(listing: _Listing, sentence: Utterance, said: Acts, *, asked: bool) -> None:
    """Whether a sentence opens a list, and of what: with a colon, or in a text that lost it with what follows."""
    before_list = sentence.text.rstrip().endswith(":")
    on_file = before_list and (Act.SETTLED in said or (Act.ON_FILE in said and Act.LIST not in said))
    general = sentence.zone in GENERAL
    opens = Act.LIST in said or (asked and not general and not on_file)
    headed = Act.LIST in said and is_over_list(sentence)
    heads = any(words.entry.rights or not general for words in said.get(Act.HEADS, ()))
    titled = heads and sentence.end - sentence.start <= _HEADING_WORDS
    listing.headed = titled or headed
    listing.in_rights = titled and general
    listing.on_file = on_file
    listing.asks = not on_file and (headed or titled or (opens and before_list))


def _ways(sentence: Utterance, said: Acts, language: Language, *, asked: bool, opened: bool) -> Iterable[Way]:
    """How a sentence that is no item brings up the papers that it names."""
    zone = sentence.zone
    general = zone in GENERAL
    plain = any(words.entry.rights or not general for words in said.get(Act.PLAIN, ()))
    if zone is Zone.REQUEST and not is_heading(sentence):
        yield Way.PLAIN if opened else Way.LIST
    elif _tells(sentence, said, asked=asked) or (
        Act.LIST in said and not general and LISTS_IN_LINE.search(sentence.text)
    ):
        yield Way.LIST
    elif not asked and Act.OTHERS in said:
        return
    elif plain or ((Act.MISSING in said or says_none(sentence, said)) and (zone in _REASONS or is_told(sentence))):
        yield Way.PLAIN if plain else Way.MISSING
        if zone in _LIKELY and _likely(sentence, said, language):
            yield Way.LIKELY
    elif zone in _LIKELY and _likely(sentence, said, language):
        yield Way.LIKELY


def _tells(sentence: Utterance, said: Acts, *, asked: bool) -> bool:
    """Whether a sentence tells its reader to send all that it names; in the part on appeals few words do."""
    ways = (*said.get(Act.TELLS, ()), *(said.get(Act.QUESTIONS, ()) if asked else ()))
    if sentence.zone in _RUNNING or is_told(sentence):
        return bool(ways)
    return sentence.zone in GENERAL and any(way.entry.rights for way in ways)


def _likely(sentence: Utterance, said: Acts, language: Language) -> bool:
    """Whether a sentence that names a paper asks for it, or calls it missing, as far as the opinion goes."""
    if not hits(sentence, language, Subject.REQUEST):
        return False
    worded = Act.WANTS in said or (Act.SAYS_NO in said and Act.COMES in said)
    if not worded and is_fragment(sentence):
        return False
    return asking_told(sentence.text)[SILENT] <= (_UNLIKELY if worded else _MOST_UNLIKELY)


def _asked_before(
    sentences: Sequence[Utterance], acts: Sequence[Acts], language: Language
) -> Iterable[tuple[Utterance, Way]]:
    """The sentences whose papers a later one asks for, or says that they did not come."""
    before: int | None = None
    due: int | None = None
    for place, (sentence, said) in enumerate(zip(sentences, acts, strict=True)):
        if before is not None and (Act.SENT_NOTHING in said or _sends_that(acts[before], sentence, said)):
            yield sentences[before], Way.VAIN
        if due is not None and place - due > _SOON:
            due = None
        if due is not None and Act.STILL_OUT in said:
            yield sentences[due], Way.VAIN
        if Act.MUST_COME in said and hits(sentence, language, Subject.REQUEST):
            due = place
        if Act.IN_VAIN in said:
            names = before is None or hits(sentence, language, Subject.REQUEST)
            yield sentence if names else sentences[before or 0], Way.VAIN
        if before is None or Act.ASKED_FOR_IT not in said:
            before = place


def _sends_that(before: Acts, sentence: Utterance, said: Acts) -> bool:
    """Whether a sentence asks to send what the one before it names, as missing or as wanted."""
    if sentence.zone in GENERAL or Act.SEND_THAT not in said or Act.OFFERS in before:
        return False
    return Act.ON_FILE not in before or Act.SAYS_NO in before
