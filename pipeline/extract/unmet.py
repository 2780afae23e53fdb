"""Which criteria the payer calls not met, each a statement of its own, with what would satisfy it.

Told in a list that is opened so, in a table with a column for it, by a mark ("criterion B.2"), as what a rule asks for
and the records do not show, and else by the sentence that gives a reason. What is said to be met is never one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline.extract.reasons.inserts import without_inserts
from pipeline.knowledge.unmet import UnmetSort
from pipeline.language import Language, Reading
from pipeline.language.context import Utterance, hits, utterances
from pipeline.language.matchers import Subject
from pipeline.language.reading import Line, finding
from pipeline.language.zones import Zone
from pipeline.values.letter import Reason, UnmetCriterion
from pipeline.values.vocabulary import Category

_OF_CRITERIA = frozenset(
    {
        Category.CRITERIA_NOT_MET, Category.STEP_THERAPY, Category.CONTINUATION_NO_BENEFIT, Category.OFF_LABEL_DX,
        Category.CONCURRENT_THERAPY,
    }
)  # fmt: skip
"""Reasons whose own sentence says which criterion it is; "not medically necessary" and "the wrong place" do not."""
_CLINICAL = frozenset(
    {
        Category.MEDICAL_NECESSITY, Category.CRITERIA_NOT_MET, Category.STEP_THERAPY, Category.NONPREFERRED_PRODUCT,
        Category.CONTINUATION_NO_BENEFIT, Category.QUANTITY_LIMIT, Category.OFF_LABEL_DX, Category.CONCURRENT_THERAPY,
        Category.LEVEL_OF_CARE, Category.SITE_OR_SOURCE_OF_DRUG,
    }
)  # fmt: skip
"""Reasons that a criterion stands behind; the others are answered by a paper or a corrected claim."""
_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS, Zone.LETTERHEAD, Zone.ADDRESS, Zone.SIGNATURE})
_SIGN = re.compile(r"\s*(?:[-*•▪●‣·–]|\(?(?P<mark>\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)](?:\d{1,2}\b)?)\s+(?=\S)")
_IN_LINE = re.compile(r"(?:^|[;,:]\s*(?:and\s+|or\s+)?|\s)\((?P<mark>\d{1,2}|[a-h]|[ivx]{1,4})\)\s+")
_COUNTED = (
    r"(?:[A-Z]{1,4}[-.])?[A-Z]?\d{1,3}(?:\.\d{1,2})*(?:\([a-z0-9]\)|[a-z])?|[A-Z](?:\.\d{1,2})*(?![\w'])|\([a-z0-9]\)"
)
_MARKED = re.compile(
    r"\b(?i:criteri(?:on|a)|requirements?|items?|elements?)\s+(?i:numbers?\s+|no\.?\s+|#\s*)?"
    rf"(?P<marks>(?:{_COUNTED})(?:(?:\s*,\s*|,?\s+(?:and|or)\s+)(?:{_COUNTED})(?!\w))*)"
)
_MARK = re.compile(rf"{_COUNTED}(?!\w)")
_AFTER_MARK = re.compile(r"(?:[^:;]{0,60}:|\s*[(–-])\s*(?P<said>[^)]{12,})")
_ITEM_OF_RULE = re.compile(r"\s*\(?(?P<mark>[A-Z]?\.?\d{1,2}(?:\.\d{1,2})*[a-z]?|[A-Za-z])[.):]\s+(?P<said>\S.{10,})")
_REFUSED = re.compile(r"\b(?:not|unmet|fails?|failed|never|no|lacks?)\b|n['’]t\b", re.IGNORECASE)
_SHORT_OF = re.compile(
    rf"{_REFUSED.pattern}|\b(?:without|unless|only|just|less|fewer|below|under|short|exceeds?|over|more than|still"
    r"|first)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says what falls short; one that only tells of the request has none."""
_MET = re.compile(r"[\s:(–-](?:is |was |are |were )?(?<!not )(?:met|satisfied|yes)\W*$", re.IGNORECASE)
_SHOWN = re.compile(
    r"\b(?:only|just)\s+(?:show|shows|showed|document|documents|documented|include|includes|mention|mentions|describe"
    r"|describes|list|lists|support|supports|confirm|confirms)\s+(?P<a>[^.;]+)"
    r"|\b(?:show|shows|showed|document|documents|documented|include|includes|mention|mentions|describe|describes|list"
    r"|lists|support|supports|confirm|confirms)\s+(?:only|just)\s+(?P<b>[^.;]+)"
    r"|\b(?:show|shows|showed|document|documents|documented|support|supports|confirm|confirms)\s+(?P<c>[^.;]+?)\s+only\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:;|,)\s*(?:and\s+|or\s+)?|\s+and\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}|\d+", re.IGNORECASE)
_LISTED, _TABLE, _NAMED, _LEFT_OVER, _REASON = 0.85, 0.85, 0.8, 0.6, 0.7
_HEADING_REACH = 25
_FEWEST_WORDS, _HEAD_WORDS = 2, 3
_MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """A criterion called unmet: what it says, where, how it is counted, and how it was found."""

    value: str
    span: tuple[int, int]
    rule: str
    confidence: float
    category: Category | None = None
    mark: str | None = None


def find_unmet(reading: Reading, language: Language, *, reasons: Sequence[Reason]) -> tuple[UnmetCriterion, ...]:
    """Every unmet criterion once, in order of place; none where nothing was denied for a reason."""
    if not reasons:
        return ()
    sentences = [
        u for u in without_inserts(utterances(reading, language), reading, language) if u.zone not in _ELSEWHERE
    ]
    listed = [*_listed(sentences, language), *_in_table(reading, language)]
    named = [one for one in _marked(sentences, reading, language) if not _touches(one, listed)]
    left = [one for one in _left_over(sentences, language) if not _touches(one, listed + named)]
    told = [one for one in _from_reasons(sentences, language, reasons) if not _touches(one, listed + named + left)]
    chosen: dict[str, _Statement] = {}
    for one in sorted([*listed, *named, *left, *told], key=lambda s: s.span):
        chosen.setdefault(f"{one.mark or ''} {one.value}".casefold(), one)
    return tuple(_criterion(one, reading, language, reasons) for one in chosen.values())


def _touches(one: _Statement, others: Iterable[_Statement]) -> bool:
    return any(one.span[0] < other.span[1] and other.span[0] < one.span[1] for other in others)


def _opens(sentence: Utterance, language: Language) -> bool:
    """Whether a list of unmet criteria begins after the sentence, or in it after its colon."""
    return f"unmet.{UnmetSort.LIST.value}" in {hit.key for hit in hits(sentence, language, Subject.UNMET)}


def _listed(sentences: Sequence[Utterance], language: Language) -> Iterator[_Statement]:
    """The items of lists that were opened so, below the opening sentence or in it."""
    is_open = False
    for sentence in sentences:
        sign = _SIGN.match(sentence.text)
        if is_open and sign:
            text = sentence.text[sign.end() :].strip()
            if _counts(text):
                yield _item(sentence, text, rule="unmet.listed", sure=_LISTED, mark=sign["mark"])
            continue
        is_open = _opens(sentence, language)
        if is_open:
            yield from _listed_in(sentence)
            is_open = sentence.text.rstrip().endswith((":", "-", "–")) or "\n" not in sentence.text[-1:]


def _listed_in(sentence: Utterance) -> Iterator[_Statement]:
    """The items of a list that goes on in the sentence that opens it: "... not met: (1) an order; (2) a diary."."""
    starts = list(_IN_LINE.finditer(sentence.text))
    for here, following in zip_longest(starts, starts[1:]):
        text = sentence.text[here.end() : following.start() if following else None].strip(" ;,.")
        if _counts(text) and len(starts) > 1:
            yield _item(sentence, text, rule="unmet.listed", sure=_LISTED, mark=here["mark"])


def _counts(text: str) -> bool:
    """Whether an item says something, and not that it is met."""
    return len(_WORD.findall(text)) >= _FEWEST_WORDS and not _MET.search(text)


def _in_table(reading: Reading, language: Language) -> Iterator[_Statement]:
    """Rows whose cell says that the criterion of the row is not met; a plain "No" only under a heading of criteria."""
    words = _words_of(UnmetSort.CELL, language)
    headed = -_HEADING_REACH
    for line in reading.lines:
        cells = [cell.text.strip(" *_|") for cell in line.cells]
        if len(cells) < 2 or line.zone is Zone.BOILERPLATE:
            continue
        if _heads(cells, language):
            headed = line.number
            continue
        said = [n for n, cell in enumerate(cells) if n and cell.casefold().rstrip(".!") in words]
        near = line.number - headed < _HEADING_REACH
        if said and (near or cells[said[0]].casefold() != "no"):
            yield from _row(line, cells)


def _heads(cells: Sequence[str], language: Language) -> bool:
    """Whether a line of cells heads a table of criteria: one of its first two cells names them in a word or two."""
    heads = _words_of(UnmetSort.COLUMN, language)
    return any(not heads.isdisjoint(cell.casefold().split()) for cell in cells[:2] if len(cell.split()) <= _HEAD_WORDS)


def _words_of(sort: UnmetSort, language: Language) -> frozenset[str]:
    """The phrases of a sort that stand in cells, each of the words that it may be."""
    phrases = [phrase for cue in language.knowledge.unmet if cue.sort is sort for phrase in cue.phrases]
    return frozenset(word for phrase in phrases for word in phrase.split("|"))


def _row(line: Line, cells: Sequence[str]) -> Iterator[_Statement]:
    marks = [cell for cell in cells[:1] if _MARK.fullmatch(cell.rstrip(".)"))]
    place = len(marks)
    sign = _SIGN.match(cells[place])
    text = cells[place][sign.end() :] if sign else cells[place]
    if _counts(text):
        yield _Statement(
            value=" ".join(text.split()), span=(line.cells[0].start, line.cells[-1].end), rule="unmet.table",
            confidence=_TABLE,
            mark=marks[0].rstrip(".)") if marks else (sign["mark"] if sign else None),
        )  # fmt: skip


def _marked(sentences: Sequence[Utterance], reading: Reading, language: Language) -> Iterator[_Statement]:
    """Criteria named by their mark; where the letter lists them under it, in the words of the list."""
    listed = _by_mark(reading)
    for sentence in sentences:
        hit = _MARKED.search(sentence.text)
        if (
            hit is None
            or not _REFUSED.search(sentence.text)
            or (_opens(sentence, language) and sentence.text.endswith(":"))
        ):
            continue
        after = _AFTER_MARK.match(sentence.text[hit.end() :])
        for mark in _MARK.findall(hit["marks"]):
            own = mark.strip("().").casefold()
            text = listed.get(own) or (after["said"].strip(" .") if after else sentence.text.strip())
            yield _item(
                sentence, text, rule="unmet.marked", sure=_NAMED, mark=mark[1:-1] if mark.startswith("(") else mark
            )


def _by_mark(reading: Reading) -> Mapping[str, str]:
    """The items of the letter's lists by their mark, where only one has it."""
    found: dict[str, list[str]] = {}
    for line in reading.lines:
        if sign := _ITEM_OF_RULE.match(line.text):
            found.setdefault(sign["mark"].strip(".").casefold(), []).append(sign["said"].strip())
    return {mark: said[0] for mark, said in found.items() if len(said) == 1}


def _left_over(sentences: Sequence[Utterance], language: Language) -> Iterator[_Statement]:
    """What a rule asks for and the records do not show: "requires A, B and C; the records show A only"."""
    for number, sentence in enumerate(sentences):
        asked = [h for h in hits(sentence, language, Subject.UNMET) if h.key == f"unmet.{UnmetSort.REQUIRES.value}"]
        if not asked:
            continue
        start = sentence.sentence.doc[asked[0].end].idx if asked[0].end < sentence.end else None
        if start is None:
            continue
        text = sentence.text[start - sentence.sentence.start_char :]
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        inside = _SHOWN.search(text)
        shown = inside or (_SHOWN.search(following.text) if following is not None else None)
        if shown is None:
            continue
        if inside:
            text = re.split(r"[;.]|,?\s+but\b|\bwhile\b|\bhowever\b", text[: inside.start()])[0]
        had = _stems(next(part for part in shown.groups() if part))
        whole = (sentence.span[0], sentence.span[1] if inside or following is None else following.span[1])
        parts = [part.strip(" .,;:") for part in _PARTS.split(text)]
        if len(parts) > 1 and any(_stems(part) & had for part in parts):
            for part in parts:
                if len(part.split()) >= _FEWEST_WORDS and not _stems(part) & had:
                    yield replace(_item(sentence, part, rule="unmet.left_over", sure=_LEFT_OVER), span=whole)


def _stems(text: str) -> set[str]:
    """The telling words, cut to what their forms share."""
    return {word.casefold()[:5] for word in _WORD.findall(text)}


def _from_reasons(
    sentences: Sequence[Utterance], language: Language, reasons: Sequence[Reason]
) -> Iterator[_Statement]:
    """The sentences that give a clinical reason, if they say more than that criteria are not met."""
    rules = {rule.id: rule for rule in language.knowledge.reasons.rules}
    for reason in reasons:
        rule = rules.get(reason.rule.removesuffix(".across"))
        if (
            reason.category not in _OF_CRITERIA
            or not _SHORT_OF.search(reason.text)
            or (rule is not None and (rule.elaborates or rule.last_resort))
        ):
            continue
        here = next((u for u in sentences if u.text.strip() and u.text.strip() in reason.text), None)
        if here is None or _opens(here, language):
            continue
        text = " ".join(reason.text.split())
        yield _Statement(
            value=text, span=here.span, rule="unmet.reason", confidence=min(_REASON, reason.confidence),
            category=reason.category,
        )  # fmt: skip


def _item(sentence: Utterance, text: str, *, rule: str, sure: float, mark: str | None = None) -> _Statement:
    """A statement told in a sentence, perhaps one of several; of which reason it is, its own words must tell."""
    return _Statement(
        value=" ".join(text.split()).rstrip(" ;,."), span=sentence.span, rule=rule, confidence=sure, category=None,
        mark=mark,
    )  # fmt: skip


def _criterion(one: _Statement, reading: Reading, language: Language, reasons: Sequence[Reason]) -> UnmetCriterion:
    base = finding(reading, one.span, value=one.value, rule=one.rule, confidence=one.confidence)
    named = _named(one.value, language)
    category = one.category or _category(one.value, named, language, reasons)
    needs = [n.type for n in language.knowledge.routes.remedy(category).evidence if not n.indications]
    return UnmetCriterion(
        value=one.value, text=base.text, page=base.page, boxes=base.boxes, confidence=one.confidence, rule=one.rule,
        category=category, mark=one.mark, evidence=tuple(dict.fromkeys([*named, *needs]))[:_MOST_EVIDENCE],
    )  # fmt: skip


def _named(statement: str, language: Language) -> list[str]:
    """The papers that a statement names."""
    evidence = {entry.id: entry.evidence for entry in language.knowledge.requests if not entry.broad}
    doc = language.nlp(statement)
    return [evidence[key] for key, _ in language.matchers[Subject.REQUEST](doc) if key in evidence]


def _category(statement: str, named: Sequence[str], language: Language, reasons: Sequence[Reason]) -> Category:
    """The reason whose text is the statement, else the one that is answered first by what it names."""
    main = {
        language.knowledge.routes.remedy(category).evidence[0].type: category
        for category in (Category.STEP_THERAPY, Category.CONTINUATION_NO_BENEFIT)
    }
    if answered := [main[paper] for paper in named if paper in main]:
        return answered[0]
    told = (r.category for r in reasons if r.category in _CLINICAL and _is_of(statement, " ".join(r.text.split())))
    return next(told, Category.CRITERIA_NOT_MET)


def _is_of(statement: str, text: str) -> bool:
    """Whether a text is the statement and hardly more."""
    return statement in text and len(text) <= len(statement) * 2
