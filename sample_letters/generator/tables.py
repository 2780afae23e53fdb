"""Documents in table form: remittance advice for a provider, explanation of benefits for a member."""

from dataclasses import replace
from random import Random

from pipeline.values.letter import Addressee, Anchor, LetterKind, Purpose, ServiceTiming
from sample_letters.generator.answer import Answer, Case, Limit, Line, Reason
from sample_letters.generator.blocks import Block, Draft, Grid, Heading, Para
from sample_letters.generator.counting import money, say_date, short_date
from sample_letters.generator.draw import draw
from sample_letters.generator.people import number
from sample_letters.generator.spec import Spec

_DEDUCTIBLE = ("PR", "1")
_CONTRACT = ("CO", "45")
_COLUMNS = ("SERV DATE", "PROC/MOD", "UNITS", "BILLED", "PROV PD", "GRP/RC", "REM")


def write(spec: Spec, rng: Random) -> tuple[Answer, Draft]:
    """The answer key and the draft of a remittance or an explanation of benefits."""
    answer = draw(spec, rng)
    case = replace(
        answer.case, reference=None, lines=_paid(answer.case.lines) if not spec.categories else answer.case.lines
    )
    limits = tuple(_from_remittance(x) for x in answer.limits) if spec.style == "remittance" else answer.limits
    denied = sum(x.billed for x in case.lines) if spec.categories else None
    member = spec.style == "benefits"
    answer = replace(
        answer,
        case=case,
        kind=LetterKind.REMITTANCE,
        addressee=Addressee.MEMBER if member else Addressee.PROVIDER,
        timing=ServiceTiming.POST_SERVICE,
        denied=denied,
        limits=limits,
        asks=(),
        citations=(),
        omit=frozenset({"requested_evidence", "service_description"}),
    )
    if not spec.categories:
        answer = replace(
            answer, limits=(), reaches=(), omit=frozenset({*answer.omit, "denial_reasons", "denied_amount"})
        )
    if spec.other == "two_patients":
        return _two_patients(answer, spec, rng)
    return answer, _benefits(answer, rng) if member else _remittance(answer, rng)


def _from_remittance(limit: Limit) -> Limit:
    """A limit that runs from the day of the letter, said as running from the day of the remittance."""
    if limit.anchor is not Anchor.LETTER_DATE:
        return limit
    text = limit.text
    for words in ("the date of this letter", "the date of this notice", "the date on the first page of this notice"):
        text = text.replace(words, "the remittance date")
    return replace(limit, text=text, anchor=Anchor.REMITTANCE_DATE)


def _two_patients(answer: Answer, spec: Spec, rng: Random) -> tuple[Answer, Draft]:
    """One remittance for two patients of the same provider: what differs between them is null in the gold."""
    one = replace(answer.case, account=None, group=None, provider=answer.case.provider)
    two = replace(
        draw(spec, rng).case, letter_date=one.letter_date, provider=one.provider, npi=one.npi, practice=one.practice
    )
    two = replace(two, lines=tuple(replace(x, carc=one.lines[0].carc, rarc=one.lines[0].rarc) for x in two.lines))
    both = replace(one, lines=(*one.lines, *two.lines), days=tuple(sorted({*one.days, *two.days})))
    total = sum(x.billed for x in both.lines)
    answer = replace(
        answer,
        case=both,
        billed=total,
        denied=total,
        nulls=frozenset({"member_name", "member_id", "claim_number"}),
        omit=frozenset({*answer.omit, "diagnosis_codes", "group_number", "patient_account_number"}),
    )
    draft = _remittance(answer, rng)
    blocks: list[Block] = []
    for case in (one, two):
        blocks.append(Heading(f"Patient {case.patient}   Member ID {case.member_id}   ICN {case.claim}"))
        blocks.append(Grid(_COLUMNS, tuple(_row(x, rng) for x in case.lines)))
    blocks.append(Para(f"TOTAL BILLED {money(total)}   TOTAL PAID {money(0)}"))
    kept = tuple((k, v) for k, v in draft.reference if k in ("Rendering Provider", "NPI", "Check/EFT Number"))
    return answer, replace(draft, reference=kept, body=(*blocks, *draft.body[1:]))


def _paid(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines paid in part: a contractual write-off and the deductible, neither of them a denial."""
    return tuple(replace(x, paid=x.billed // 2, carc=(_CONTRACT, _DEDUCTIBLE), rarc=()) for x in lines)


def _row(line: Line, rng: Random) -> tuple[str, ...]:
    codes = " ".join(f"{g}{rng.choice(['-', ' '])}{c}" for g, c in line.carc)
    first = (short_date(line.day), " ".join([line.code, *line.modifiers]), str(line.units), money(line.billed))
    return (*first, money(line.paid), codes, " ".join(line.rarc))


def _remittance(answer: Answer, rng: Random) -> Draft:
    case = answer.case
    rows = [_row(x, rng) for x in case.lines]
    total = sum(x.billed for x in case.lines)
    rows.append(("TOTAL", "", "", money(total), money(sum(x.paid for x in case.lines)), "", ""))
    body: list[Block] = [
        Grid(_COLUMNS, tuple(rows)),
        *((Heading("Codes used on this remittance"),) if answer.reasons else ()),
        *(Para(f"{c} - {r.text}") for r in answer.reasons for c in (r.rarc or r.carc)[:1]),
        *_rights(answer),
    ]
    return Draft(
        sender=case.payer.name,
        sender_address=case.payer.address,
        date=("Remit Date", say_date(rng, case.letter_date)),
        address=(case.practice, *case.practice_address),
        title="REMITTANCE ADVICE",
        reference=_rows(case, rng),
        salutation=None,
        body=tuple(body),
    )


def _rows(case: Case, rng: Random) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Patient", case.patient),
        ("Member ID", case.member_id),
        ("ICN", case.claim),
        ("Group Number", case.group),
        ("Patient Account Number", case.account),
        ("Rendering Provider", case.provider),
        ("NPI", case.npi),
        ("Check/EFT Number", number(rng, "00#######")),
        ("Diagnosis", case.diagnosis),
    ]
    return tuple((k, v) for k, v in rows if v)


def _benefits(answer: Answer, rng: Random) -> Draft:
    case = answer.case
    notes: dict[str, Reason] = {chr(ord("A") + i): r for i, r in enumerate(answer.reasons)}
    rows = [
        (
            short_date(x.day),
            " ".join([x.code, *x.modifiers]),
            money(x.billed),
            money(x.paid),
            money(x.billed - x.paid),
            " ".join(notes) or "-",
            " ".join(f"{g}{c}" for g, c in x.carc),
            " ".join(x.rarc),
        )
        for x in case.lines
    ]
    total = money(sum(x.billed for x in case.lines))
    body: list[Block] = [
        Para("THIS IS NOT A BILL", bold=True),
        Grid(
            ("Date of Service", "Procedure", "Billed", "Plan paid", "Not paid", "Note", "Reason code", "Remark"),
            tuple(rows),
        ),
        Para(f"Total billed: {total}"),
        *((Heading("Notes"),) if notes else ()),
        *(Para(f"{mark}: {r.text}") for mark, r in notes.items()),
        *_rights(answer),
        Para(
            "If another plan covers you, or if a service was the result of an accident, tell us. Late "
            "claims and duplicate claims cannot be paid.",
            small=True,
        ),
    ]
    return Draft(
        sender=case.payer.name,
        sender_address=case.payer.address,
        date=("Statement Date", say_date(rng, case.letter_date)),
        address=(case.patient, *case.patient_address),
        title="Explanation of Benefits",
        reference=_rows(case, rng),
        salutation=None,
        body=tuple(body),
    )


def _rights(answer: Answer) -> list[Block]:
    """Limits and contacts at the foot, each contact labelled."""
    names = {
        Purpose.APPEAL: "Appeals",
        Purpose.PROVIDER_DISPUTE: "Provider disputes",
        Purpose.RECORDS: "Medical records",
        Purpose.PROVIDER_SERVICES: "Provider Services",
        Purpose.MEMBER_SERVICES: "Member Services",
        Purpose.EXPEDITED_APPEAL: "Fast appeals",
    }
    blocks: list[Block] = [Para(x.text) for x in answer.limits]
    return [*blocks, *(Para(f"{names[r.purpose]} {r.channel.value}: {r.text}") for r in answer.reaches)]
