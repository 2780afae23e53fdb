"""Cases drawn from a seed: letter and chart as reading leaves them, worked out by the recipe itself. All invented."""

import random
from dataclasses import replace
from datetime import date, timedelta

from pipeline.case import CaseLetter, cases_of, work_out
from pipeline.knowledge.letters import load_letters
from pipeline.knowledge.policies import load_policies
from pipeline.output.packet import drafted
from pipeline.values.chart import Chart, ChartDocument, Context, Fact, FactKind, OnFile, Outcome, Patient, PatientFolder
from pipeline.values.letter import Contact, Letter, NoticeDefect, Reason
from pipeline.values.packet import Draft, Matter
from pipeline.values.practice import Clinician, Practice
from pipeline.values.task import Action
from pipeline.values.vocabulary import Category, Channel, Purpose, ServiceTiming
from tests.plan.letters import KNOWLEDGE, a_letter, citation, clock, request

TODAY = date(2026, 11, 20)
LETTERS, POLICIES = load_letters(), load_policies()
PRACTICE = Practice(
    names=("Quayside Neurology",), tins=("990000001",), npis=("1999900019",), phones=("5550100101",),
    faxes=("5550100102",), locations=("12 Quay Walk, Osprey Point, ME 04999",),
    clinicians=(Clinician(name="Jorah Ashgrove, DO", npi="1999900019", specialty="Neurology"),),
)  # fmt: skip
_PEOPLE = ("Amos Coldwater", "Łucja Wiśniewska", "Nguyễn Thị Hạnh", "Ximena Núñez", "Petronella O’Vance")
_DRUGS = (
    ("topiramate", "anticonvulsant"), ("propranolol", "beta_blocker"), ("amitriptyline", "antidepressant"),
    ("verapamil", "calcium_channel_blocker"), ("erenumab", "cgrp_mab"),
)  # fmt: skip
_WHYS = ("paresthesia", "no reduction in headache days", "dizziness", "weight gain", None)
_CATEGORIES = (
    "medical_necessity", "criteria_not_met", "step_therapy", "insufficient_documentation", "experimental",
    "continuation_no_benefit", "no_prior_auth", "coding_modifier_ndc_units", "timely_filing", "quantity_limit",
)  # fmt: skip
_TRACKS = ("commercial", "medicare_advantage", "medicaid", "unknown")


def drawn(seed: int) -> Matter:
    """The matter of a drawn case: its first task that is written about."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    name = dice.choice(_PEOPLE)
    letter = _letter(dice, name)
    return matter_of(letter, OnFile(folder=_folder(name), chart=chart(dice, name)))


def matter_of(letter: Letter, on_file: OnFile | None, **more: object) -> Matter:
    """The matter of a letter's task, worked out anew from letter and chart."""
    first = cases_of(letter)[0]
    (task, *_) = work_out(
        [CaseLetter(letter=letter, received=TODAY, claim_index=first.claim_index)], case_id=first.home, today=TODAY,
        knowledge=KNOWLEDGE, practice=PRACTICE, on_file=lambda _: on_file,
    )  # fmt: skip
    return Matter(
        practice=PRACTICE, task=task, letter=letter, on_file=on_file, evidence=task.evidence_table, **more
    )  # fmt: skip


def draft_of(matter: Matter, kind: str | None = None) -> Draft:
    """The draft of a matter; where its action writes nothing, a first appeal."""
    assert matter.task is not None
    kind = kind or (None if LETTERS.for_action(matter.task.action) else "first_appeal")
    return drafted(matter, knowledge=KNOWLEDGE, letters=LETTERS, policies=POLICIES, kind=kind)


def words_of(draft: Draft) -> str:
    """All that a draft says, a sentence a line."""
    return "\n".join(s.text for block in draft.blocks for s in block.all_sentences())


def for_action(matter: Matter, action: Action, **more: object) -> Matter:
    """The same matter as if its task were for another action."""
    assert matter.task is not None
    return replace(matter, task=replace(matter.task, action=action, **more))


def _folder(name: str) -> PatientFolder:
    return PatientFolder(name="p1", patient=Patient(name=name, date_of_birth="1979-03-04", member_ids=("W12345678",)))


def _letter(dice: random.Random, name: str) -> Letter:
    after = dice.random() < 0.4
    served = ("2026-10-02",) if after else ()
    letter = a_letter(
        "a" * 64 + "-1", reasons=(), kind=dice.choice(["denial", "partial_denial", "appeal_upheld"]),
        service_timing=ServiceTiming.POST_SERVICE if after else ServiceTiming.PRE_SERVICE,
        payer=dice.choice(["Lanternhill Health Plan", "UnitedHealthcare", "Aetna"]), member_name=name,
        letter_date="2026-11-09", member_id=f"W{dice.randrange(10**8):08}", plan_type=dice.choice(_TRACKS),
        claim_number=f"CLM{dice.randrange(10**6):06}" if after else None,
        reference_number=f"REF{dice.randrange(10**6):06}", service_description="onabotulinumtoxinA injections",
        procedure_codes=("J0585", "64615"), diagnosis_codes=("G43.709",), dates_of_service=served,
        billed_amount=f"{dice.randrange(900, 4000)}.00" if after else None,
        policy_citations=(citation("payer_policy", dice.choice(["RX-207", "2026D0017", "CPB 0113"])),),
        clocks=(clock("internal_appeal", 180),), contacts=_contacts(dice),
        requested_evidence=(request("ev.headache_diary"),) if dice.random() < 0.5 else (),
    )  # fmt: skip
    reasons = tuple(_reason(c, dice) for c in dice.sample(_CATEGORIES, dice.randint(1, 3)))
    defects = (
        NoticeDefect(
            code="notice.court",
            rule="29 CFR 2560.503-1(g)(1)(iv)",
            message="The notice does not tell of the right to bring a civil action.",
        ),
    )
    return replace(letter, denial_reasons=reasons, notice_defects=defects if dice.random() < 0.3 else ())


def _reason(category: str, dice: random.Random) -> Reason:
    text = f"We find that {category.replace('_', ' ')} stands against it ({dice.randrange(10, 99)})."
    return Reason(
        value=category, category=Category(category), text=text, page=1, boxes=(), confidence=0.9, rule="drawn"
    )  # fmt: skip


def _contacts(dice: random.Random) -> tuple[Contact, ...]:
    if dice.random() < 0.3:
        return ()
    number = f"555010{dice.randrange(100, 199):04}"
    return (
        Contact(
            value=number, text=f"fax to {number}", page=1, boxes=(), confidence=0.95, rule="drawn", sure=True,
            purpose=Purpose.APPEAL, channel=Channel.FAX,
        ),
    )  # fmt: skip


def chart(dice: random.Random, name: str) -> Chart:
    """Two or three documents with facts, some of which prove nothing: denied, of a sister, of an unsigned note."""
    note, history, stray = "visit-note.pdf", "medication-history.txt", "message.txt"
    documents = (
        _document(note, "ev.visit_note", name, pages=dice.choice([1, 2, 30])),
        _document(history, "ev.med_history", name, pages=1),
        _document(stray, "ev.patient_message", name, pages=1, signed=False),
    )
    facts = [*_trials(dice, history), *_counts(dice, note), *_strays(dice, stray, note)]
    return Chart(documents=documents, facts=tuple(facts))


def _document(file_name: str, kind: str, name: str, *, pages: int, signed: bool = True) -> ChartDocument:
    return ChartDocument(
        file_name=file_name, evidence_type=kind, date="2026-10-18", pages=tuple(range(1, pages + 1)),
        author="J. Ashgrove", signed=signed, patient_matches=True, patient_name=name, date_of_birth="1979-03-04",
    )  # fmt: skip


def _trials(dice: random.Random, file_name: str) -> list[Fact]:
    found = []
    for place, (drug, drug_class) in enumerate(dice.sample(_DRUGS, dice.randint(0, 4))):
        begin = date(2024, 1, 1) + timedelta(days=dice.randrange(300))
        days = dice.randrange(20, 150)
        end = begin + timedelta(days=days)
        outcome = dice.choice([Outcome.FAILURE, Outcome.INTOLERANCE, Outcome.UNKNOWN])
        why = dice.choice(_WHYS)
        dose = f"{dice.randrange(1, 9) * 25} mg/day"
        text = f"- {drug} {dose} for migraine, {begin} to {end}, {outcome.value}: {why or 'not said'} [{place}]"
        found.append(
            Fact(
                kind=FactKind.DRUG_TRIAL, drug=drug, drug_class=drug_class, dose=dose, indication="migraine",
                start=str(begin), stop=str(end), duration_days=days, outcome=outcome, reason=why, recorded="2026-10-18",
                file_name=file_name, page=1, text=text, confidence=0.95,
            )
        )  # fmt: skip
    return found


def _counts(dice: random.Random, file_name: str) -> list[Fact]:
    days, hours = dice.randrange(8, 27), dice.randrange(2, 12)
    wanted = [
        _fact(FactKind.DIAGNOSIS, file_name, "Assessment: chronic migraine, G43.709.", name="chronic_migraine"),
        _fact(FactKind.HEADACHE_DAYS, file_name, f"About {days} headache days a month.", value=float(days), value_high=float(days), unit="day/month"),  # noqa: E501
        _fact(FactKind.HEADACHE_HOURS, file_name, f"They last {hours} hours untreated.", value=float(hours), value_high=float(hours), unit="hour/day", name="untreated"),  # noqa: E501
        _fact(FactKind.SCORE, file_name, f"HIT-6 {50 + dice.randrange(20)}.", name="HIT-6", value=61.0),
        _fact(FactKind.SPECIALTY, file_name, "Author of the note: neurologist.", name="neurology"),
        _fact(FactKind.SYMPTOM, file_name, "With nausea and photophobia.", name="nausea"),
    ]  # fmt: skip
    score = wanted[3]
    wanted[3] = replace(score, value=float(score.text.removeprefix("HIT-6 ").rstrip(".")))
    return dice.sample(wanted, dice.randint(1, len(wanted)))


def _strays(dice: random.Random, stray: str, note: str) -> list[Fact]:
    """What must never be stated as this patient's: each carries the word STRAY in its text."""
    found = [
        _fact(FactKind.DRUG_TRIAL, stray, "STRAY I tried nadolol for months.", drug="nadolol", drug_class="beta_blocker", outcome=Outcome.FAILURE),  # noqa: E501
        _fact(FactKind.DRUG_TRIAL, note, "STRAY Her sister failed timolol.", drug="timolol", drug_class="beta_blocker", outcome=Outcome.FAILURE, context=Context.FAMILY),  # noqa: E501
        _fact(FactKind.HEADACHE_DAYS, note, "STRAY Plan: if 28 headache days a month.", value=28.0, value_high=28.0, unit="day/month", context=Context.HYPOTHETICAL),  # noqa: E501
        _fact(FactKind.SCORE, note, "STRAY MIDAS 210.", name="MIDAS", value=210.0, context=Context.ANOTHER_PERSON),
    ]  # fmt: skip
    return dice.sample(found, dice.randint(0, len(found)))


def _fact(kind: FactKind, file_name: str, text: str, **more: object) -> Fact:
    return Fact(kind=kind, file_name=file_name, page=1, text=text, confidence=0.95, recorded="2026-10-18", **more)
