"""The single values that a template may name: who we are, who the patient is, which decision, which claim.

A value that nothing says is not there; nothing is filled in for it. A letter of several claims is written about one:
its own numbers then come from that claim's rows.
"""

from collections.abc import Callable, Mapping
from functools import partial

from pipeline.output.packet.parts import Parts, day, joined, money, of_finding, telephone, value, words
from pipeline.plan.threads import narrowed
from pipeline.values.chart import same_person
from pipeline.values.letter import ClaimEntry, Finding, Letter
from pipeline.values.packet import Matter, Source, SourceKind
from pipeline.values.practice import Clinician
from pipeline.values.task import Task
from pipeline.values.vocabulary import Channel, CitationRole

Write = Callable[[str], str]
_LEAST_CONFIDENCE = 0.75
"""What was read with less is not repeated to a payer."""


def _same(text: str) -> str:
    return text


_FINDINGS: Mapping[str, tuple[str, Write]] = {
    "delegate": ("delegate", _same),
    "letter_date": ("letter_date", day),
    "decision_date": ("decision_date", day),
    "group_number": ("group_number", _same),
    "reference_number": ("reference_number", _same),
    "patient_account": ("patient_account_number", _same),
    "service": ("service_description", _same),
    "billed": ("billed_amount", money),
    "denied": ("denied_amount", money),
    "provider": ("provider_name", _same),
    "provider_npi": ("provider_npi", _same),
    "provider_tin": ("tin", _same),
}
"""Name in a template -> key of the letter, and how it is written."""

_LISTS: Mapping[str, tuple[str, Write]] = {
    "service_dates": ("dates_of_service", day),
    "procedures": ("procedure_codes", _same),
    "diagnoses": ("diagnosis_codes", _same),
    "modifiers": ("modifiers", _same),
    "carc": ("carc", _same),
    "rarc": ("rarc", _same),
}

_OF_ONE_CLAIM = frozenset({"claim_number", "patient_account", "member_name", "member_id"})


_OF_ONE_PERSON = frozenset({"date_of_birth", "group_number", "diagnoses", "service"})
"""What a letter of several patients does not say of which one it is."""


def several_people(letter: Letter) -> bool:
    """Whether a letter's claims are of more than one patient."""
    return len({claim.member_id or claim.member_name for claim in letter.claims}) > 1


def claim_of(matter: Matter) -> tuple[int, ClaimEntry] | None:
    """The claim of a letter of several that the task is about, and its place; None where the letter is of one."""
    letter, task = matter.letter, matter.task
    if letter is None or task is None or len(letter.claims) < 2:
        return None
    for place, claim in enumerate(letter.claims):
        if task.claim_number is not None and claim.claim_number == task.claim_number:
            return place, claim
    return None


def fields_of(matter: Matter) -> dict[str, Parts]:
    """Every single value that is known, by its name in a template."""
    found: dict[str, Parts] = {}
    claim = claim_of(matter)
    if matter.letter is not None:  # of several claims, days, codes and amounts of the others are left out as well
        found |= _of_letter(narrowed(matter.letter, claim_index=claim[0]) if claim is not None else matter.letter)
    if claim is not None and matter.letter is not None:
        foreign = _OF_ONE_CLAIM | (_OF_ONE_PERSON if several_people(matter.letter) else frozenset())
        found = {name: parts for name, parts in found.items() if name not in foreign}
        found |= _of_claim(matter.letter, *claim)
    found |= {name: parts for name, parts in _of_folder(matter).items() if name not in found}
    if matter.payer is not None:
        found.setdefault("payer", value(matter.payer, _given("payer", matter.payer)))
    if matter.indication is not None:
        found["illness"] = value(matter.indication.replace("_", " "), _given("indication", matter.indication))
    if matter.task is not None:
        found |= _of_task(matter.task)
    found |= _of_practice(matter)
    found |= _of_contact(matter)
    return found


NAMES = frozenset(
    {
        *_FINDINGS, *_LISTS, *_OF_ONE_CLAIM, "payer", "date_of_birth", "policy", "level", "track", "practice",
        "practice_address", "practice_phone", "practice_fax", "practice_tin", "practice_npi", "clinician",
        "clinician_npi", "specialty", "send_channel", "send_to", "letter_page", "illness",
    }
)  # fmt: skip
"""Every name that ``fields_of`` may give."""


def _of_letter(letter: Letter) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    wanted = {**_FINDINGS, **{name: (name, _same) for name in ("payer", "member_name", "member_id", "claim_number")}}
    for name, (key, write) in {**wanted, "date_of_birth": ("date_of_birth", day)}.items():
        finding = getattr(letter, key)
        if isinstance(finding, Finding) and finding.value and (finding.sure or finding.confidence >= _LEAST_CONFIDENCE):
            found[name] = value(write(finding.value), of_finding(letter.letter_id, key, finding))
    for name, (key, write) in _LISTS.items():
        each = {f.value: f for f in getattr(letter, key) if f.value}
        if each:
            found[name] = joined(
                [value(write(v), of_finding(letter.letter_id, key, f)) for v, f in each.items()]
            )  # fmt: skip
    basis = [c for c in letter.policy_citations if c.role is CitationRole.BASIS and c.value]
    if basis:
        cited = {c.value or "": c for c in basis}
        found["policy"] = joined(
            [value(v, of_finding(letter.letter_id, "policy_citations", c)) for v, c in cited.items()]
        )
    return found


def _of_claim(letter: Letter, place: int, claim: ClaimEntry) -> dict[str, Parts]:
    """The numbers of one claim of several; their words are the value itself, for a table has no other."""
    page = claim.lines[0].page if claim.lines else letter.pages[0]
    pairs = {
        "claim_number": claim.claim_number,
        "patient_account": claim.patient_account_number,
        "member_name": claim.member_name,
        "member_id": claim.member_id,
    }
    return {
        name: value(
            said,
            Source(
                kind=SourceKind.FINDING, ref=f"{letter.letter_id}#claims[{place}]", text=said, value=said, page=page
            ),
        )
        for name, said in pairs.items()
        if said
    }


def _of_folder(matter: Matter) -> dict[str, Parts]:
    """Whose the patient's folder is: fills in for a letter that does not say it, or for want of a letter."""
    if matter.on_file is None:
        return {}
    folder = matter.on_file.folder
    source = partial(Source, kind=SourceKind.DOCUMENT, ref="patient folder", file_name=folder.name)
    found: dict[str, Parts] = {}
    if folder.patient.name:
        found["member_name"] = value(folder.patient.name, source(text=folder.patient.name))
    if folder.patient.date_of_birth:
        born = folder.patient.date_of_birth
        found["date_of_birth"] = value(day(born), source(text=born, value=born))
    if len(folder.patient.member_ids) == 1:
        found["member_id"] = value(folder.patient.member_ids[0], source(text=folder.patient.member_ids[0]))
    return found


def _of_task(task: Task) -> dict[str, Parts]:
    """Number and law of the level, for the sheet; what the task took from its letter stands there already."""
    level = Source(kind=SourceKind.TASK, ref="level", text=str(task.level))
    track = Source(kind=SourceKind.TASK, ref="track", text=task.track)
    return {"level": value(str(task.level), level), "track": value(task.track.replace("_", " "), track)}


def _of_practice(matter: Matter) -> dict[str, Parts]:
    practice = matter.practice
    firsts = {
        "practice": (practice.names, _same), "practice_address": (practice.locations, _same),
        "practice_phone": (practice.phones, telephone), "practice_fax": (practice.faxes, telephone),
        "practice_tin": (practice.tins, _same), "practice_npi": (practice.npis, _same),
    }  # fmt: skip
    found = {
        name: value(write(values[0]), _ours(name.removeprefix("practice_"), values[0]))
        for name, (values, write) in firsts.items()
        if values
    }
    signs = clinician_of(matter)
    if signs is not None:
        found["clinician"] = value(signs.name, _ours("clinicians", signs.name))
        if signs.npi:
            found["clinician_npi"] = value(signs.npi, _ours("clinicians", signs.npi))
        if signs.specialty:
            found["specialty"] = value(signs.specialty, _ours("clinicians", signs.specialty))
    return found


def clinician_of(matter: Matter) -> Clinician | None:
    """Who signs: the clinician that the letter names; the only one that we have where it names none; else nobody."""
    known = matter.practice.clinicians
    letter = matter.letter
    if letter is not None:
        npi = letter.provider_npi.value if letter.provider_npi is not None else None
        name = letter.provider_name.value if letter.provider_name is not None else None
        by_npi = [c for c in known if npi and c.npi == npi]
        by_name = [c for c in known if name and not (npi and c.npi) and same_person(c.name, name)]
        if npi or name:
            return (by_npi or by_name)[0] if len(by_npi or by_name) == 1 else None
    return known[0] if len(known) == 1 else None


def _of_contact(matter: Matter) -> dict[str, Parts]:
    """Where it goes, in the words of the letter."""
    contact, letter = matter.send_to, matter.letter
    if contact is None or letter is None or not contact.value:
        return {}
    source = of_finding(letter.letter_id, "contacts", contact)
    shown = telephone(contact.value) if contact.channel in (Channel.FAX, Channel.PHONE) else contact.value
    return {
        "send_to": value(shown, source),
        "send_channel": words(contact.channel.value),
        "letter_page": value(str(page_in(letter, contact.page)), source),
    }


def page_in(letter: Letter, page: int) -> int:
    """A page of a document as a page of the letter in it, from 1."""
    return letter.pages.index(page) + 1 if page in letter.pages else page


def _ours(key: str, text: str) -> Source:
    return Source(kind=SourceKind.PRACTICE, ref=key, text=text, value=text)


def _given(field: str, text: str) -> Source:
    return Source(kind=SourceKind.TASK, ref=field, text=text, value=text)
