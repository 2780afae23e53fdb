"""Time limits as a letter words them: how long, for what, from when and for whom. No dates are worked out here."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from pipeline.extract.clocks.acts import NO_TOPIC, SENDING, Action, Heard, Said, Topic, of_clause
from pipeline.extract.clocks.alike import limits_alike
from pipeline.extract.clocks.chosen import (
    READER,
    acts_of_filer,
    answers,
    chosen_act,
    goes_on,
    is_awaited,
    is_payers_doing,
    speaks_of_it,
)
from pipeline.extract.clocks.details import anchor_told, is_for_effect, narrowed, party_of
from pipeline.extract.clocks.durations import Duration, PrintedDay, durations
from pipeline.extract.clocks.limit import EFFECTS, OFFERED, OFFERED_TOGETHER, REMEDIES, Limit
from pipeline.extract.clocks.opinion import rule_of, told_limit
from pipeline.extract.clocks.questions import Whose
from pipeline.extract.clocks.refusals import is_none, is_refused
from pipeline.extract.clocks.spans import OPEN, LastDays, is_led, is_row, is_tail, is_under_own_key, spans_of
from pipeline.extract.clocks.starts import anchor_of, is_of_this_paper, is_to_come, runs_from, told_start
from pipeline.extract.grievances import Grievances
from pipeline.extract.kind.signs import is_quoted
from pipeline.knowledge.time_limits import LimitAnchor
from pipeline.language import Language, Reading
from pipeline.language.reading import zone_of
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Anchor, ClockKind

_CLOSED = frozenset({Zone.BOILERPLATE, Zone.CRITERIA, Zone.TABLE})
_SMALL_PRINT = frozenset({Zone.BOILERPLATE, Zone.CRITERIA})
_BROAD = frozenset({ClockKind.INTERNAL_APPEAL, ClockKind.PAYER_DECISION})
"""Kinds whose words stand in sentences about others too: ``we respond to your appeal``."""
_LIKELY, _BELIEVED = 0.65, 0.65
"""From which probability the second opinion counts, and how much it is then believed beside a rule."""
_AFTERWARDS = re.compile(
    r"\W*(?:when|once|after|as soon as) (?:we|our|the (?:plan|insurer|payer)|you (?:get|receive|have))\b[^,]{3,90},",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\W*(?:or|and|and/or)\b\W*(?:(?:for|to)\W+)?(?:(?:request|ask for|file)\W+)?(?:(?:a|an|the)\W+)?", re.IGNORECASE
)
"""Between two acts of one limit: ``a reconsideration or a peer-to-peer``."""
_EITHER = re.compile(r"\W*(?:either|both)\b(?! (?:you|the|your|an?)\b)", re.IGNORECASE)


def find_limits(reading: Reading, language: Language, *, asks: bool = False) -> Iterator[Limit]:
    """Every limit of the letter, in order of place, repeated where the letter repeats it.

    ``asks``: the letter asks for papers, so that what is to be sent by a day is those.
    """
    heard, tables, topic, grievances = Heard(reading, language), LastDays(), NO_TOPIC, Grievances(reading)
    complained, earlier = False, NO_TOPIC.actions
    last: Limit | None = None
    every = sentences_of(reading.doc)
    for sentence, following in zip_longest(every, every[1:]):
        if not sentence.text.strip():
            topic, complained = topic.after(sentence.text), complained and "\n\n" not in sentence.text
            continue
        acts = heard.acts(sentence)
        if grievances.words(sentence) or (complained and not acts):
            topic, complained = NO_TOPIC, "\n\n" not in sentence.text
            continue
        complained = False
        here = [act for act in acts if act.entry.rank > SENDING]
        if not (here or topic.actions) and following is not None and READER.search(sentence.text):
            topic = Topic(heard.acts_ahead(following))
        zone, listed = zone_of(reading, sentence), tables.of(sentence.text)
        listed = listed or (answers(sentence, topic) and not here)
        row = is_row(sentence.text)
        if row and topic.of_row:
            topic = NO_TOPIC
        sent = acts if asks or _is_payers(topic.actions) else []
        said = Said(sentence, zone, listed, here=here, sent=sent, topic=topic, refusals=heard.refusals(sentence))
        for limit in _limits_in(reading, language, said):
            last = limit
            yield limit
            yield from _of_both(said, limit, earlier)
        yield from limits_alike(said, last)
        if here:
            earlier = topic.actions
        topic = replace(topic.followed_by(sentence, zone, here=here), of_row=row)
        if topic.asked is Whose.PAYERS:
            topic = replace(topic, actions=(heard.decision(sentence),))


def _limits_in(reading: Reading, language: Language, said: Said) -> Iterator[Limit]:
    """The limits of a sentence: those of the rules, laid against the second opinion, then those that it alone tells."""
    in_prose = said.zone in OPEN and not said.listed
    if said.zone in _SMALL_PRINT and not said.listed:
        yield from _in_small_print(reading, language, said)
    if said.zone not in _CLOSED or said.listed:
        for found in spans_of(said.sentence, said.zone, listed=said.listed):
            if is_quoted(reading, found.start, found.end) or is_refused(said, found):
                continue
            limit = _limit(reading, language, said.sentence, found, here=said.here, topic=said.topic, sent=said.sent)
            ruled = limit
            if in_prose:
                limit = _by_opinion(reading, language, said.sentence, found, limit=limit)
            if limit and (said.zone in OPEN or limit.printed or said.topic.asked or _says_more(limit)):
                yield limit
                yield from _also(said, limit) if limit is ruled else ()
    if in_prose:
        yield from _untold(reading, language, said)


def _of_both(said: Said, limit: Limit, earlier: tuple[Action, ...]) -> Iterator[Limit]:
    """The limit for what was spoken of before that too: ``Send X. Or file Y. Either must be here within ...``."""
    offered = [a for a in earlier if a.entry.kind in OFFERED_TOGETHER and a.entry.kind is not limit.kind]
    if offered and not limit.near and not said.topic.apart and _EITHER.match(said.sentence.text):
        entry = max(offered, key=lambda act: act.entry.rank).entry
        yield replace(limit, kind=entry.kind, party=entry.for_, rule=entry.id, confidence=limit.confidence * 0.9)


def _in_small_print(reading: Reading, language: Language, said: Said) -> Iterator[Limit]:
    """The limits of general words that name their act and run from this letter, so that they are meant."""
    for found in spans_of(said.sentence, said.zone):
        if is_quoted(reading, found.start, found.end) or is_refused(said, found):
            continue
        limit = _limit(reading, language, said.sentence, found, here=said.here, topic=NO_TOPIC, sent=[])
        ours = limit is not None and limit.near and limit.duration and not limit.later
        if limit and ours and limit.kind in OFFERED and limit.anchor in (Anchor.LETTER_DATE, Anchor.RECEIPT):
            yield replace(limit, confidence=limit.confidence * 0.9)


def _also(said: Said, limit: Limit) -> list[Limit]:
    """The same limit for other remedies that the sentence offers in one breath with its own.

    ``Within 14 days you may ask for a reconsideration or a peer-to-peer``: each has that time.
    """
    if not limit.near:
        return []
    offered = sorted((a for a in said.here if a.entry.kind in OFFERED_TOGETHER), key=lambda a: a.start)
    base, text = said.sentence.start_char, said.sentence.text
    kinds, out, last = {limit.kind}, [], None
    for act in offered:
        joined = last is not None and _JOINED.fullmatch(text[last.end - base : act.start - base])
        pair = [a.entry for a in (last, act) if a is not None] if joined else []
        for entry in pair if any(one.kind in kinds for one in pair) else []:
            if entry.kind not in kinds:
                kinds.add(entry.kind)
                out.append(replace(limit, kind=entry.kind, rule=entry.id, confidence=limit.confidence * 0.9))
        if last is None or act.end > last.end:
            last = act
    return out


def _is_payers(actions: tuple[Action, ...]) -> bool:
    return bool(actions) and all(a.entry.kind is ClockKind.PAYER_DECISION for a in actions)


def _says_more(limit: Limit) -> bool:
    """Whether a limit outside of the running text is told by more than its number: its start, or the reader's act."""
    return limit.anchor is not Anchor.UNSTATED or (limit.near and limit.kind is not ClockKind.PAYER_DECISION)


def _limit(
    reading: Reading,
    language: Language,
    sentence: Sentence,
    found: Duration | PrintedDay,
    *,
    here: list[Action],
    topic: Topic,
    sent: list[Action],
) -> Limit | None:
    anchor, anchored = anchor_of(reading, language, sentence, found)
    # What names the start of a limit is no act, and in the time that a decision still to come starts nobody decides:
    # "4 months after you get our final answer".
    here = [a for a in here if not any(a.start < e and s < a.end for s, e in anchored)]
    above = list(topic.actions)
    if anchor is not None and anchor.later:
        here, above = ([a for a in group if not is_awaited(a, found)] for group in (here, above))
    place = found.start - sentence.start_char, found.end - sentence.start_char
    if above and (first := _AFTERWARDS.match(sentence.text, 0, place[0])):
        # "State hearing. When the plan has answered the appeal, you have 120 days": that it comes after the appeal
        here = [a for a in here if a.start - sentence.start_char >= first.end()]
    tail = bool(topic.actions) and is_tail(sentence.text[: place[0]], sentence.text[place[1] :])
    here = [] if tail else here  # the condition speaks of the case, not of the act
    above = acts_of_filer(above, sentence, found)
    above = [a for a in above if not (sent and a.entry.kind is ClockKind.PAYER_DECISION)]
    if faxed := of_clause(sentence, found.start, sent, but=here):
        here = faxed  # "Fax it within 2 days, or the order will be decided": the decision is another clause's
    if is_under_own_key(sentence.text, place[0]):
        here, above, sent = of_clause(sentence, found.start, here, but=[]), [], []
    if above and speaks_of_it(sentence, here):
        here = []  # "we need it by May 1": what was spoken of before
    action, near = chosen_act(sentence, found, here=here, above=above or sent)
    told = anchor is not None or (runs_from(sentence, found) and is_led(sentence.text[: place[0]]))
    if action is None or not (near or tail or goes_on(sentence, found, topic, told=told)):
        return None
    kind = narrowed(action.entry.kind, sentence, found, anchor)
    effects = [a.entry for a in topic.actions if a.entry.kind in EFFECTS]
    # "To keep your care during the appeal. Ask for it by May 1": the lead names the remedy too.
    led = bool(effects) and all(a.entry.kind in EFFECTS | REMEDIES for a in topic.actions)
    if near and kind in REMEDIES and led and is_for_effect(sentence, found, headed=topic.headed):
        action, kind = replace(action, entry=effects[0]), effects[0].kind
    return _worded(reading, language, sentence, found, kind=kind, action=action, near=near, anchor=anchor)


def _by_opinion(
    reading: Reading, language: Language, sentence: Sentence, found: Duration | PrintedDay, *, limit: Limit | None
) -> Limit | None:
    """The limit of the rules, or that of the second opinion where they have none, or only a broad word for it.

    None where only the sentences before it make it one, and the opinion says that it limits nobody.
    """
    told = told_limit(sentence, found)
    if told.likely < _LIKELY or told.silent:
        return limit
    if told.kind is None:
        return limit if limit and limit.near else None
    if limit and (told.kind is limit.kind or (limit.near and limit.kind not in _BROAD)):
        return limit
    if limit and limit.near and limit.kind is ClockKind.PAYER_DECISION and is_payers_doing(sentence, found):
        return limit
    return _as_told(reading, language, sentence, found, kind=told.kind)


def _untold(reading: Reading, language: Language, said: Said) -> Iterator[Limit]:
    """The limits of a sentence that no word beside a span tells, as the second opinion has them."""
    sentence = said.sentence
    every = durations(sentence.text)
    known = {(found.start, found.end) for found in spans_of(sentence, Zone.BODY)} if every else set()
    for span in every:
        found = replace(span, start=sentence.start_char + span.start, end=sentence.start_char + span.end)
        if (found.start, found.end) in known or is_none(said, found, []):
            continue
        told = told_limit(sentence, found)
        if told.kind and told.likely >= _LIKELY and not is_quoted(reading, found.start, found.end):
            yield _as_told(reading, language, sentence, found, kind=told.kind)


def _as_told(
    reading: Reading, language: Language, sentence: Sentence, found: Duration | PrintedDay, *, kind: ClockKind
) -> Limit:
    """A limit of a kind that no word of the rules names, believed less."""
    anchor, _ = anchor_of(reading, language, sentence, found)
    entry = next(e for e in language.knowledge.limit_kinds if e.kind is kind)
    action = Action(entry, found.start, found.end)
    told = _worded(reading, language, sentence, found, kind=kind, action=action, near=True, anchor=anchor)
    return replace(told, rule=rule_of(kind), confidence=told.confidence * _BELIEVED)


def _worded(
    reading: Reading,
    language: Language,
    sentence: Sentence,
    found: Duration | PrintedDay,
    *,
    kind: ClockKind,
    action: Action,
    near: bool,
    anchor: LimitAnchor | None,
) -> Limit:
    """What the sentence says of a limit besides its kind: whose it is, and from when it runs."""
    duration = found if isinstance(found, Duration) else None
    later = bool(anchor and anchor.later) or is_to_come(reading.prose.text, sentence, found)
    since, start = (None, None) if later or not duration else told_start(sentence, duration, known=bool(anchor))
    own = is_of_this_paper(start)
    return Limit(
        kind=kind,
        party=party_of(reading, language, sentence, kind, usual=action.entry.for_),
        duration=duration,
        printed=found if isinstance(found, PrintedDay) else None,
        anchor=anchor_told(anchor, later=later, own=own),
        later=later,
        start=min(found.start, action.start) if near else found.start,
        end=max(found.end, action.end) if near else found.end,
        rule=action.entry.id,
        near=near,
        confidence=(0.95 if near else 0.8) * (1.0 if duration is None or duration.agrees else 0.6),
        since=since,
        runs_from=None if own else start,
    )


def as_date(value: str | None) -> date | None:
    """A date from ISO text, or None."""
    return date.fromisoformat(value) if value else None
