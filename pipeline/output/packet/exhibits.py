"""Which documents go along, under which letters, and how a sentence points at a page of one."""

from collections.abc import Iterable, Sequence

from pipeline.knowledge.letters import LetterKnowledge, PacketRules
from pipeline.output.packet.parts import Parts, day
from pipeline.values.chart import ChartDocument
from pipeline.values.letter import Letter
from pipeline.values.packet import Exhibit, Matter, Part, Role, Source, SourceKind
from pipeline.values.task import Direction
from pipeline.values.vocabulary import LetterKind

_MARKED = ("denial_reasons", "policy_citations", "requested_evidence", "claims")
"""What is marked in a payer's letter: what is answered, not every number that was taken from it."""
_OF_CHART = frozenset({SourceKind.FACT, SourceKind.DOCUMENT})
_REFUSALS = frozenset(
    {
        LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL,
        LetterKind.REMITTANCE, LetterKind.OVERPAYMENT_DEMAND, LetterKind.INFORMATION_REQUEST,
    }
)  # fmt: skip


class Places:
    """Where proof stands in the packet: the exhibits by the document that each is."""

    def __init__(self, exhibits: Sequence[Exhibit] = ()) -> None:
        self._of_file = {e.file_name: e for e in exhibits if e.file_name is not None}
        self._of_letter = {e.document_id: e for e in exhibits if e.document_id is not None}

    def of_source(self, source: Source) -> Parts:
        """``Exhibit B, page 2`` for a document of the chart; nothing where it does not go along."""
        exhibit = self._of_file.get(source.file_name or "")
        return () if exhibit is None else _pointer(exhibit, source.page, source)

    def of_letter(self, letter: Letter, page: int, source: Source) -> Parts:
        """The same for a page of a payer's letter."""
        exhibit = self._of_letter.get(document_of(letter))
        return () if exhibit is None else _pointer(exhibit, page, source)


def document_of(letter: Letter) -> str:
    """The id of the document that a letter stands in."""
    return letter.letter_id.partition("-")[0]


def _pointer(exhibit: Exhibit, page: int | None, source: Source) -> Parts:
    place = exhibit.place_of(page) if page is not None else None
    text = f"Exhibit {exhibit.letter}" + (f", page {place}" if place is not None else "")
    return (Part(text=text, role=Role.EXHIBIT, sources=(source,)),)


def exhibits_of(matter: Matter, used: Iterable[Source], *, known: LetterKnowledge) -> tuple[Exhibit, ...]:
    """The payer's letters first, then every document of the chart that the draft rests on, and no other.

    ``used`` are the sources of the draft. Documents are ordered by what they are, then by day.
    """
    sources = tuple(dict.fromkeys(used))
    plans = [*_letters(matter, sources), *_documents(matter, sources, known.rules)]
    return tuple(_lettered(plan, place) for place, plan in enumerate(plans))


def exhibit_letter(place: int) -> str:
    """A to Z, then AA, AB ...

    >>> exhibit_letter(0), exhibit_letter(25), exhibit_letter(26)
    ('A', 'Z', 'AA')
    """
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _lettered(plan: Exhibit, place: int) -> Exhibit:
    return Exhibit(
        letter=exhibit_letter(place), title=plan.title, pages=plan.pages, whole=plan.whole, marks=plan.marks,
        document_id=plan.document_id, file_name=plan.file_name,
    )  # fmt: skip


def _letters(matter: Matter, sources: Sequence[Source]) -> list[Exhibit]:
    """The letter that is answered and the refusals before it, the newest first; pages that show others are left out."""
    if matter.letter is None:
        return []
    found = []
    for letter in (matter.letter, *refusals_before(matter)):
        left_out = matter.of_others if letter is matter.letter else matter.shared.get(letter.letter_id, ())
        pages = tuple(page for page in letter.pages if page not in left_out)
        own = tuple(f"{letter.letter_id}#{key}" for key in _MARKED)
        marks = tuple(s for s in sources if s.kind is SourceKind.FINDING and s.ref.startswith(own))
        if pages:
            found.append(
                Exhibit(
                    letter="",
                    title=_letter_title(letter),
                    pages=pages,
                    whole=len(pages) == len(letter.pages),
                    document_id=document_of(letter),
                    marks=tuple(s for s in marks if s.page in pages),
                )
            )
    return found


def refusals_before(matter: Matter) -> list[Letter]:
    """The payer's other letters of the case that refuse something, the newest first."""
    before = [one for one in matter.earlier if one.kind in _REFUSALS and not _is_ours(one, matter)]
    return sorted(before, key=lambda one: one.letter_date.value or "" if one.letter_date else "", reverse=True)


def _is_ours(letter: Letter, matter: Matter) -> bool:
    mail = matter.task.letters if matter.task is not None else ()
    return any(one.letter_id == letter.letter_id and one.direction is Direction.SENT for one in mail)


def _letter_title(letter: Letter) -> str:
    what = f"Payer's letter ({letter.kind.value.replace('_', ' ')})"
    return f"{what} of {day(letter.letter_date.value)}" if letter.letter_date and letter.letter_date.value else what


def _documents(matter: Matter, sources: Sequence[Source], rules: PacketRules) -> list[Exhibit]:
    if matter.on_file is None:
        return []
    proofs: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind in _OF_CHART and source.file_name is not None:
            proofs.setdefault(source.file_name, []).append(source)
    order = {kind: place for place, kind in enumerate(rules.titles)}
    used = [d for d in matter.on_file.chart.documents if d.file_name in proofs]
    used.sort(key=lambda d: (order.get(d.evidence_type or "", len(order)), d.date or "9999", d.file_name))
    return [_document(document, proofs[document.file_name], rules) for document in used]


def _document(document: ChartDocument, proofs: Sequence[Source], rules: PacketRules) -> Exhibit:
    """Short documents whole; of a long one the first page (whose it is), the last (who signed) and those with proof."""
    pages = document.pages or (1,)
    if len(pages) > rules.whole_pages:
        proven = {proof.page for proof in proofs if proof.kind is SourceKind.FACT}
        pages = tuple(page for page in pages if page in proven or page in (document.pages[0], document.pages[-1]))
    return Exhibit(
        letter="", title=document_title(document, rules), pages=pages, whole=len(pages) == len(document.pages or (1,)),
        file_name=document.file_name, marks=tuple(p for p in proofs if p.kind is SourceKind.FACT and p.page in pages),
    )  # fmt: skip


def document_title(document: ChartDocument, rules: PacketRules) -> str:
    """What a document is and of which day, as ``Visit note of October 18, 2026``."""
    what = rules.titles.get(document.evidence_type or "", rules.other_title)
    return f"{what} of {day(document.date)}" if document.date else what
