"""Which statements behind one with a medicine go on about it: sentences, lines of its record, ticked answers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.charts.clinical import Subject
from pipeline.charts.dates import period_in
from pipeline.charts.endings import ENDINGS
from pipeline.charts.mentions import mentions_of
from pipeline.charts.source import Source
from pipeline.charts.statements import Statement

_WORDS = re.compile(
    r"(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|to|thru|mos?|wks?|weeks|months)\b)[a-z]{3,}", re.I
)
_ITEM = re.compile(r"\s*(?:[-*]|\d{1,2}[.)])\s")

_ENDING = re.compile(
    r"(?:stopped|discontinued|d/c|failed|ineffective|not (?:effective|tolerated)|partial"
    r"|minimal|less than|under|only|<|no (?!\w+ (?:from|of|to) )"
    r'|[\w ]{0,20}"?(?:maybe|perhaps|only|about|roughly)\s+\d{1,2}\s?%'
    r"|caused|could not|did not (?:help|tolerate)|unable to tolerate|it |this )",
    re.IGNORECASE,
)

# A sentence that goes on about the medicine of the one before: "She took it for 11 weeks and quit because of ..."
_GOES_ON = re.compile(
    # "After four months the drug had not made a dent", "At 80 mg for ten weeks her attacks stayed as they were"
    r"(?:(?:after|at|on|by|within|over|despite|in|for)\s+(?:the\s+(?:next|following|first|ensuing)\s+)?(?:(?!she\b|he\b|they\b|the\b|her\b|his\b)[\w./-]+\s+){1,9}?,?\s*)?"
    r"(?:(?:she|he|they|I|pt|patient|the patient|we|but|and|then|which|however,?|unfortunately,?|sadly,?)\s+)*"
    r"(?:(?:the|this|that|her|his|my)\s+(?:drug|medicine|medication|med|pills?|tablets?|capsules?|patch|cream|wipes?|gel|agent|treatment"
    r"|trial|latter|dose)\s+|(?P<trouble>(?:the|her|his|my)\s+(?:[a-z]+\s+)?(?:attacks|headaches?|migraines?|leaks?|leakage|accidents|urgency"
    r"|spasms?|sweating|pain|symptoms|frequency|palms|bladder|neck|tone|days?)\s+))?"
    r"(?:(?:was|were|had|has|only|also|then|eventually|subsequently|could|did|couldn't|didn't|never)\s+)*"
    r"(?:(?:took|tolerated|helped|gave|provided|reduced|improved|stopped|quit|discontinued|used|tried|continued|remained|not|stayed|left|made|knocked|turned"
    r"|still|slept|gained|lost|became|got|went|put on|experienced|developed|noticed|noted|reported|felt)\b"
    r"|it\b|this\b|that\b|no\b|minimal|less than|only|<|d/c|ineffective|partial|side effects?|adverse|stopped"
    r"|discontinued"
    r"|failed|caused|duration|dates?|outcome|result|reason|response|max\w* dose"
    r"|-+>|=>|unchanged|the same|just (?:as|the same)|as (?:bad|often|many)|persisted|went on)",
    re.IGNORECASE,
)


def with_what_follows(source: Source, statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """Statements with medicines, each with the sentences after it that say what became of them."""
    whole = source.reading.prose.text
    for number, statement in enumerate(statements):
        if not statement.of(Subject.DRUG):
            continue
        grown = statement
        for following in statements[number + 1 : number + _GOES_ON_FOR]:
            if _is_unticked(whole, grown, following):
                continue
            if not (_is_recorded(whole, grown, following) or _is_continued(whole, grown, following)):
                break
            grown = _grown(whole, grown, following)
        yield grown


_GOES_ON_FOR = 8
"""So many statements from its own a medicine is told of at most."""
_RECORD = re.compile(
    r"\W*(?:dates?(?: (?:of (?:use|trial|therapy|treatment)|used|tried|taken))?|when(?: (?:used"
    r"|tried|taken))?|from|start(?: date)?"
    r"|started|end(?: date)?|stop(?: date)?|stopped|duration(?: of (?:use|trial|therapy|treatment))?|length(?: of \w+)?"
    r"|how long|time on \w+|dose|dosage|strength|max(?:imum)? dose|sig|frequency|outcome|result|results|response|effect"
    r"|efficacy|benefit|reason(?: (?:for \w+|stopped|discontinued|it was \w+|ended))?"
    r"|why (?:stopped|discontinued|it was \w+)"
    r"|side effects?|adverse (?:effects?|events?|reactions?)|tolerability|comments?|notes?|explain)\s*[:=]",
    re.IGNORECASE,
)
"""A line of a record that says more of the medicine named in its first: "Dates of use: ...", "Outcome: ..."."""
_TICKED = re.compile(r"\s*(?:\[\s?[xX\u2713\u2714]\s?\]|\(\s?[xX\u2713\u2714]\s?\)|[\u2611\u2612\u2713\u2714])")
_OWN_LINE = re.compile(r"\n\s*\n")


def _is_unticked(whole: str, statement: Statement, following: Statement) -> bool:
    """Whether what follows on the line, or on a line of its record, is an empty box with its words."""
    between = whole[statement.start + len(statement.text) : following.start]
    return following.boxed is not None and not following.of(Subject.DRUG) and "\n" not in between


def _is_recorded(whole: str, statement: Statement, following: Statement) -> bool:
    """Whether the next statement is a labelled line of the record that the medicine opens, or a ticked answer in it."""
    between = whole[statement.start + len(statement.text) : following.start]
    if following.of(Subject.DRUG) or _OWN_LINE.search(between) or statement.boxed is not None:
        return False
    if following.boxed is None and _TICKED.match(following.text) and "\n" not in between:
        return bool({h.key for h in following.of(Subject.OUTCOME)} & ENDINGS)
    return "\n" in between and _RECORD.match(following.text) is not None and _opens_record(statement)


def _opens_record(statement: Statement) -> bool:
    """Whether a statement names its one medicine at its beginning, behind a label, a number or a box at most."""
    first = statement.of(Subject.DRUG)[0]
    lead = statement.text[: first.start]
    return (
        len(mentions_of(statement)) == 1 and len(lead.split()) <= _LABEL_WORDS and (_LEAD.fullmatch(lead) is not None)
    )


_LABEL_WORDS = 4
_LEAD = re.compile(
    r"\W*(?:\d{1,2}\W*)?(?:[xX]\W+)?(?:(?:[A-Za-z]+ ){0,2}[A-Za-z]+\s*(?:\d\s*)?[:=#]\s*)?", re.IGNORECASE
)


def _is_continued(whole: str, statement: Statement, following: Statement) -> bool:
    """Whether the next statement stands in the same paragraph and speaks of the last medicine named, and of none."""
    between = whole[statement.start + len(statement.text) : following.start]
    if "\n" in between or following.of(Subject.DRUG):
        return False
    says = {h.key for h in following.of(Subject.OUTCOME)} - {"tried", "benefit"}
    listed = statement.section == "tried" or _ITEM.match(statement.text)
    if listed and (_ENDING.match(following.text) or (says & ENDINGS and _is_plain(following))):
        return True
    if listed and between.strip() == ";" and period_in(following.text).days and not _WORDS.search(following.text):
        return True  # "- solifenacin 10 mg; 10/2025 - 02/2026"
    if between.strip() == ";" and _NOT_TAKEN_IT.match(following.text):
        return True
    if _REFUSED.match(following.text) or (says & ENDINGS and _ALL_OF_THEM.match(following.text)):
        return True
    if between.strip() == ";" and says & {"failure", "intolerance", "side_effect", "stopped", "contraindicated"}:
        return True
    if following.text[:1].islower() and any(h.start == 0 and h.key in says for h in following.of(Subject.OUTCOME)):
        return True  # "gained weight. stopped."
    goes_on = _GOES_ON.match(following.text) if says or period_in(following.text).days else None
    return goes_on is not None and (goes_on["trouble"] is None or _is_of_a_trial(statement))


def _is_of_a_trial(statement: Statement) -> bool:
    """Whether a medicine was begun or tried for a while, not one that is taken now."""
    said = {h.key for h in statement.of(Subject.OUTCOME)}
    return bool(said & {"tried", "stopped"} and "ongoing" not in said) and _is_plain(statement)


def _is_plain(statement: Statement) -> bool:
    """Whether no words say that it is of a relative, of what may come, or of another person."""
    return not any(h.key in _ELSEWHERE for h in statement.of(Subject.CONTEXT))


_ELSEWHERE = frozenset({"family", "another_person", "hypothetical", "hypothetical_sentence", "copied"})

_REFUSED = re.compile(
    r"(?:but\s+)?(?:s?he|they|pt|patient|the patient|(?:his |her |the )?(?:family|parents?|mother|father))\s+"
    r"(?:has\s+|have\s+|again\s+|politely\s+|both\s+)?(?:declin|refus|said no)\w*\s*(?:it|this"
    r"|them|both|for now|at this time|today)?\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
"""A sentence by which what was offered before is refused: "Recommended topiramate; patient declined"."""
_ALL_OF_THEM = re.compile(r"(?:but\s+)?(?:nothing|none|neither|all|both|each|not one)\b", re.IGNORECASE)
"""How a sentence begins that tells of all the medicines named before it: "None helped"."""
# "was offered; she has not taken it"
_NOT_TAKEN_IT = re.compile(
    r"(?:but\s+)?(?:s?he|they|I|patient|pt)\s+(?:has|have|had|did)(?:\s+not|n't|\s+never)(?:\s+yet)?\s+"
    r"(?:taken?|started?|tried|try|filled?|begun|used?)\b(?:\s+(?:it|this|that|them))?",
    re.IGNORECASE,
)


def _grown(whole: str, statement: Statement, following: Statement) -> Statement:
    shift = following.start - statement.start
    hits = {
        subject: (
            *statement.of(subject),
            *(h._replace(start=h.start + shift, end=h.end + shift) for h in following.of(subject)),
        )
        for subject in Subject
    }
    return replace(statement, text=whole[statement.start : following.start + len(following.text)], hits=hits)
