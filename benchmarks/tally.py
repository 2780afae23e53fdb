"""What a page class comes to: characters, identifiers and their flags, boundaries, kinds."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.characters import errors, length
from pipeline.evaluation.compare import alnum
from pipeline.evaluation.score import pair
from pipeline.values.text import Text

IDENTIFIERS = (
    "member_id", "group_number", "claim_number", "reference_number", "patient_account_number", "provider_npi",
)  # fmt: skip
Json = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts over the documents of a class.

    An identifier is exact where its letters and digits are those printed; it is flagged where its finding is not sure
    or a review note names its field. A letter's boundaries are exact where it has the pages of the gold and no other.
    """

    documents: int = 0
    pages: int = 0
    characters: int = 0
    wrong_characters: int = 0
    identifiers: int = 0
    exact: int = 0
    wrong: int = 0
    wrong_flagged: int = 0
    missing: int = 0
    missing_flagged: int = 0
    letters: int = 0
    bounded: int = 0
    extra: int = 0
    kinds: int = 0
    subtyped: int = 0
    subtypes: int = 0
    gaps: int = 0
    gaps_told: int = 0
    stray: int = 0
    strays_right: int = 0
    by_kind: Counter[tuple[str, bool]] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    @staticmethod
    def head() -> str:
        """The head of the Markdown table."""
        names = (
            "class", "files", "pages", "CER", "identifiers", "exact", "inexact: wrong, missing", "of them flagged",
            "letters", "pages exact", "extra", "kind right", "subtype right", "lost page told", "stray pages right",
        )  # fmt: skip
        return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}"

    def row(self, name: str) -> str:
        """This class as a row of the table."""
        flagged = self.wrong_flagged + self.missing_flagged
        cells = (
            name, self.documents, self.pages, _share(self.wrong_characters, self.characters, digits=2),
            self.identifiers, _share(self.exact, self.identifiers), f"{self.wrong}, {self.missing}",
            f"{self.wrong_flagged} of {self.wrong}, {self.missing_flagged} of {self.missing}"
            f" ({_share(flagged, self.wrong + self.missing)})",
            self.letters, _share(self.bounded, self.letters), self.extra, _share(self.kinds, self.letters),
            _share(self.subtypes, self.subtyped), f"{self.gaps_told} of {self.gaps}",
            f"{self.strays_right} of {self.stray}",
        )  # fmt: skip
        return f"| {' | '.join(str(c) for c in cells)} |"

    def identifier(self, name: str, key: str, gold: str, found: Json | None, letter: Json) -> None:
        """Count one printed identifier and what was found for it."""
        self.identifiers += 1
        noted = any(note["field"] == key for note in letter.get("needs_review", ()))
        if found and alnum(found["value"]) == alnum(gold):
            self.exact += 1
            return
        flagged = noted or bool(found and not found["sure"])
        if found:
            self.wrong += 1
            self.wrong_flagged += flagged
        else:
            self.missing += 1
            self.missing_flagged += flagged
        value = found["value"] if found else None
        self.mistakes.append(f"{name}\t{key}\tprinted {gold}\tread {value}\tflagged {flagged}")

    def unassigned(self, name: str, gold: list[Json], found: list[Json]) -> None:
        """Count the pages that belong to no letter."""
        said = {p["number"]: p["why"] for p in found}
        for page in gold:
            self.stray += 1
            right = said.get(page["number"]) == page["why"]
            self.strays_right += right
            if not right:
                self.mistakes.append(
                    f"{name}\tpage {page['number']}\tis {page['why']}\tsaid {said.get(page['number'])}"
                )


def tallied(tally: Tally, name: str, text: Text, *, truth: str, gold: Json, letters: list[Json]) -> None:
    """Count one document."""
    tally.documents += 1
    tally.pages += len(text.pages)
    for page, drawn in zip(text.pages, truth.split("\f"), strict=True):
        tally.characters += length(drawn)
        tally.wrong_characters += errors(drawn, text.content[page.start : page.end])
    pairs, extra = pair(gold["letters"], letters)
    tally.extra += extra
    for wanted, letter in pairs:
        _letter(tally, name, wanted, letter)
    for gap in gold.get("gaps", ()):
        tally.gaps += 1
        letter = pairs[gap["letter"]][1]
        tally.gaps_told += any(n["field"] == "pages" for n in letter.get("needs_review", ()))


def _letter(tally: Tally, name: str, wanted: Json, letter: Json) -> None:
    tally.letters += 1
    exact = sorted(wanted["pages"]) == sorted(letter.get("pages", ()))
    tally.bounded += exact
    if not exact:
        tally.mistakes.append(f"{name}\tpages\tare {wanted['pages']}\tsaid {letter.get('pages')}")
    right = letter.get("kind") == wanted["kind"]
    tally.kinds += right
    tally.by_kind[wanted["kind"], right] += 1
    if not right:
        tally.mistakes.append(f"{name}\tkind\tis {wanted['kind']}\tsaid {letter.get('kind')} {letter.get('subtype')}"
                              f"\tpage {wanted['pages'][0]}")  # fmt: skip
    if wanted.get("subtype"):
        tally.subtyped += 1
        tally.subtypes += letter.get("subtype") == wanted["subtype"]
        if letter.get("subtype") != wanted["subtype"]:
            tally.mistakes.append(f"{name}\tsubtype\tis {wanted['subtype']}\tsaid {letter.get('subtype')}"
                                  f"\tpage {wanted['pages'][0]}")  # fmt: skip
    for key in IDENTIFIERS:
        if wanted.get(key):
            tally.identifier(name, key, wanted[key], letter.get(key), letter)
    for given in wanted.get("authorizations", ()):
        found = letter.get("authorizations", ())
        same = next((f for f in found if alnum(f["number"]) == alnum(given["number"])), found[0] if found else None)
        tally.identifier(name, "authorizations", given["number"], same, letter)


def _share(part: int, whole: int, *, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f} %" if whole else "-"
