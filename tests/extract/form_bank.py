"""A bank of invented letters in unusual forms, and how much of what they say is read.

The bank parts by the hash of each text: from the ``seen`` half rules may be learnt, the ``kept`` half only measures.
``python -m tests.extract.form_bank`` prints the figures of both, and the errors of the seen half.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from pipeline.extract.letter import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

_FORMS = Path(__file__).parent / "field_forms"
_LANGUAGE = load_language(load_knowledge())
Miss = tuple[str, str, object, object]


def is_seen(text: str) -> bool:
    """Whether a form is one of those from which rules may be learnt."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


@cache
def forms(*, seen: bool) -> tuple[dict, ...]:
    """The forms of one half: ``text`` and what it ``says`` by field."""
    files = sorted(_FORMS.glob("*.yaml"))
    every = [form for path in files for form in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return tuple(form for form in every if is_seen(form["text"]) is seen)


def read(text: str) -> Letter:
    """A form as the project reads it."""
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(text), ())
    whole = Text(content=text, pages=(page,))
    return extract(whole, letter_id="form-1", language=_LANGUAGE, practice=Practice())


def items(letter: Letter, field: str) -> set:
    """What a letter has for a field, as comparable items."""
    match field:
        case "contacts":
            return {(c.purpose.value, c.channel.value, _plain(c.value)) for c in letter.contacts if c.channel != "mail"}
        case "clocks":
            return {(c.kind.value, str(c.amount), c.unit.value) for c in letter.clocks if c.amount and c.unit}
        case "due":
            return {(c.kind.value, c.due) for c in letter.clocks if c.due}
        case "lines":
            return {(line.code, line.billed) for claim in letter.claims for line in claim.lines}
        case "authorizations":
            return {_plain(a.number) for a in letter.authorizations if a.number}
        case "spanish":
            return {any("Spanish" in note.why for note in letter.needs_review)}
    value = getattr(letter, field)
    found = value if isinstance(value, tuple) else (value,)
    return {_plain(one.value) for one in found if one is not None and one.value not in (None, "unknown")}


def _plain(value: object) -> str:
    return "".join(ch for ch in str(value).casefold() if ch.isalnum())


def _wanted(field: str, value: object) -> set:
    if field in {"contacts", "clocks", "due", "lines"}:
        tidy = _plain if field == "contacts" else str
        return {(*map(str, one[:-1]), tidy(one[-1])) for one in value}
    if field == "spanish":
        return {value}
    return {_plain(one) for one in (value if isinstance(value, list) else [value]) if one is not None}


def score(*, seen: bool) -> tuple[Counter, list[Miss]]:
    """Counts of right, wrong and missing items and of wrong ones marked sure, by field; and the errors."""
    counts: Counter = Counter()
    misses: list[Miss] = []
    for form in forms(seen=seen):
        letter = read(form["text"])
        for field, value in form["says"].items():
            wanted, found = _wanted(field, value), items(letter, field)
            if field in {"provider_name", "payer"} and _alike(wanted, found):
                found = wanted
            counts[field, "right"] += len(wanted & found)
            counts[field, "wrong"] += len(found - wanted)
            counts[field, "missing"] += len(wanted - found)
            counts[field, "sure_wrong"] += _wrongly_sure(letter, field, wrong=found != wanted)
            if wanted != found:
                misses.append((form["text"], field, wanted, found))
    return counts, misses


def _alike(wanted: set, found: set) -> bool:
    """Whether one name holds the whole other, as the judge of the project has it."""
    return any(a and b and (a in b or b in a) for a in wanted for b in found)


def _wrongly_sure(letter: Letter, field: str, *, wrong: bool) -> bool:
    value = getattr(letter, field, None)
    return wrong and bool(getattr(value, "sure", False))


def total(counts: Counter, name: str) -> int:
    """The sum over fields of right, wrong, missing or sure_wrong."""
    return sum(number for (_, kind), number in counts.items() if kind == name)


def figures(counts: Counter) -> tuple[float, float]:
    """Precision and recall over all fields."""
    right, wrong, missing = (total(counts, name) for name in ("right", "wrong", "missing"))
    return right / (right + wrong), right / (right + missing)


def _lines() -> Iterator[str]:
    for seen in (True, False):
        counts, misses = score(seen=seen)
        precision, recall = figures(counts)
        name = "seen" if seen else "kept"
        sure = total(counts, "sure_wrong")
        yield f"{name}: {len(forms(seen=seen))} forms, wrong and sure {sure}"
        yield f"  precision {precision:.3f}, recall {recall:.3f}"
        fields = sorted({field for field, _ in counts})
        yield "  " + ", ".join(f"{f} {counts[f, 'right']}/{counts[f, 'wrong']}/{counts[f, 'missing']}" for f in fields)
        if seen:
            for text, field, wanted, found in misses:
                yield f"  {text.strip()[:34]!r}: {field} wanted {wanted} found {found}"


if __name__ == "__main__":
    print("\n".join(_lines()))
