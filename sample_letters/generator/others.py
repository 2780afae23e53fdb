"""Documents that are no denial: approvals, requests, acknowledgements, and what else lands in the same tray."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from pipeline.values.letter import Addressee, Anchor, Channel, ClockKind, Party, Purpose, ServiceTiming, TimeUnit
from sample_letters.generator import sundry
from sample_letters.generator.answer import Answer, Ask, Auth, Case, Limit, Reach
from sample_letters.generator.bank import words
from sample_letters.generator.blocks import Block, Bullets, Draft, Para
from sample_letters.generator.compose import reference
from sample_letters.generator.counting import due, say_date, say_number
from sample_letters.generator.draw import draw_case
from sample_letters.generator.gold import unscored
from sample_letters.generator.people import Phones
from sample_letters.generator.spec import Spec

# What a reader can hold such a document to; the rest of the gold keys is left out and so not scored.
_PAYER_LETTER = {
    "pages",
    "kind",
    "addressee",
    "payer",
    "letter_date",
    "member_name",
    "member_id",
    "provider_name",
    "reference_number",
    "denial_reasons",
    "requested_evidence",
    "clocks",
    "contacts",
    "authorizations",
    "carc",
    "rarc",
    "subtype",
}
_OUTGOING = {"pages", "kind", "payer", "letter_date", "member_name", "member_id", "subtype", "denial_reasons"}
Written = tuple[Answer, Draft]


def write(spec: Spec, rng: Random) -> Written:
    """The answer key and the draft of a document that is no denial."""
    case = replace(draw_case(spec, rng), group=None)
    return _WRITERS[str(spec.other)](spec, case, rng)


def _answer(spec: Spec, case: Case, keep: set[str], subtype: str | None = None) -> Answer:
    return Answer(
        kind=spec.kind,
        case=case,
        addressee=Addressee.PROVIDER,
        timing=ServiceTiming.UNKNOWN,
        subtype=subtype,
        omit=unscored(frozenset(keep)),
    )


def _draft(answer: Answer, title: str, body: list[Block], sign: str, rng: Random) -> Draft:
    case = answer.case
    return Draft(
        sender=case.payer.delegate or case.payer.name,
        on_behalf=case.payer.name if case.payer.delegate else None,
        sender_address=case.payer.address,
        date=(rng.choice(["", "Date"]), say_date(rng, case.letter_date)),
        address=(case.provider, case.practice, *case.practice_address),
        title=title,
        reference=reference(answer, rng),
        salutation=f"Dear {case.provider}:",
        body=tuple(body),
        closing=("Sincerely,", sign, case.payer.name),
    )


def _provider_line(rng: Random) -> tuple[Reach, Para]:
    phones = Phones(rng)
    value = phones.draw()
    reach = Reach(purpose=Purpose.PROVIDER_SERVICES, channel=Channel.PHONE, value=value, text=phones.printed(value))
    return reach, Para(f"Questions? Call Provider Services at {reach.text}.")


def _approval(spec: Spec, case: Case, rng: Random) -> Written:
    reach, line = _provider_line(rng)
    auth = Auth(number=f"AU{case.npi[-5:]}{case.birth.day:02d}", units=case.units)
    answer = replace(_answer(spec, case, _PAYER_LETTER), auths=(auth,), reaches=(reach,))
    until = case.letter_date + timedelta(days=180)
    body: list[Block] = [
        Para(f"We are pleased to tell you that {case.service} has been approved.", bold=True),
        Para(
            f"Authorization number: {auth.number}. Approved units: {case.units}. Valid from "
            f"{say_date(rng, case.letter_date)} to {say_date(rng, until)}."
        ),
        Para(
            "This approval is not a guarantee of payment. A claim may be denied if coverage has ended, if "
            "the units billed exceed the "
            "units approved, or if the service was not medically necessary as billed."
        ),
        line,
    ]
    return answer, _draft(answer, "Notice of Approval", body, "Utilization Management", rng)


def _acknowledgement(spec: Spec, case: Case, rng: Random) -> Written:
    reach, line = _provider_line(rng)
    days = rng.choice([30, 60])
    n = say_number(rng, days)
    text = f"We will send you our decision within {n} calendar days of the date we received the appeal."
    limit = Limit(
        kind=ClockKind.PAYER_DECISION,
        party=Party.PAYER,
        amount=days,
        unit=TimeUnit.DAY,
        anchor=Anchor.RECEIPT,
        due=None,
        text=text,
    )
    answer = replace(_answer(spec, case, _PAYER_LETTER), limits=(limit,), reaches=(reach,))
    received = case.letter_date - timedelta(days=4)
    body: list[Block] = [
        Para(
            f"We received your appeal about {case.service} on {say_date(rng, received)}. This letter "
            f"confirms that we have it."
        ),
        Para(text),
        Para("You do not need to do anything now. If you have more records that support the appeal you may add them."),
        line,
    ]
    return answer, _draft(answer, "We received your appeal", body, "Appeals Intake", rng)


def _information_request(spec: Spec, case: Case, rng: Random) -> Written:
    phones, bank = Phones(rng), words("limits")["records_due"]["letter_date"]
    fax = phones.draw()
    reach = Reach(purpose=Purpose.RECORDS, channel=Channel.FAX, value=fax, text=phones.printed(fax))
    days = rng.choice([14, 30, 45])
    limit = Limit(
        kind=ClockKind.RECORDS_DUE,
        party=Party.PROVIDER,
        amount=days,
        unit=TimeUnit.DAY,
        anchor=Anchor.LETTER_DATE,
        due=due(case.letter_date, days, TimeUnit.DAY),
        text=rng.choice(bank).format(n=say_number(rng, days), unit="calendar days"),
    )
    types = rng.sample(["ev.visit_note", "ev.procedure_note", "ev.failed_trial", "ev.scores", "ev.order"], 3)
    asks = tuple(Ask(evidence_type=t, text=rng.choice(words("asks")[t])) for t in types)
    answer = replace(
        _answer(spec, case, _PAYER_LETTER, "additional_documentation_request"),
        limits=(limit,),
        reaches=(reach,),
        asks=asks,
    )
    body: list[Block] = [
        Para(
            f"We are reviewing the request for {case.service}. No decision has been made yet. To complete "
            f"our review we need:"
        ),
        Bullets(tuple(a.text for a in asks)),
        Para(f"{limit.text} Fax the records to {reach.text} and put the reference number on every page."),
        Para("If we do not hear from you, the request may be denied for lack of information."),
    ]
    return answer, _draft(answer, "Request for Additional Information", body, "Clinical Review", rng)


def _overturned(spec: Spec, case: Case, rng: Random) -> Written:
    reach, line = _provider_line(rng)
    answer = replace(_answer(spec, case, _PAYER_LETTER), reaches=(reach,))
    body: list[Block] = [
        Para(
            f"We have finished our review of your appeal. We have overturned our earlier denial, and "
            f"{case.service} is now approved."
        ),
        Para(
            "The first decision said that the service was not medically necessary. The records sent with "
            "the appeal show that the "
            "criteria are met. You do not need to appeal further."
        ),
        line,
    ]
    return answer, _draft(answer, "Appeal Decision: Overturned", body, "Appeals Committee", rng)


def _outgoing(spec: Spec, case: Case, rng: Random) -> Written:
    answer = _answer(spec, case, _OUTGOING, "own_outgoing")
    body: list[Block] = [
        Para(
            f"I am writing on behalf of my patient, {case.patient}, to appeal your denial of "
            f"{case.service}. Your letter states that the "
            "treatment is not medically necessary. I disagree."
        ),
        Para(
            "The patient has had more than 15 headache days a month for years. Topiramate and propranolol "
            "were tried for three months "
            "each and stopped because of side effects. Enclosed are the headache diary, office notes and "
            "the pharmacy fill history."
        ),
        Para(
            "I ask that you reverse the denial, and that a board-certified neurologist review this appeal "
            "within 30 days."
        ),
    ]
    rows = (("Patient", case.patient), ("Member ID", case.member_id), ("Re", f"Appeal of denial - {case.service}"))
    draft = Draft(
        sender=case.practice,
        sender_address=case.practice_address,
        date=("", say_date(rng, case.letter_date)),
        address=(f"{case.payer.name} Appeals", *case.payer.address),
        title=None,
        reference=rows,
        salutation="To the Appeals Department:",
        body=tuple(body),
        closing=("Sincerely,", case.provider, case.practice),
    )
    return answer, draft


_WRITERS: dict[str, Callable[[Spec, Case, Random], Written]] = {
    "approval": _approval,
    "acknowledgement": _acknowledgement,
    "information_request": _information_request,
    "overturned": _overturned,
    "outgoing": _outgoing,
    "fax_cover": sundry.fax_cover,
    "invoice": sundry.invoice,
    "id_card": sundry.id_card,
    "newsletter": sundry.newsletter,
    "credentialing": sundry.credentialing,
}
