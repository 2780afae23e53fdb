"""Which act a time limit is for: the one of its clause, of its sentence, else what was spoken of before."""

import re

from pipeline.extract.clocks.acts import ANSWER, Action, Topic
from pipeline.extract.clocks.clauses import NEAR, clause_at
from pipeline.extract.clocks.durations import Duration, PrintedDay
from pipeline.extract.clocks.limit import EFFECTS, REMEDIES
from pipeline.extract.clocks.questions import tells_time
from pipeline.language.sentences import Sentence
from pipeline.values.letter import ClockKind

READER = re.compile(r"\byou(?:'ve| have|'d have| must| need| may| can)\b|\bask within\b", re.IGNORECASE)
_CONDITION = re.compile(r"\W*(?:if|when|to keep|by (?:filing|asking|appealing))\b", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|write|file|submit|send|ask|deadline|due|last day|no later than|receive|need|do (?:this|so|it)"
    r"|fax|mail|upload|call|phone|book|schedule|get (?:it|them|these|those) (?:to|in))\b"
    r"|\b(?:open|available|have|got|accepted)\b[^.]{0,40}\buntil\b|\d{4}\W+until\b",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\W*(?:if|unless) (?:it|they|we|these|those|this|nothing)\b", re.IGNORECASE)
"""``We close the file on March 3 if they are not here``: what the payer does then is the reader's limit."""
_PAYER_ACTS = re.compile(
    r"\b(?:we|the plan)\b(?!\W+(?:must |need |have |will |would |do not |don't )*(?:to )?(?:have|get|receive"
    r"|need|hear|ask|want|allow)\b)[^,;:]{0,60}$",
    re.IGNORECASE,
)
"""``we begin to withhold in``: the payer's own doing; but not ``we must have them within``."""
_TAKES = re.compile(
    r"\b(?:it|that|the (?:time|limit|period|wait|deadline))(?:'s| is| will be| takes)\W+(?:up to\W+)?$", re.IGNORECASE
)
"""``If it is about a payment, the time is 60 days.``: that of what was spoken of before."""
_FILED = re.compile(
    r"\b(?:you|member|provider|patient|enrollee)\b[^.;,]{0,20}\b(?:must|need to|have to|may|can|should)\s+"
    r"(?:file|ask|send|submit|write|fax|mail|start|request)\b"
    r"|\b(?:must|has to|have to|needs? to|should)\s+"
    r"(?:be\s+(?:filed|received|sent|submitted|made|requested|postmarked|in|here)|reach us|come in)\b"
    r"|(?:^|[.;:,])\W*(?:please |then |so )?(?:file|submit|send|fax|mail|ask)\b",
    re.IGNORECASE,
)
"""Words for the reader's doing, which takes no time of the payer's."""
_MEANT = re.compile(r"\bit\b", re.IGNORECASE)
_FEW_WORDS = 10
"""As many has a sentence that only goes on."""


def answers(sentence: Sentence, topic: Topic) -> bool:
    """Whether a sentence is the short answer to a question for a time, as in ``How long? 180 days``."""
    return bool(topic.actions) and tells_time(sentence.text, topic.asked)


def acts_of_filer(above: list[Action], sentence: Sentence, found: Duration | PrintedDay) -> list[Action]:
    """The acts spoken of before that may take a time in which the reader files.

    ``We decide a standard appeal in 30 days and a fast appeal in 3. You must file within 60 days.``: not the payer's,
    and that of appeals of any kind where both were named.
    """
    if not above or not _FILED.search(sentence.text, 0, found.start - sentence.start_char):
        return above
    above = [a for a in above if a.entry.kind is not ClockKind.PAYER_DECISION]
    fast = [a for a in above if a.entry.kind is ClockKind.EXPEDITED_APPEAL]
    plain = any(
        a.entry.kind is ClockKind.INTERNAL_APPEAL and not any(a.start < f.end and f.start < a.end for f in fast)
        for a in above
    )
    return [a for a in above if a not in fast] if plain else above


def is_awaited(act: Action, found: Duration | PrintedDay) -> bool:
    """Whether a decision of the payer is what is waited for, not what takes the time: it does not lead to the span.

    ``within 60 days of our final decision``, but ``the decision on appeal is sent within 60 days``.
    """
    return act.entry.kind is ClockKind.PAYER_DECISION and not 0 <= found.start - act.end <= 1


def goes_on(sentence: Sentence, found: Duration | PrintedDay, topic: Topic, *, told: bool) -> bool:
    """Whether a limit without an act of its own is one for what was spoken of before.

    Not what the payer does in time, if nothing says that it decides. In a long sentence, or after the end of a
    paragraph, it needs the day that it runs from (``told``) or its reader.
    """
    first, _ = clause_at(sentence, found.start)
    before = sentence.text[first - sentence.start_char : found.start - sentence.start_char]
    lapses = isinstance(found, PrintedDay) and bool(_ELSE.match(sentence.text[found.end - sentence.start_char :]))
    if lapses or answers(sentence, topic):
        return True
    if is_payers_doing(sentence, found):
        return False
    if not (told or READER.search(sentence.text)) and topic.apart:
        return False
    if isinstance(found, PrintedDay):
        return bool(_MUST.search(sentence.text))
    if _TAKES.search(before) and topic.actions:
        return max(topic.actions, key=lambda act: act.entry.rank).entry.kind is ClockKind.PAYER_DECISION
    return told or bool(READER.search(sentence.text)) or len(sentence.text.split()) <= _FEW_WORDS


def is_payers_doing(sentence: Sentence, found: Duration | PrintedDay) -> bool:
    """Whether it is the payer who does something in a time: ``we reply within``, ``we begin to withhold in``."""
    first, _ = clause_at(sentence, found.start)
    before = sentence.text[first - sentence.start_char : found.start - sentence.start_char]
    return bool(_PAYER_ACTS.search(before)) and "last day" not in before.casefold()


def chosen_act(
    sentence: Sentence, found: Duration | PrintedDay, *, here: list[Action], above: list[Action]
) -> tuple[Action | None, bool]:
    """What the limit is for: the action of its clause, of its sentence, else of the sentence before or the heading."""
    first, last = clause_at(sentence, found.start)
    here = [a for a in here if a.entry.rank != ANSWER or _is_answer_of(found, a)]
    inside = [a for a in here if a.start < last and a.end > first]
    appeals = bool(inside) and all(a.entry.kind in REMEDIES for a in inside)
    if appeals and _CONDITION.match(sentence.text):
        inside += [a for a in here if a.entry.kind in EFFECTS and a not in inside]
    for group, near in ((inside, True), (here, True), (above, False)):
        if group:
            return max(
                group, key=lambda a: (a.entry.rank, -min(abs(a.start - found.end), abs(found.start - a.end)))
            ), near
    return None, False


def _is_answer_of(found: Duration | PrintedDay, action: Action) -> bool:
    """Whether an answer stands so near a span of time that this is the time it takes."""
    away = max(action.start - found.end, found.start - action.end)
    return isinstance(found, Duration) and away <= NEAR


def speaks_of_it(sentence: Sentence, here: list[Action]) -> bool:
    """Whether the acts of a sentence only say that something gets to the payer, and of that no more than "it"."""
    return all(
        act.entry.rank < 0
        and _MEANT.search(sentence.text, act.start - sentence.start_char, act.end - sentence.start_char)
        for act in here
    )
