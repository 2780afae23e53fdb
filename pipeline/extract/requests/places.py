"""Which sentences of a letter ask for papers or say that some were missing."""

from collections.abc import Iterable, Sequence

from pipeline.extract.requests.layout import ITEM, ROW, TICKED, UNTICKED, counted, is_heading, is_over_list, is_told
from pipeline.extract.requests.wording import (
    ASKED_FOR_IT,
    ASKED_IN_VAIN,
    LISTS_IN_LINE,
    NOT_ASKED,
    OFFERED,
    ON_FILE,
    OTHERS_REQUEST,
    SENT_NOTHING,
    TELLS,
    TELLS_TO,
)
from pipeline.knowledge.requests import Asking
from pipeline.language import Language
from pipeline.language.context import Utterance, hits
from pipeline.language.matchers import Subject
from pipeline.language.zones import Zone

_RUNNING = frozenset({Zone.BODY, Zone.RATIONALE})
GENERAL = frozenset({Zone.RIGHTS, Zone.BOILERPLATE})
_REASONS = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.TABLE, Zone.REQUEST})


def asking(sentences: Sequence[Utterance], language: Language, *, asked: bool) -> Iterable[tuple[Utterance, Asking]]:
    """The sentences that ask or say what was missing, and the items of lists that were opened by asking.

    ``asked``: the letter is written to ask. Then every list outside of the rights, and every ticked box, says for what.
    """
    sorts = {entry.id: entry.sort for entry in language.knowledge.asking}
    open_list = on_file = False
    before: Utterance | None = None
    numbered = counted(sentences) if asked else frozenset()
    for sentence in sentences:
        if before is not None and SENT_NOTHING.match(sentence.text):
            yield before, Asking.VAIN
        if ASKED_IN_VAIN.search(sentence.text):
            yield sentence, Asking.VAIN
        if before is None or not ASKED_FOR_IT.match(sentence.text):
            before = sentence
        if UNTICKED.match(sentence.text) or NOT_ASKED.search(sentence.text):
            continue
        if asked and TICKED.match(sentence.text):
            yield sentence, Asking.LIST
            continue
        row = bool(ROW.match(sentence.text))
        item = (open_list if row else bool(ITEM.match(sentence.text))) or sentence.start in numbered
        if item and on_file:
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
        open_list = headed or (opens and before_list)
        if sentence.zone is Zone.REQUEST and not is_heading(sentence):
            yield sentence, Asking.LIST if not open_list else Asking.PLAIN
        elif (
            (Asking.LIST in cues and LISTS_IN_LINE.search(sentence.text) and sentence.zone not in GENERAL)
            or ((sentence.zone in GENERAL | _RUNNING or is_told(sentence)) and TELLS_TO.match(sentence.text))
            or (sentence.zone in _RUNNING and (OFFERED.match(sentence.text) or TELLS.match(sentence.text)))
        ):
            yield sentence, Asking.LIST
        elif not asked and OTHERS_REQUEST.search(sentence.text):
            continue
        elif Asking.PLAIN in cues and sentence.zone not in GENERAL:
            yield sentence, Asking.PLAIN
        elif Asking.MISSING in cues and (sentence.zone in _REASONS or is_told(sentence)):
            yield sentence, Asking.MISSING
