"""Counts of right, surplus and missed answers over a set of letters, and the errors that do harm."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.evaluation.bands import Reliability
from pipeline.evaluation.compare import FIELDS, SCALARS, Letter, bare, compare, items, stated

_DENIAL = {"denial", "partial_denial", "appeal_upheld"}
_APPEAL_FAX = {"appeal", "expedited_appeal", "provider_dispute"}


class Danger(StrEnum):
    """Errors that cost a right or mislead a reviewer."""

    EXTRA_LETTERS = "extra_letters"
    LATE_DEADLINE = "late_deadline"
    WRONG_APPEAL_FAX = "wrong_appeal_fax"
    DENIAL_CALLED_OTHER = "denial_called_other"
    OTHER_CALLED_DENIAL = "other_called_denial"
    SURE_BUT_WRONG = "sure_but_wrong"


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, surplus and missed answers; precision, recall and F1 rounded to three digits."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        return self._rounded(self.right / max(1, self.right + self.surplus))

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self._rounded(self.right / max(1, self.right + self.missed))

    @property
    def f1(self) -> float:
        """Harmonic mean of the unrounded precision and recall."""
        p, r = self.right / max(1, self.right + self.surplus), self.right / max(1, self.right + self.missed)
        return self._rounded(2 * p * r / (p + r) if p + r else 0.0)

    @property
    def gold(self) -> int:
        """How many answers the gold has."""
        return self.right + self.missed

    def plus(self, right: int, *, surplus: int, missed: int) -> "Counts":
        """These counts and more."""
        return Counts(self.right + right, self.surplus + surplus, self.missed + missed)

    @staticmethod
    def _rounded(value: float) -> float:
        return round(value, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One disagreement: file, field (or danger), what gold says and what was answered."""

    file_name: str
    field: str
    missed: Sequence[Any]
    surplus: Sequence[Any]


@dataclass(slots=True, kw_only=True)
class Report:
    """What an evaluation found. ``sure`` is (right, all) of the scalars that were marked sure."""

    files: int = 0
    letters: int = 0
    exact_letters: int = 0
    boundaries: int = 0
    sure: tuple[int, int] = (0, 0)
    fields: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    sources: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    danger: Counter[Danger] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    classes: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    reliability: dict[str, Reliability] = field(default_factory=lambda: defaultdict(Reliability))
    """By page class, as are ``classes``."""

    @property
    def total(self) -> Counts:
        """Counts over all fields (the micro average)."""
        total = Counts()
        for counts in self.fields.values():
            total = total.plus(counts.right, surplus=counts.surplus, missed=counts.missed)
        return total

    @property
    def scored(self) -> dict[str, Counts]:
        """The fields that gold or answers speak of, in the contract's order."""
        return {f: c for f in FIELDS if (c := self.fields.get(f, Counts())) != Counts()}


def evaluate(
    gold: Mapping[str, Sequence[Letter]],
    answers: Mapping[str, Sequence[Letter]],
    *,
    classes: Mapping[str, str] | None = None,
) -> Report:
    """Score answers (file name -> letters, the contract's JSON) against gold; ``classes`` is each file's page class."""
    report = Report(files=len(gold))
    for name, wanted in gold.items():
        pairs, extra = pair(wanted, answers.get(name, ()))
        report.danger[Danger.EXTRA_LETTERS] += extra
        for letter, answer in pairs:
            report.letters += 1
            report.boundaries += sorted(letter.get("pages") or [1]) == sorted(answer.get("pages") or [])
            page_class = (classes or {}).get(name, "text")
            report.exact_letters += _score_fields(report, name, letter, answer, page_class=page_class)
            report.reliability[page_class].look_at(letter, answer)
            _score_kind(report, name, letter, answer)
            _score_deadlines(report, name, letter, answer)
            _score_faxes(report, name, letter, answer)
    return report


def pair(gold: Sequence[Letter], answers: Sequence[Letter]) -> tuple[list[tuple[Letter, Letter]], int]:
    """Gold letters with the answer that shares most pages, in order; and how many answers are left over."""
    left = list(answers)
    pairs: list[tuple[Letter, Letter]] = []
    for letter in gold:
        pages = set(letter.get("pages") or [1])
        best = max(left, key=lambda a: len(pages & set(a.get("pages") or [1])), default=None)
        if best is not None:
            left = [a for a in left if a is not best]
        pairs.append((letter, best or {}))
    return pairs, len(left)


def _score_fields(report: Report, name: str, gold: Letter, answer: Letter, *, page_class: str) -> bool:
    exact = True
    for key in FIELDS:
        wanted = items(key, gold)
        if wanted is None:
            continue
        hits, missed, surplus = compare(key, wanted, items(key, answer) or [])
        source = name.split("-")[0]
        report.fields[key] = report.fields[key].plus(hits, surplus=len(surplus), missed=len(missed))
        report.sources[source] = report.sources[source].plus(hits, surplus=len(surplus), missed=len(missed))
        report.classes[page_class] = report.classes[page_class].plus(hits, surplus=len(surplus), missed=len(missed))
        if missed or surplus:
            exact = False
            report.mistakes.append(Mistake(file_name=name, field=key, missed=missed, surplus=surplus))
        found = answer.get(key)
        if key in SCALARS and isinstance(found, dict) and found.get("sure"):
            right = bool(hits) and not missed and not surplus
            report.sure = (report.sure[0] + right, report.sure[1] + 1)
            if not right:
                _danger(report, Danger.SURE_BUT_WRONG, name, missed=[key, *missed], surplus=surplus)
    return exact


def _score_kind(report: Report, name: str, gold: Letter, answer: Letter) -> None:
    wanted, found = gold.get("kind"), bare(answer.get("kind")) or "other"
    if wanted in _DENIAL and found not in _DENIAL:
        _danger(report, Danger.DENIAL_CALLED_OTHER, name, missed=[wanted], surplus=[found])
    if wanted and wanted not in _DENIAL and wanted != "remittance" and found in _DENIAL:
        _danger(report, Danger.OTHER_CALLED_DENIAL, name, missed=[wanted], surplus=[found])


def _score_deadlines(report: Report, name: str, gold: Letter, answer: Letter) -> None:
    for clock in gold.get("clocks") or []:
        if not clock.get("due"):
            continue
        near = [c["due"] for c in stated(answer) if c.get("due") and _same_limit(clock, c)]
        if near and min(near) > clock["due"]:
            _danger(report, Danger.LATE_DEADLINE, name, missed=[clock.get("kind"), clock["due"]], surplus=near)


def _same_limit(gold: dict[str, Any], answer: dict[str, Any]) -> bool:
    if answer.get("kind") == gold.get("kind"):
        return True
    same_amount = gold.get("amount") is not None and str(answer.get("amount")) == str(gold["amount"])
    return same_amount and answer.get("unit") == gold.get("unit")


def _score_faxes(report: Report, name: str, gold: Letter, answer: Letter) -> None:
    if gold.get("contacts") is None:
        return
    right = {
        number
        for purpose, channel, number in items("contacts", gold) or ()
        if channel == "fax" and purpose in _APPEAL_FAX
    }
    for purpose, channel, number in items("contacts", answer) or ():
        if channel == "fax" and purpose == "appeal" and number not in right:
            _danger(report, Danger.WRONG_APPEAL_FAX, name, missed=sorted(right), surplus=[number])


def _danger(report: Report, danger: Danger, name: str, *, missed: Sequence[Any], surplus: Sequence[Any]) -> None:
    report.danger[danger] += 1
    report.mistakes.append(Mistake(file_name=name, field=danger.value, missed=missed, surplus=surplus))
