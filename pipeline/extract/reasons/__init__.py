"""Why the payer decided so: only what it gives as its reason for this decision, never what boilerplate mentions.

A rule of ``models/denial_reasons`` fires in a sentence of the right zone that states something about this case. Codes
stand for reasons too; where text and code say the same, the text is the place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.codes import Codes
from pipeline.extract.reasons.asides import directs, tells_of_earlier
from pipeline.extract.reasons.doubts import is_doubtful, known_to_rules
from pipeline.extract.reasons.inserts import lists_reasons
from pipeline.extract.reasons.opinion import reason_of
from pipeline.extract.reasons.pairs import codes_clash
from pipeline.extract.reasons.rules import fired, has_any
from pipeline.extract.reasons.sentences import misplaced, sentences_told
from pipeline.extract.reasons.words import is_whole, words_of
from pipeline.knowledge.codes import CodeKnowledge, CodeTable
from pipeline.knowledge.reasons import ReasonRule
from pipeline.language import Language, Reading
from pipeline.language.context import Utterance, joined
from pipeline.language.reading import finding
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding, Reason
from pipeline.values.vocabulary import Category

# Where a payer gives its reasons. The second list is looked at only where the first gave nothing: a zone may be
# misread.
GIVES_REASONS = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.REFERENCE, Zone.TABLE, Zone.GREETING})
MAY_GIVE_REASONS = frozenset({Zone.CRITERIA, Zone.REQUEST})
_HEADS = frozenset({Zone.LETTERHEAD, Zone.ADDRESS})
# A sentence that goes on with what the one before it asked for.
_GOES_ON = re.compile(
    r"\b(?:not|n['’]t|never|none|neither|only|just|but|says?|said|shows?|showed|lists?|gives?|describes?|talks? about"
    r"|reports?|reported|record of|was|were)\b",
    re.IGNORECASE,
)
# Something happened or did not: where appeals are spoken of most sentences only say what may be done.
_HAPPENED = re.compile(
    r"\b(?:was|were|did|came|never|untimely|late|missing|lacks?|dismiss\w*|passed|expired|closed"
    r"|(?:has|have|had) (?:not|been|no)"
    r"|no (?:valid|signed|paper|form)|not (?:received|signed|filed|sent))\b|n['’]t\b",
    re.IGNORECASE,
)
_ELABORATES = re.compile(r":|\bbecause\b", re.IGNORECASE)
# These say why an appeal was not heard, and stand where appeals are spoken of.
ABOUT_APPEALS = frozenset({Category.APPEAL_UNTIMELY, Category.STANDING_DEFECT})
# How far a code is believed.
_CODE, _GENERIC_CODE = 0.85, 0.55
_FALLBACK, _REPAIRED, _ACROSS = 0.25, 0.1, 0.15
# A reason beside another is left out where the second opinion finds it improbable, and so what rules see in the same
# sentence besides: of those, rules were right three times in ten in letters that nobody had read.
_LIKELY, _FAR_MORE = 0.15, 10
_AND = re.compile(r"\b(?:and|nor|also)\b|;")
_SAYS_NO = re.compile(r"\b(?:not|no|never|without|none|neither)\b|n['’]t\b", re.IGNORECASE)
_ASKS_FOR_MORE = ("requirement", "only_with", "come_first")
_GENERAL = frozenset({Category.MEDICAL_NECESSITY, Category.CRITERIA_NOT_MET})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A reason with what decides whether it stays.

    ``borne_out`` is how probable the second opinion finds it; ``misread``: it is read from words of a reason that is
    far more probable.
    """

    reason: Reason
    borne_out: float = 1.0
    misread: bool = False
    last_resort: bool = False
    yields_to: frozenset[Category] = frozenset()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of the rules, each once, in order of place.

    ``elsewhere`` are they with those of parts of a letter that seldom give any, looked at where the others gave none;
    ``doubted`` those that the second opinion doubts.
    """

    stated: tuple[Reason, ...]
    elsewhere: tuple[Reason, ...] = ()
    doubted: tuple[Reason, ...] = ()
    unlikely: frozenset[Category] = frozenset()
    """Of the stated ones those that the second opinion finds improbable."""


def find_reasons(reading: Reading, language: Language, *, codes: Codes) -> Reasons:
    """What the rules and the codes find."""
    sentences, after = sentences_told(reading, language)
    giving = [u for u in sentences if _gives_reasons(u) and u.start not in after]
    known = known_to_rules(giving, language)
    stated = _stated(reading, language, giving, known=known)
    past = (u for u in sentences if u.zone is Zone.RIGHTS and _HAPPENED.search(u.text))
    of_appeals = _stated(reading, language, past, known=known)
    stated += [c for c in of_appeals if c.reason.category in ABOUT_APPEALS]
    stated += _across(reading, language, sentences)
    coded = [*_coded(codes.carc, language.knowledge.codes.carc), *_coded(codes.rarc, language.knowledge.codes.rarc)]
    elsewhere: list[_Candidate] = []
    for zones in (GIVES_REASONS, MAY_GIVE_REASONS, frozenset({Zone.RIGHTS})):
        if all(candidate.last_resort or candidate.doubtful for candidate in stated + coded + elsewhere):
            here = (u for u in sentences if u.zone in zones and (zones is not GIVES_REASONS or u.start in after))
            elsewhere += _stated(reading, language, here, known=known, less=_FALLBACK)
    if all(candidate.last_resort or candidate.doubtful for candidate in stated + coded + elsewhere):
        elsewhere += _stated(reading, language, misplaced(sentences, language), known=known, less=_FALLBACK)
    believed = [c for c in stated + coded if not c.doubtful]
    further = [c for c in elsewhere if not c.doubtful]
    return Reasons(
        stated=_settled(believed),
        elsewhere=_settled(believed + further) if further else (),
        doubted=_settled([c for c in stated + elsewhere if c.doubtful]),
        unlikely=frozenset({c.reason.category for c in believed})
        - {c.reason.category for c in believed if c.borne_out >= _LIKELY},
    )


def _gives_reasons(sentence: Utterance) -> bool:
    """Whether it stands where reasons are given; a whole sentence is no part of a letterhead or an address."""
    return sentence.zone in GIVES_REASONS or (sentence.zone in _HEADS and is_whole(sentence))


def coded_reasons(carc: Iterable[Finding], rarc: Iterable[Finding], *, known: CodeKnowledge) -> tuple[Reason, ...]:
    """The reasons that codes alone stand for, where no text gives any."""
    return _settled([*_coded(carc, known.carc), *_coded(rarc, known.rarc)])


def _stated(
    reading: Reading,
    language: Language,
    sentences: Iterable[Utterance],
    *,
    known: frozenset[str],
    less: float = 0.0,
) -> list[_Candidate]:
    found = []
    for sentence in sentences:
        here = () if lists_reasons(sentence, language) else fired(sentence, language)
        if codes_clash(sentence.text):
            base = finding(
                reading, sentence.span, value=Category.CODING_MISMATCH.value, rule="pair.coding_mismatch",
                confidence=_CODE - less,
            )  # fmt: skip
            found.append(_Candidate(reason=_reason(base, category=Category.CODING_MISMATCH, subcategory=None)))
            continue
        categories = {rule.category for rule, _, _ in here}
        for rule, at, confidence in here:
            if any(one.category in rule.narrower and not _apart(sentence, at, there) for one, there, _ in here):
                continue
            belief = confidence - less - (_REPAIRED if any(i in sentence.repaired for i in at) else 0.0)
            base = finding(reading, sentence.span, value=rule.category.value, rule=rule.id, confidence=max(0.1, belief))
            reason = _reason(base, category=rule.category, subcategory=rule.subcategory)
            free = bool(rule.yields_unless) and has_any(rule.yields_unless, words_of(sentence, language))
            # What a general statement goes on to say after a colon or ``because`` is a criterion of its own.
            free = free or (
                rule.elaborates
                and _ELABORATES.search(sentence.text[:-1]) is not None
                and not categories & set(rule.yields_to)
            )
            yields = frozenset() if free else frozenset(rule.yields_to)
            likely, told = reason_of(sentence, language), {one.value for one in categories}
            misread = _is_misread(rule.category, at, here, likely)
            found.append(
                _Candidate(
                    reason=reason,
                    borne_out=sum(likely.get(one, 0.0) for one in ({rule.category.value} if misread else told)),
                    misread=misread,
                    last_resort=rule.last_resort or tells_of_earlier(sentence) or directs(sentence),
                    yields_to=yields,
                    doubtful=is_doubtful(rule, confidence, likely, here=told, known=known, text=sentence.text),
                )
            )
    return found


def _apart(sentence: Utterance, one: range, other: range) -> bool:
    """Whether two places each say no in a part of their own: "do not tell us A, and do not show B"."""
    first, second = sorted((one, other), key=lambda place: place.start)
    if first.stop > second.start:
        return False
    doc = sentence.sentence.doc
    if not _AND.search(doc[first.stop : second.start].text.casefold()):
        return False
    return all(_SAYS_NO.search(doc[place.start : place.stop].text) for place in (first, second))


def _is_misread(
    category: Category, at: range, here: Sequence[tuple[ReasonRule, range, float]], likely: Mapping[str, float]
) -> bool:
    """Whether a particular reason is read from words of another that is far more probable: one of the two is meant."""
    same = (likely.get(rule.category.value, 0.0) for rule, place, _ in here if set(place) & set(at))
    return max(same, default=0.0) > _FAR_MORE * likely.get(category.value, 0.0) and category not in _GENERAL


def _across(reading: Reading, language: Language, sentences: Sequence[Utterance]) -> list[_Candidate]:
    """What two sentences say together and neither alone."""
    found = []
    for first, second in pairwise(sentences):
        zones = {first.zone, second.zone}
        goes_on = _HAPPENED if Zone.RIGHTS in zones else _GOES_ON
        if not zones <= GIVES_REASONS | {Zone.RIGHTS} or not goes_on.search(second.text):
            continue
        if not has_any(_ASKS_FOR_MORE, words_of(first, language)):
            continue
        if fired(second, language):
            continue
        alone = {rule.id for rule, _, _ in fired(first, language)}
        both = joined(first, second)
        here = [hit for hit in fired(both, language, across=True) if hit[0].id not in alone]
        if Zone.RIGHTS in zones:
            here = [hit for hit in here if hit[0].category in ABOUT_APPEALS]
        taken = {rule.category for rule, _, _ in here}
        for rule, _, confidence in here:
            if taken & set(rule.narrower):
                continue
            base = finding(
                reading, both.span, value=rule.category.value, rule=f"{rule.id}.across", confidence=confidence - _ACROSS
            )
            reason = _reason(base, category=rule.category, subcategory=rule.subcategory)
            found.append(_Candidate(reason=reason, yields_to=frozenset(rule.narrower)))
    return found


def _coded(found: Iterable[Finding], table: CodeTable) -> list[_Candidate]:
    candidates = []
    for code in found:
        entry = table.codes.get(code.value or "")
        # A share of the patient or a contractual reduction is no reason of a denial.
        if entry is None or entry.category in {None, Category.NOT_A_DENIAL}:
            continue
        belief = min(code.confidence, _GENERIC_CODE if entry.generic else _CODE)
        base = Finding(
            value=entry.category, text=code.text, page=code.page, boxes=code.boxes, confidence=belief,
            rule=f"code.{code.value}",
        )  # fmt: skip
        reason = _reason(base, category=Category(entry.category), subcategory=None)
        candidates.append(_Candidate(reason=reason, last_resort=entry.generic, yields_to=frozenset(entry.yields_to)))
    return candidates


def _settled(candidates: Sequence[_Candidate]) -> tuple[Reason, ...]:
    """One reason a category; what is said in general gives way to what is said in particular."""
    candidates = _without_misread(candidates)
    firm = {c.reason.category for c in candidates if not c.last_resort}
    staying = [
        c
        for c in candidates
        if not (c.last_resort and firm - {c.reason.category}) and not (c.yields_to & (firm - {c.reason.category}))
    ]
    if any(c.reason.category is not Category.NOT_A_DENIAL for c in staying):
        staying = [c for c in staying if c.reason.category is not Category.NOT_A_DENIAL]
    chosen: dict[Category, Reason] = {}
    for candidate in _borne_out(staying):
        reason = candidate.reason
        known = chosen.get(reason.category)
        if known is None or _rank(reason) > _rank(known):
            chosen[reason.category] = reason
    return tuple(chosen.values())


def _without_misread(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Those that are not read from words that most probably mean another of them: such a one drives nothing out."""
    likely = {one.reason.category for one in candidates if one.borne_out >= _LIKELY}
    return [one for one in candidates if one.borne_out >= _LIKELY or not one.misread or one.reason.category in likely]


def _borne_out(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Those that the second opinion finds likely; the likeliest stay in any case."""
    best: dict[Category, float] = {}
    for one in candidates:
        best[one.reason.category] = max(best.get(one.reason.category, 0.0), one.borne_out)
    enough = min(_LIKELY, max(best.values(), default=0.0))
    return [one for one in candidates if best[one.reason.category] >= enough]


def _rank(reason: Reason) -> tuple[bool, float]:
    return (not reason.rule.startswith("code."), reason.confidence)


def _reason(base: Finding, *, category: Category, subcategory: str | None) -> Reason:
    return Reason(
        value=category.value, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence,
        rule=base.rule, category=category, subcategory=subcategory,
    )  # fmt: skip
