"""Sentences that name the insurer: a vendor writes on its behalf, or the reader is to ask it for an appeal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.candidates import Candidate
from pipeline.knowledge import Knowledge
from pipeline.knowledge.needed import quick
from pipeline.knowledge.payers import Relation as Mention
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import possible_in

_NAME = r"(?P<plan>[A-Z][\w&.,'’()/ -]{3,80}?)"
_STOP = (
    r"(?=[.;:,]\s|[.;(]|\s*$"
    r"|\s+(?:and\s+(?:its|your|the)|to|has|is|in|under|we|members?|for|within|by|if|with|as|at|or|you|when|will)\b)"
)
_WHO = r"(?P<who>[A-Z][\w&'’.-]*(?: (?:of|and|the|&|[A-Z][\w&'’.-]*))*(?:,? (?:Inc\.?|LLC|L\.L\.C\.|Corp\.?))?)"
_FOR = tuple(
    quick(re.compile(pattern))
    for pattern in (
        rf"\b(?i:on behalf of)\s*:?\s*(?:the )?{_NAME}(?: by {_WHO}){_STOP}",
        rf"\b(?i:on behalf of)\s*:?\s*(?:the )?{_NAME}{_STOP}",
        rf"{_WHO},?\s+(?:is\s+)?(?:an?|the|as|acting as)?\s*(?:[a-z-]+\s){{0,3}}"
        r"(?:reviewer|administrator|agent|contractor|vendor|manager)(?:,?\s+(?:acting|working|writing|deciding))?"
        rf"\s+(?:for|on behalf of)\s+(?:the\s+)?{_NAME}{_STOP}",
        rf"(?:{_WHO}\s+)?\b(?:reviews|administers?|manages|makes? decisions|provides? utilization|acts)\b[^.]{{0,80}}?"
        rf"\b(?:for|of|on behalf of)\s+(?:the\s+)?{_NAME}{_STOP}",
        r"\b(?i:reviewer|agent|administrators?|contractor|vendor|recovery|recoveries|manager|services?|review|tpa)"
        rf"(?:,?\s+(?:acting|working|writing|deciding))?\s+for\s+(?:the\s+)?{_NAME}{_STOP}",
    )
)
_PLAN = r"(?P<plan>[A-Z][\w&'’.-]*(?: (?:of|and|the|&|\([A-Z][\w -]*\)|[A-Z][\w&'’.-]*))*)"
_ASKED = tuple(
    quick(re.compile(pattern))
    for pattern in (
        rf"\b[Aa]sk {_PLAN} (?:for an appeal|to (?:review|reconsider|change))",
        rf"\bappeals? with {_PLAN}",
        rf"\b(?:member of|enrolled in|covered (?:by|under)|coverage (?:under|with)|benefits under) (?:the )?{_PLAN}",
    )
)
# The line under a name, which a reading in sentences joins to it.
DEPARTMENT = re.compile(
    r"\s+(?=(?:Claims?|Appeals?|Utilization|Member|Provider|Medical|Clinical|Customer|Grievances?)\s+(?:\w+\s+)?"
    r"(?:Unit|Department|Dept|Services|Management|Review|Center|Office|Team)\b)"
)
_PROGRAMME = re.compile(
    r"\s*\((?:[^()]{0,30}\b)?(?:Medicare|Medicaid|Marketplace|HMO|PPO|health plan|PDP)\b[^()]{0,30}\)"
)
"""What a name is of, in brackets behind it: "Great Basin Choice (Medicare Advantage)"."""
_SMALL = frozenset({"a", "and", "at", "by", "de", "for", "in", "la", "of", "on", "the", "to"})
_WRITTEN_FOR, _VENDOR, _NAMED = 0.97, 0.9, 0.7
_FOR_WHOM, _SPOKEN_OF = 0.86, 0.64


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A plan, and the vendor that a sentence says writes for it, where it names one."""

    plan: Candidate
    vendor: Candidate | None = None


def written_for(reading: Reading, knowledge: Knowledge) -> Iterator[Relation]:
    """The plans that a vendor says it writes, reviews or recovers for."""
    for sentence, pattern in possible_in(reading, _FOR):
        hit = pattern.search(sentence.text)
        if hit is None or not _names_plan(hit["plan"], knowledge, behind=sentence.text[hit.end("plan") :]):
            continue
        who = hit["who"] if "who" in pattern.groupindex else None
        named = who and not knowledge.name_words.unit.covers(who)  # "Claims administrator for Elm Health Plan"
        base = sentence.start_char
        yield Relation(
            plan=_candidate(reading, base, hit, "plan", support=_WRITTEN_FOR, rule="field.payer.written_for"),
            vendor=_candidate(reading, base, hit, "who", support=_VENDOR, rule="field.delegate") if named else None,
        )


def mentioned(reading: Reading, knowledge: Knowledge, *, relation: Mention) -> Iterator[Candidate]:
    """The plans that sentences name in the phrases of ``models/payer_mentions.yaml``."""
    for_whom = relation is Mention.WRITTEN_FOR
    support, rule = (_FOR_WHOM, "field.payer.written_for") if for_whom else (_SPOKEN_OF, "field.payer.mentioned")
    every = (pattern for one in knowledge.payer_mentions if one.relation is relation for pattern in one.patterns)
    for sentence, pattern in possible_in(reading, every):
        for start, end in (hit.span("plan") for hit in pattern.finditer(sentence.text)):
            name = DEPARTMENT.split(sentence.text[start:end], maxsplit=1)[0].rstrip(" ,")
            if not _names_plan(name, knowledge) or knowledge.name_words.practice.found_in(name):
                continue
            base = sentence.start_char + start
            first, last = content_span(reading.prose, base, base + len(name))
            yield Candidate(value=name, start=first, end=last, support=support, rule=rule)


def named_in_prose(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The plan that a sentence names as the one to ask, or as the one the reader is covered by."""
    for sentence, pattern in possible_in(reading, _ASKED):
        hit = pattern.search(sentence.text)
        if hit is not None and _names_plan(hit.group("plan"), knowledge):
            yield _candidate(reading, sentence.start_char, hit, "plan", support=_NAMED, rule="field.payer.named")


def _names_plan(text: str, knowledge: Knowledge, *, behind: str = "") -> bool:
    known = knowledge.payer_words.matches(text) or knowledge.payer_names.found_in(text) or _PROGRAMME.match(behind)
    words = knowledge.name_words
    return (
        bool(known)
        and not words.program.found_in(text)
        and not words.plan_kind.covers(text)
        and not words.credential.found_in(text)
        and not _is_description(text)
    )


def _is_description(text: str) -> bool:
    """Whether most words of a name are small ones: "Medicare equipment and supplies" is what somebody does."""
    telling = [word for word in re.findall(r"[A-Za-z][\w'’]*", text) if word not in _SMALL]
    small = [word for word in telling if word[0].islower()]
    return len(small) * 2 > len(telling)


def _candidate(
    reading: Reading, base: int, hit: re.Match[str], group: str, *, support: float, rule: str
) -> Candidate:  # fmt: skip
    name = (DEPARTMENT.split(hit[group], maxsplit=1)[0] if group == "plan" else hit[group]).strip(" ,")
    name = name if "(" in name else name.rstrip(") ,")
    start, end = content_span(reading.prose, base + hit.start(group), base + hit.start(group) + len(name))
    return Candidate(value=name, start=start, end=end, support=support, rule=rule)
