"""How old the patient is, in the forms of notes: "58M", "66 y/o", "Mr. Lee, 61,". Not an instrument's size."""

import re
from collections.abc import Iterator

from pipeline.charts.context import context_at
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_YEARS = r"\d{1,3}"
_SEX = r"(?:[MF]|male|female)"
_NAMED = r"(?-i:[A-Z][\w'-]+(?:,?\s[A-Z][\w.'-]*){1,3})"
_AGE = re.compile(
    # "a 41-year-old", "41 y.o. woman", "59yoM", "72 yo M"
    rf"(?<![\d-])(?P<v1>{_YEARS})[\s-]*(?:year|yr)s?[\s-]*old\b"
    rf"|(?<![\w.-])(?P<v2>{_YEARS})\s?(?:y/o|yo|y\.o\.?)(?:\s?[MF])?(?!\w)"
    # "34F w/ chronic migraine", "58M."
    rf"|(?<![\w.-])(?P<v3>{_YEARS})(?:\s?[MF](?=\s+(?:with|w/|who|here|presents|s/p|c/o|h/o)))(?!\w)"
    rf"|(?<![\w.:-])(?P<v4>{_YEARS})[MF](?=[).,;](?!\d)|\s[a-z(\u00b7|/](?!\()|\s*$)"
    # "Age: 63", "Age/Sex   63 F", "age 47 F"
    rf"|\bage[d:]?\s*(?P<v5>{_YEARS})\b(?!\s*(?:or\b|and\b|to\s\d|[+-]))|\bage\s*/\s*(?:sex|gender)[\s:|]*(?P<v6>{_YEARS})\b"
    # "Lee, Ann, 63 F", "58 M. neck pulls", "LEE, ANN    66 F", "(F, 44)"
    rf"|(?:^\W*|[,|\t]\s*|\s{{2,}}|(?-i:[A-Z]{{3}})\s+)(?P<v7>[1-9]\d)\s(?-i:[MF])(?=\s*(?:$|[,.;|])|\s[a-z(])|\({_SEX},?\s*(?P<v8>\d{{1,2}})\)"
    # "(33 F)", "Ann Lee 23 F 01/30/2026": in brackets, or between a name that opens a line and a day or a label
    rf"|\((?P<v21>[1-9]\d)\s?{_SEX}\)"
    rf"|^\W*{_NAMED}\s+(?P<v22>[1-9]\d)\s?(?-i:[MF])(?=\s+(?:\d{{1,2}}[/.-]\d|(?-i:Visit|Seen|DOB|MRN|Date|Exam|Hx|Collected|Encounter)\b))"
    # "Patient: Ann Lee, 39 Visit 10", "RE: Ann Lee, 66 years."
    rf"|^\W*(?:pt|patient|name|client|re)\b\W{{1,4}}{_NAMED},\s(?P<v23>[1-9]\d)(?=\s*(?:,|$|(?-i:Visit|Seen|DOB|MRN|Date|Exam|Dx)\b|(?:years?|yrs?|y)\b(?!\s*(?:of|ago|x))))"
    # "Lee, Ann 63 F   Dr. Roe": a name in the order of lists before it
    rf"|(?-i:[A-Z][\w'-]+,\s[A-Z][\w'-]+(?:\s[A-Z]\.?)?)\s+(?P<v12>[1-9]\d)\s?(?-i:[MF])(?=\s|$)"
    # "Mr. Lee, 61, presents", "who is 61,", "she is 44 and has"
    # "Lee, Ann F 50 (DOB 5/18/1976)", "Lee, Ann, 52, teacher": behind the label or before the birth date
    # "Mr. Corwin Lee is 38.", "Ann Lee, M, 48.", "Ann Lee, 52, seen by", "Lee R.  67 y PD", "(10 y)", "/ 44 M /"
    r"|(?-i:\b(?:Mr|Mrs|Ms|Miss)\.?\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)\s(?:is|was)\s(?:now\s)?(?P<v16>[1-9]\d)(?=[.,;]|\s(?:and|years))"
    r"|(?-i:[A-Z][\w'-]+,?\s(?:M|F)),?\s(?P<v17>[1-9]\d)(?=[.;,])"
    r"|^\W*(?-i:(?!Suite|Room|Unit|Apt|Floor|Box)[A-Z][a-z'-]+(?:\s[A-Z][\w.'-]*){1,2}),\s(?P<v18>[1-9]\d)(?=,|\s[a-z])"
    r"|(?:[(,|]\s*|\s{2,})(?P<v19>[1-9]?\d)\s?y(?=\)|\s[A-Z(])"
    r"|/\s(?P<v20>[1-9]\d)\s?(?-i:[MF])\s?(?=/|$)"
    r"|(?-i:\b[MF])[\s,]{1,3}(?P<v13>[1-9]\d)(?=\s*[(,|]?\s*(?:DOB|born)\b)"
    r"|^\W*(?:pt|patient|name|client|re)\b\W{1,4}(?-i:[A-Z][\w'-]+(?:,?\s[A-Z][\w.'-]*){1,3})\W{1,3}\s(?P<v14>[1-9]\d)(?=\s*,)"
    # "6 y 2 mo", "8y4m" of a child
    r"|(?<![\w./-])(?P<v15>1?\d)\s?(?:y|yrs?|years?)\.?,?\s?\d{1,2}\s?(?:m|mos?|months?)\b(?!\s*(?:ago|of|history|hx|h/o|after|since|later|in))"
    rf"|(?-i:\b(?:Mr|Mrs|Ms|Miss)\.?\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?),\s(?P<v9>[1-9]\d)(?=,)"
    rf"|\bwho is (?:now )?(?P<v10>[1-9]\d)(?=\s*,)"
    rf"|\b(?:s?he|patient|pt) is (?:now )?(?P<v11>[1-9]\d)(?=\s*(?:,|and (?:has|had|was|is)\b|years\b|with\b|now\b))",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:since|at|from|until|by|before|after|onset|around|when|of)\s+(?:about\s+|around\s+|approximately\s+|~\s*)?"
    r"(?:age\s*)?$",
    re.IGNORECASE,
)
_LONG = re.compile(r"\b(?:for|x|over|past|lasting|last)\s*$", re.IGNORECASE)
"""Before "6 y 2 mo": a length of time."""
_SIZE = re.compile(
    r"\s*(?:French|Fr\b|rigid|flexible|scope|cystoscope|sheath|Foley|catheter|cath\b|coude|needle|stent|dilator|resectoscope)",
    re.IGNORECASE,
)
"""Behind "21F": the French size of an instrument."""
_SIZED = re.compile(
    r"\b(?:French|scope|cystoscope|sheath|foley|cath\w*|needle|stent|dilator|tube|drain)\W*$", re.IGNORECASE
)
"""Before it: the instrument."""
_WARMTH = re.compile(r"\b(?:temp\w*|T|Tmax|fever\w*|febrile)\b\W*(?:of\s+|to\s+)?$", re.IGNORECASE)
_OLDEST = 115


def age_facts(source: Source, statement: Statement) -> Iterator[Fact]:
    """The ages of a statement, each with its context."""
    for m in _AGE.finditer(statement.text):
        years = float(next(number for number in m.groups() if number))
        lead = statement.text[: m.start()]
        if years > _OLDEST or _PAST.search(lead) or _WARMTH.search(lead) or _SIZE.match(statement.text, m.end()):
            continue
        if _SIZED.search(statement.text, 0, m.start(m.lastgroup or 0)):
            continue
        if m["v15"] and _LONG.search(lead):
            continue
        context = context_at(
            statement, m.start(), m.end(), clinical=source.clinical, leave=frozenset({Context.HISTORICAL})
        )
        yield fact_at(
            source,
            statement,
            FactKind.AGE,
            confidence=0.85,
            value=years,
            value_high=years,
            unit="year",
            context=context,
        )
