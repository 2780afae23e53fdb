"""Which sentences of a letter ask for papers or say that some were missing."""

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.opinions import SILENT
from pipeline.extract.requests.layout import ITEM, ROW, TICKED, UNTICKED, counted, is_heading, is_over_list, is_told
from pipeline.extract.requests.opinion import asking_told
from pipeline.extract.requests.wording import (
    ASKED_FOR_IT,
    ASKED_IN_VAIN,
    DID_NOT_COME,
    HEADS_TABLE,
    LISTS_IN_LINE,
    MARKED,
    MUST_COME,
    NOT_ASKED,
    OFFERED,
    OFFERS,
    ON_CONDITION,
    ON_FILE,
    OPENS_LIST,
    OTHERS_REQUEST,
    SEND_THAT,
    SENT_NOTHING,
    STILL_OUT,
    TELLS,
    TELLS_TO,
    TOLD_TO,
    WANTS,
    is_fragment,
)
from pipeline.knowledge.requests import Asking
from pipeline.language import Language
from pipeline.language.context import Utterance, hits
from pipeline.language.matchers import Subject
from pipeline.language.zones import Zone

_RUNNING = frozenset({Zone.BODY, Zone.RATIONALE})
GENERAL = frozenset({Zone.RIGHTS, Zone.BOILERPLATE})
_REASONS = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.TABLE, Zone.REQUEST})

_SOON = 4
"""So many sentences behind one that says what has to come another may say that it did not."""
_LIKELY = _RUNNING | {Zone.DETERMINATION, Zone.TABLE}
_UNLIKELY, _MOST_UNLIKELY = 0.3, 0.08
"""Where the opinion is heard on sentences that name a paper, and how little it may hold for that they ask nothing:
with words that stand in sentences that ask, and with none."""
_IN_RUNNING = (OFFERED, TELLS, TOLD_TO, ON_CONDITION)
"""Ways to ask outside of what the letter says of rights."""


def asking(sentences: Sequence[Utterance], language: Language, *, asked: bool) -> Iterable[tuple[Utterance, Asking]]:
    """The sentences that ask or say what was missing, and the items of lists that were opened by asking.

    ``asked``: the letter is written to ask. Then every list outside of the rights, and every ticked box, says for what.
    """
    sorts = {entry.id: entry.sort for entry in language.knowledge.asking}
    open_list = on_file = False
    before: Utterance | None = None
    due: Utterance | None = None
    left = 0
    numbered = counted(sentences) if asked else frozenset()
    ticked = asked or any(MARKED.match(sentence.text) for sentence in sentences)
    for sentence in sentences:
        if before is not None and (SENT_NOTHING.match(sentence.text) or _sends_that(before, sentence)):
            yield before, Asking.VAIN
        if due is not None and due is not before and sentence.start > due.start and STILL_OUT.match(sentence.text):
            yield due, Asking.VAIN
        if MUST_COME.search(sentence.text) and hits(sentence, language, Subject.REQUEST):
            due, left = sentence, _SOON
        elif due is not None:
            left -= 1
            due = due if left else None
        if ASKED_IN_VAIN.search(sentence.text):
            yield sentence, Asking.VAIN
        if before is None or not ASKED_FOR_IT.match(sentence.text):
            before = sentence
        if UNTICKED.match(sentence.text) or NOT_ASKED.search(sentence.text):
            continue
        if ticked and TICKED.match(sentence.text):
            yield sentence, Asking.LIST
            continue
        row = bool(ROW.match(sentence.text))
        item = (open_list if row else bool(ITEM.match(sentence.text))) or sentence.start in numbered
        if item and on_file:
            continue
        if not item and open_list and not on_file and sentence.zone in _LIKELY and is_fragment(sentence.text):
            yield sentence, Asking.LIST
            continue
        if item and (open_list or (asked and sentence.zone not in GENERAL)):
            yield sentence, Asking.LIST
            continue
        cues = {sorts[hit.key] for hit in hits(sentence, language, Subject.ASKING)}
        before_list = sentence.text.rstrip().endswith(":")
        on_file = before_list and Asking.LIST not in cues and bool(ON_FILE.search(sentence.text))
        # A list opens with a colon; in a text that lost it, with the bullet that follows.
        opens = Asking.LIST in cues or (asked and sentence.zone not in GENERAL and not on_file)
        headed = Asking.LIST in cues and is_over_list(sentence)
        titled = sentence.zone not in GENERAL and bool(
            OPENS_LIST.match(sentence.text) or HEADS_TABLE.match(sentence.text)
        )
        open_list = headed or titled or (opens and before_list)
        if sentence.zone is Zone.REQUEST and not is_heading(sentence):
            yield sentence, Asking.LIST if not open_list else Asking.PLAIN
        elif (
            (Asking.LIST in cues and LISTS_IN_LINE.search(sentence.text) and sentence.zone not in GENERAL)
            or ((sentence.zone in GENERAL | _RUNNING or is_told(sentence)) and TELLS_TO.match(sentence.text))
            or (sentence.zone in _RUNNING and any(way.match(sentence.text) for way in _IN_RUNNING))
        ):
            yield sentence, Asking.LIST
        elif not asked and OTHERS_REQUEST.search(sentence.text):
            continue
        elif Asking.PLAIN in cues and sentence.zone not in GENERAL:
            yield sentence, Asking.PLAIN
            if sentence.zone in _LIKELY and _likely(sentence, language):
                yield sentence, Asking.LIKELY
        elif Asking.MISSING in cues and (sentence.zone in _REASONS or is_told(sentence)):
            yield sentence, Asking.MISSING
            if sentence.zone in _LIKELY and _likely(sentence, language):
                yield sentence, Asking.LIKELY
        elif sentence.zone in _LIKELY and _likely(sentence, language):
            yield sentence, Asking.LIKELY


def _likely(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence that names a paper asks for it, or calls it missing, as far as the opinion goes."""
    if not hits(sentence, language, Subject.REQUEST):
        return False
    text = sentence.text
    worded = WANTS.search(text) or DID_NOT_COME.search(text)
    if not worded and is_fragment(text):
        return False
    return asking_told(text)[SILENT] <= (_UNLIKELY if worded else _MOST_UNLIKELY)


def _sends_that(before: Utterance, sentence: Utterance) -> bool:
    """Whether a sentence asks to send what the one before it names, as missing or as wanted."""
    return (
        sentence.zone not in GENERAL
        and bool(SEND_THAT.match(sentence.text))
        and not OFFERS.search(before.text)
        and not (
            ON_FILE.search(before.text) and not re.search(r"\b(?:no|not|none|never|un\w+)\b|n['’]t\b", before.text)
        )
    )
