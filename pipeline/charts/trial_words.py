"""The words of a trial: its dose, and why it ended."""

import re

from pipeline.charts.mentions import Mention
from pipeline.charts.statements import Hit, Statement

DOSE = re.compile(
    r"(?<![<\u2264\u2265])(?<!(?<![-=])>)(?P<n>\d[\d,]*(?:\.\d+)?)(?:\s*-\s*(?P<n2>\d[\d,]*(?:\.\d+)?))?\s*(?P<u>mg|mcg|g|units?|U|%(?!\s*(?:\w+\s+)?(?:improve|reduc|relief|decreas|better|less|benefit|fewer|respon|drop|of\b)))(?![a-z])"
    r"(?P<f>\s*(?:/\s*(?:day|d|month|week|kg(?:/day)?)|(?:a|per)\s+(?:day|month|week)|daily"
    r"|once daily|twice daily|three times daily"
    r"|nightly|at bedtime|at night|monthly|weekly|q\s?hs|qhs|b\.?i\.?d\.?|t\.?i\.?d\.?"
    r"|q\.?d\.?|q\d+h|prn|as needed)(?![a-z]))?",
    re.IGNORECASE,
)
SIG = re.compile(
    r"\d[\d.,/-]*\d|\d|\b(?:mg|mcg|bid|tid|qid|qd|qhs|hs|qam|qpm|q\d+h|prn|daily|nightly|weekly|monthly|once|twice"
    r"|a day|at bedtime|ER|XR|XL|LA|SR|CR|DR|EC|ODT|HFA|tabs?|caps?|puffs?)\b",
    re.IGNORECASE,
)
"""How a medicine is taken, in shorthand that names no unit: "25 bid"."""
_TITRATED = re.compile(r"\b(?:to|up to|max(?:imum)?(?: dose)?(?: of)?|titrated to|increased to)\s*$", re.IGNORECASE)


def words_of(statement: Statement, hit: Hit, mention: Mention) -> str | None:
    """The reason as written, from the cue to the end of its clause; a cue that only leads ("despite") is none."""
    if hit.end <= mention.first and len(statement.text[hit.start : hit.end].split()) == 1:
        return None
    rest = statement.text[hit.end : mention.until if hit.start >= mention.last else hit.end]
    tail = re.split(r"[,;.()]|\band\b|\bstopped\b", rest, maxsplit=1)[0].rstrip()
    words = statement.text[hit.start : hit.end] + (tail if len(tail) < 40 else "")
    return words.strip(" ,;:-").casefold()


def because(statement: Statement, hit: Hit, mention: Mention) -> str | None:
    """Why a medicine may not be given, as written after "because of" and its like."""
    clause = statement.text[min(hit.start, mention.first) :]
    m = re.search(r"(?:because of|due to|given|secondary to|since|because)\s+([^.;,]{3,60})", clause, re.IGNORECASE)
    return m[1].strip().casefold() if m else None


def dose_in(words: str) -> str | None:
    """The dose, the highest that was reached, in the form ``100 mg/day``."""
    best: re.Match[str] | None = None
    for m in DOSE.finditer(words[:120]):
        if best is None or _TITRATED.search(words[: m.start()]):
            best = m
    if best is None:
        return None
    often = " ".join((best["f"] or "").split()).casefold()
    often = {"daily": "/day", "/ day": "/day", "/d": "/day", "a day": "/day", "per day": "/day", "qd": "/day"}.get(
        often, often
    )
    amount = (best["n2"] or best["n"]).replace(",", "")
    unit = best["u"] if best["u"].casefold() != "u" else "units"
    return f"{amount} {unit}{often if often.startswith('/') else (' ' + often if often else '')}"


def side_effect(statement: Statement, cues: dict[str, Hit], key: str) -> str:
    """The side effect that is named, else the words of the cue ``key``."""
    hit = cues.get("side_effect", cues[key])
    return statement.text[hit.start : hit.end].casefold()


def is_negated(statement: Statement, hit: Hit) -> bool:
    """Whether the words just before a cue deny it: "no side effects"."""
    return bool(
        re.search(
            r"\b(?:no|without|w/o|w/out|zero|denies|denied)\s+(?:\w+\s+){0,2}$",
            statement.text[: hit.start],
            re.IGNORECASE,
        )
    )
