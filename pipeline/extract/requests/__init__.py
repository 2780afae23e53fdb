"""What the payer asks for, or says was missing, as evidence types.

Counted: a list that is opened by asking, a sentence that asks, a sentence of the reasons that says what was missing,
and remark codes that stand for a paper. Not counted: what the rights say in general (``any additional information``).
"""

from collections.abc import Iterable

from pipeline.extract.reasons.inserts import without_inserts
from pipeline.extract.requests.acts import Way
from pipeline.extract.requests.coded import as_request, coded
from pipeline.extract.requests.layout import ITEM, end_of_item, is_told
from pipeline.extract.requests.papers import named
from pipeline.extract.requests.places import asking
from pipeline.extract.requests.told import told
from pipeline.language import Language, Reading
from pipeline.language.context import Hit, Utterance, utterances
from pipeline.language.reading import finding
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind, Request

_NEVER = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.SIGNATURE, Zone.CONTACTS, Zone.GREETING})
_LISTED_APART = 2
"""As many papers in a list say what the bundle is that opened it."""
_LISTED, _ASKED, _MISSING, _TOLD = 0.85, 0.75, 0.7, 0.6


def find_requests(reading: Reading, language: Language, *, kind: LetterKind) -> tuple[Request, ...]:
    """Every request once, in order of place."""
    found: list[Request] = []
    sentences = without_inserts(utterances(reading, language), reading, language)
    asked = kind is LetterKind.INFORMATION_REQUEST
    items: list[Request] = []
    for sentence, way in asking(sentences, reading, language, asked=asked):
        listed = way is Way.LIST and sentence.zone is Zone.REFERENCE and ITEM.match(sentence.text)
        if sentence.zone in _NEVER and not (listed or is_told(sentence)):
            continue
        hits = named(sentence, language, way, asked=asked)
        requests = [_request(reading, sentence, hit, language=language, way=way) for hit in hits]
        requests += [_told(reading, sentence, evidence) for evidence in told(sentence, hits, language, way)]
        found.extend(requests)
        items.extend(requests if ITEM.match(sentence.text) else ())
    found.extend(coded(reading, language, known={request.evidence_type for request in found}))
    found = _without_bundle(found, items, language)
    if kind in {LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED}:
        return ()
    return _once(found)


def _without_bundle(found: list[Request], items: list[Request], language: Language) -> list[Request]:
    """The requests but for a bundle ("we need medical records:") whose papers are then listed one by one."""
    broad = {entry.evidence for entry in language.knowledge.requests if entry.broad}
    listed = {request.evidence_type for request in items} - broad
    if len(listed) < _LISTED_APART:
        return found
    return [request for request in found if request.evidence_type not in broad or request in items]


def _told(reading: Reading, sentence: Utterance, evidence: str) -> Request:
    lead = ITEM.match(sentence.text)
    start, end = sentence.span
    if lead:
        end = end_of_item(reading, start, end)
    base = finding(reading, (start, end), value=None, rule=f"opinion.{evidence}", confidence=_TOLD)
    return as_request(base, evidence=evidence)


def _request(reading: Reading, sentence: Utterance, hit: Hit, *, language: Language, way: Way) -> Request:
    entry = next(entry for entry in language.knowledge.requests if entry.id == hit.key)
    confidence = {Way.LIST: _LISTED, Way.PLAIN: _ASKED}.get(way, _MISSING)
    start, end = sentence.span
    lead = ITEM.match(reading.text.content[start:end])
    if lead:
        end = end_of_item(reading, start, end)
        start += lead.end()
    base = finding(reading, (start, end), value=None, rule=f"{entry.id}.{way.value}", confidence=confidence)
    return as_request(base, evidence=entry.evidence)


def _once(found: Iterable[Request]) -> tuple[Request, ...]:
    chosen: dict[tuple[str, str], Request] = {}
    for request in found:
        chosen.setdefault((request.evidence_type, request.text), request)
    return tuple(chosen.values())
