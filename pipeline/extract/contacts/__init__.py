"""Numbers and addresses by their role.

A number is what the words beside it say: those between the number before it and itself, else those of its sentence,
else those of the heading or of the line with a colon under which it stands. A letterhead's number has no role unless
the text points to it. Where the role is not clear the number is left out: a wrong appeal fax is worse than none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from pipeline.extract.contacts.acts import Acts
from pipeline.extract.contacts.columns import Columns, Hit
from pipeline.extract.contacts.headings import (
    LABEL,
    LABEL_WORDS,
    begins_paragraph,
    intro_after,
    is_heading,
    is_label_alone,
    is_narrower,
    is_row_alone,
    leads_list,
    speaks_of_another,
)
from pipeline.extract.contacts.named import APPEALS, RECORDS, SERVICES, hits_of, without_desk, without_readers
from pipeline.extract.contacts.nearest import RIGHT_BEHIND, nearest, own_since, right_behind
from pipeline.extract.contacts.pointed import best_of, pointed, same_again
from pipeline.extract.contacts.reach import Reached, addresses, is_for_papers, numbers, sites
from pipeline.extract.contacts.refused import Refusals
from pipeline.extract.contacts.services import is_help, services_of
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language import Language, Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import finding, zone_of
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Addressee, Channel, Contact, LetterKind, Party, Purpose
from pipeline.values.practice import Practice

_OWN_WORDS_ONLY = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.SIGNATURE, Zone.CRITERIA, Zone.TABLE})
_OF_NEW_REQUESTS = re.compile(
    r"\b(?:new|initial) (?:\w+ ){0,2}(?:requests?|authorizations?|referrals?|orders?)\b"
    r"|\bprior[- ]auth(?:orization)?s? (?:requests?|intake|desk|line)\b",
    re.IGNORECASE,
)
"""What is asked for anew takes another way than the appeal of which the sentence before speaks."""
_NUMBER_NEXT = re.compile(r"[^;.\d]{0,30}?(?:1[-. ])?\(?\d{3}\)?[-. ]?\d{3}[-. ]\d{4}")
_NUMBER = re.compile(r"\d{3}\D{1,3}\d{4}")
_NUMBER_BEGINS = re.compile(r"[\d(]")
_AT = re.compile(r"\s?(?:at|:|,)?\s?(?:1-)?\s?")
_OR_ONLINE = re.compile(
    r"[\s,;]{0,3}or (?:(?:upload|send|file|submit|enter)(?: it| them)? )?(?:online |through |via |by |on )?"
    r"(?:e-?mail (?:to |at )?)?"
    r"(?:the |our )?(?:portal |website )?(?:at |on )?",
    re.IGNORECASE,
)
"""Between a number and a site that is the other way to the same desk: ``fax 800-555-0100, or www.plan.example``."""
_NOT_FOR = re.compile(r"\b(?:not|never|rather|instead|unlike|no)\b", re.IGNORECASE)
"""Between a number and the words behind it that say what it is not for: ``the line takes no appeals``."""
_SAYS_HOW = re.compile(r"\b(?:fax|send|sent|mail|write|submit|file)\b|[:?]\s*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s?\([^()\d]{3,40}\)")
_INTRO_LINES, _BEHIND, _OWN_LABEL = 7, 60, 3
_MEMBERS = frozenset({Purpose.MEMBER_SERVICES, Purpose.EXTERNAL_REVIEW})
_PROVIDERS = frozenset({Purpose.PROVIDER_DISPUTE, Purpose.PEER_TO_PEER, Purpose.PROVIDER_SERVICES, Purpose.RECORDS})
_RECONSIDERATION = "contact.reconsideration"
_OTHER_WAYS = frozenset({Channel.PORTAL, Channel.EMAIL})


def find_contacts(
    reading: Reading,
    language: Language,
    *,
    practice: Practice,
    addressee: Addressee = Addressee.UNKNOWN,
    kind: LetterKind = LetterKind.OTHER,
) -> tuple[Contact, ...]:
    """Every contact whose purpose the letter says.

    A number for questions is that of the reader's own services (``addressee``); in a letter that asks for papers
    (``kind``) the fax they are to be sent to is that of records.
    """
    ours = {*practice.phones, *practice.faxes}
    services = services_of(reading, addressee)
    out: dict[tuple[Purpose, Channel, str], Contact] = {}
    for found, entry, confidence in _candidates(reading, language, asks=kind is LetterKind.INFORMATION_REQUEST):
        purpose = entry.purpose
        if entry.by_reader and found.channel is Channel.PHONE:
            purpose = services
        if purpose is None or found.value in ours:
            continue
        key = (purpose, found.channel, re.sub(r"\W", "", found.value).casefold())
        if key not in out:
            out[key] = _contact(reading, found, entry.id, purpose, confidence)
    return tuple(_without_reconsideration(out.values()))


def _without_reconsideration(contacts: Iterable[Contact]) -> list[Contact]:
    """A reconsideration's number is an appeal's only where the letter has no number for appeals by that name."""
    every = list(contacts)
    named = any(c.purpose is Purpose.APPEAL and c.rule != _RECONSIDERATION for c in every)
    return [c for c in every if not (named and c.rule == _RECONSIDERATION)]


def _candidates(reading: Reading, language: Language, *, asks: bool) -> Iterator[tuple[Reached, ContactPurpose, float]]:
    hits = hits_of(reading, language)
    heads = Columns(reading, (hit for group in hits.values() for hit in group))
    records = next(entry for entry in language.knowledge.contact_purposes if entry.id == RECORDS)
    public = {number: entry for entry in language.knowledge.contact_purposes for number in entry.numbers}
    acts, refusals = Acts(reading, language, asks=asks), Refusals(reading, language)
    intro: tuple[ContactPurpose, int, bool] | None = None
    previous: ContactPurpose | None = None
    above: ContactPurpose | None = None
    section: ContactPurpose | None = None
    told: list[Reached] = []
    spoken_in = ""
    over: tuple[ContactPurpose, int] | None = None
    beside: tuple[Reached, tuple[ContactPurpose, float]] | None = None
    every = sentences_of(reading.doc)
    for sentence, following in zip_longest(every, every[1:]):
        if not sentence.text.strip():
            previous, above = (previous, above) if "\n\n" not in sentence.text else (None, previous or above)
            acts.parted(sentence.text)
            continue
        listed = LABEL.match(_NUMBER_BEGINS.split(sentence.text.strip(), maxsplit=1)[0])
        previous = previous or (above if listed else None)
        above = above if listed else None
        zone, here = zone_of(reading, sentence), hits.get(sentence.start, [])
        narrower = is_narrower(sentence.text, here, intro)
        if narrower:
            intro = None
        if narrower or is_heading(sentence.text):
            section = best_of([h for h in here if h[0].purpose])
        printed = _printed(sentence)
        for found in printed:
            if found.value in public:
                yield found, public[found.value], 0.95
        if zone is not Zone.BOILERPLATE:
            for found in printed:
                if found.value in public or refusals.refuses(found, sentence, here):
                    continue
                if _is_for_new_requests(found, sentence, here):
                    continue
                if heads.refuses(found.start):
                    continue
                no_appeals = refusals.takes_no_appeals(found, sentence, following)
                found = heads.by_channel(found)
                spoken = [h for h in here if h[0].purpose not in APPEALS] if no_appeals else here
                named = without_desk(found, sentence, spoken, previous)
                chosen = (
                    _plainly(language, reading.prose.text, found, spoken)
                    or _bracketed(reading.prose.text, found, spoken)
                    or heads.role(found.start)
                    or _role(found, sentence, named, zone, intro=intro, previous=previous)
                )
                same_row = zone is Zone.REFERENCE and previous is not None and previous.purpose is not None
                if chosen is None and same_row and not here and found.channel is Channel.FAX and previous:
                    chosen = previous, 0.8  # the sentence before stands in the same row: "APPEAL..: 60 DAYS. FAX N"
                if chosen is None and section and not here and is_label_alone(sentence.text):
                    chosen = section, 0.8
                if chosen is None and over and not here and is_row_alone(sentence, since=over[1]):
                    chosen = over[0], 0.8
                if chosen is None and zone not in _OWN_WORDS_ONLY and not here:
                    own = reading.prose.text[found.since : found.start]
                    chosen = acts.role(found, sentence, alone=_is_labelled(own))
                if chosen is None and found.channel in _OTHER_WAYS and beside:
                    joined = _OR_ONLINE.fullmatch(reading.prose.text[beside[0].end : found.start])
                    chosen = beside[1] if joined else None
                if chosen and chosen[0].purpose in APPEALS and no_appeals:
                    chosen = None
                if (
                    chosen
                    and asks
                    and chosen[0].purpose in APPEALS
                    and _is_in_passing(found, sentence, here, spoken_in)
                ):
                    chosen = records, 0.75
                beside = (found, chosen) if chosen else None
                if chosen:
                    told.append(found)
                    yield found, *chosen
            yield from pointed(reading, sentence, here)
            yield from same_again(sentence, here, told)
        else:
            yield from _in_small_print(reading, here, printed=printed)
        if any(hit[0].purpose in APPEALS for hit in here):
            spoken_in = sentence.text
        acts.told(sentence)
        if begins_paragraph(reading, sentence) and speaks_of_another(here, intro):
            intro = None
        intro = intro_after(sentence, here, intro, previous=previous, listed=leads_list(reading, sentence))
        ends_paragraph = "\n" in sentence.text
        spoken_of = best_of(without_readers(sentence, here))
        previous = None if ends_paragraph else (spoken_of or previous)
        if not sentence.text.startswith("|") and (spoken_of or is_heading(sentence.text)):
            over = (spoken_of, sentence.end_char) if spoken_of else None
    yield from _posted(reading, hits)


def _is_for_new_requests(found: Reached, sentence: Sentence, here: list[Hit]) -> bool:
    """Whether a number's own words, or those of a sentence that names no purpose, are of something asked for anew."""
    if not any(hit[0].purpose for hit in here):
        return _OF_NEW_REQUESTS.search(sentence.text) is not None
    base = sentence.start_char
    since = found.since if found.since > base else base
    own = _OF_NEW_REQUESTS.search(sentence.text, since - base, found.start - base)
    return own is not None and since > base and not any(since <= hit[1] and hit[2] <= found.start for hit in here)


def _is_in_passing(found: Reached, sentence: Sentence, here: list[Hit], spoken_in: str) -> bool:
    """Whether a bare fax stands in a letter that asks for papers, which spoke of appeals, but of no way to send one."""
    bare = found.channel is Channel.FAX and not here and is_label_alone(sentence.text)
    return bare and not _SAYS_HOW.search(spoken_in)


def _in_small_print(
    reading: Reading, here: list[Hit], *, printed: Iterable[Reached]
) -> Iterator[tuple[Reached, ContactPurpose, float]]:
    """The numbers of services that small print names right beside them: "Call Member Services at ..."."""
    named = [hit for hit in here if hit[0].purpose in SERVICES or hit[0].by_reader]
    for found in printed if named else ():
        asked = [h for h in named if h[0].by_reader and 0 <= h[1] - found.end <= RIGHT_BEHIND]
        if asked and found.channel is Channel.PHONE:
            yield found, asked[0][0], 0.8
        desks = [h for h in named if h[0].purpose]
        beside = [h for h in desks if found.since <= h[1] and _AT.fullmatch(reading.prose.text[h[2] : found.start])]
        if beside and found.channel is Channel.PHONE:
            yield found, beside[0][0], 0.8


def _plainly(language: Language, text: str, found: Reached, here: list[Hit]) -> tuple[ContactPurpose, float] | None:
    """Help for the reader, or the fax that papers go to, where a number's own words say so and name nothing else."""
    own = text[found.since : found.start]
    if any(hit[1] >= found.since and hit[2] <= found.start for hit in here):
        return None
    entries = language.knowledge.contact_purposes
    if found.channel is Channel.FAX:
        return next((entry, 0.8) for entry in entries if entry.id == RECORDS) if is_for_papers(own) else None
    return next((entry, 0.85) for entry in entries if entry.by_reader) if is_help(own) else None


def _bracketed(text: str, found: Reached, here: list[Hit]) -> tuple[ContactPurpose, float] | None:
    """The purpose right behind a number in brackets: ``800-555-0100 (appeals)``."""
    inside = _IN_BRACKETS.match(text[found.end : found.end + _BEHIND])
    last = found.end + inside.end() if inside else 0
    named = [h for h in here if h[0].purpose and found.end <= h[1] and h[2] <= last]
    return (nearest(named, found), 0.95) if named else None


def _is_labelled(own: str) -> bool:
    """Whether the words before a number are a label, one that names no purpose: those of a row, or before a colon."""
    return "|" in own or (own.rstrip().endswith(":") and not LABEL.match(own))


def _printed(sentence: Sentence) -> list[Reached]:
    base = sentence.start_char
    return [
        Reached(found.channel, found.value, found.start + base, found.end + base, found.since + base)
        for found in (*numbers(sentence.text), *sites(sentence.text))
    ]


def _role(
    found: Reached,
    sentence: Sentence,
    here: list[Hit],
    zone: Zone,
    *,
    intro: tuple[ContactPurpose, int, bool] | None,
    previous: ContactPurpose | None,
) -> tuple[ContactPurpose, float] | None:
    """The purpose of a number and how sure it is: its own words, its sentence, its heading, the sentence before."""
    base = sentence.start_char
    here = [h for h in here if not _leads_another(sentence.text, found.end - base, h[1] - base, h[2] - base)]
    if previous:  # "You may appeal. Fax N; urgent, N, answered in 72 hours": the last words are the second number's
        here = [h for h in here if not _NUMBER.search(sentence.text[found.end - base : max(0, h[1] - base)])]
    own = [h for h in here if h[1] >= own_since(found, sentence) and h[2] <= found.start]
    if found.channel in (Channel.PORTAL, Channel.EMAIL):
        own = [h for h in own if h[0].purpose]
    if found.channel is Channel.FAX and any(h[0].purpose and h[0].purpose not in SERVICES for h in own):
        own = [h for h in own if h[0].purpose not in SERVICES]  # "appeals from providers: fax"
    if found.channel is Channel.FAX and any(h[0].purpose is Purpose.EXTERNAL_REVIEW for h in own):
        own = [h for h in own if h[0].purpose is not Purpose.REGULATOR]  # "external review: the state's bureau, fax"
    null = [h for h in here if h[0].purpose is None and h[2] <= found.start and h[1] >= found.since]
    if own:
        return nearest(own, found), 0.95
    if told := right_behind(found, sentence, here):
        return told, 0.9
    if zone in _OWN_WORDS_ONLY and not (intro and intro[2]):
        return None
    if found.since == base:
        asked = [h for h in here if h[0].by_reader and found.end <= h[1] <= found.end + RIGHT_BEHIND]
        if asked and found.channel is Channel.PHONE:
            return asked[0][0], 0.85
        behind = [h for h in here if h[0].purpose and h[1] >= found.end and h[1] - found.end <= _BEHIND]
        behind = [h for h in behind if not _NOT_FOR.search(sentence.text[found.end - base : h[1] - base])]
        if behind:
            return nearest(behind, found), 0.85
    if here and found.since > base:
        ahead = [h for h in here if h[0].purpose and h[2] <= found.start]
        if ahead:
            return nearest(ahead, found), 0.85
    if around := [
        h for h in here if h[0].purpose and not _NOT_FOR.search(sentence.text[found.end - base : h[1] - base])
    ]:
        return nearest(around, found), 0.8
    own_text = sentence.text[found.since - base : found.start - base]
    label = len(own_text.split()) <= LABEL_WORDS
    if intro and intro[1] < _INTRO_LINES and (intro[2] or label) and not null:
        return intro[0], 0.85
    other = _is_labelled(own_text) and (found.channel is Channel.FAX or len(own_text.split()) >= _OWN_LABEL)
    other = other or bool(previous and previous.id == RECORDS and found.channel is Channel.PHONE)  # "or call us"
    return (previous, 0.75) if previous and not (null or other) else None


def _leads_another(text: str, upto: int, begins: int, ends: int) -> bool:
    """Whether words behind a number and a semicolon lead to the next number: ``Fax N; urgent N``."""
    parted = upto <= ends and ";" in text[upto : begins + 1]
    return parted and _NUMBER_NEXT.match(text, ends) is not None


def _posted(reading: Reading, hits: Mapping[int, list[Hit]]) -> Iterator[tuple[Reached, ContactPurpose, float]]:
    """Mail addresses in the text, with the purpose of the words before them."""
    every = sorted((h for group in hits.values() for h in group), key=lambda h: h[1])
    for found in addresses(reading.prose.text):
        span = reading.doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is None or zone_of(reading, span) in (Zone.BOILERPLATE, Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE):
            continue
        inside = [h for h in every if found.since <= h[1] and h[2] <= found.end]
        before = [h for h in every if h[2] <= found.since and found.since - h[1] <= 160]
        if inside:
            yield found, max(inside, key=lambda h: h[0].rank)[0], 0.9
        elif before:
            yield found, before[-1][0], 0.8


def _contact(reading: Reading, found: Reached, rule: str, purpose: Purpose, confidence: float) -> Contact:
    place = finding(
        reading,
        content_span(reading.prose, found.start, found.end),
        value=found.value,
        rule=rule,
        confidence=confidence,
    )
    party = Party.MEMBER if purpose in _MEMBERS else Party.PROVIDER if purpose in _PROVIDERS else Party.EITHER
    return Contact(
        value=place.value, text=place.text, page=place.page, boxes=place.boxes, confidence=place.confidence, rule=rule,
        purpose=purpose, channel=found.channel, for_=party,
    )  # fmt: skip
