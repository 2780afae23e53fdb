"""Mail of every kind beside first denials, said in several surface forms (``words/mail.yaml``)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from pipeline.values.letter import Addressee, LetterKind, ServiceTiming
from sample_letters.generator.answer import Answer, Auth, Case
from sample_letters.generator.bank import payers, words
from sample_letters.generator.blocks import Block, Bullets, Draft, Para
from sample_letters.generator.compose import reference
from sample_letters.generator.counting import money, say_date
from sample_letters.generator.draw import draw_case
from sample_letters.generator.gold import unscored
from sample_letters.generator.people import Phones
from sample_letters.generator.spec import BOTOX, Spec

IDENTIFIERS = frozenset(
    {"member_id", "group_number", "claim_number", "reference_number", "patient_account_number", "provider_npi"}
)
_SCORED = frozenset({"pages", "kind", "subtype", "letter_date", "member_name", "payer", "authorizations"}) | IDENTIFIERS
_BARE = frozenset({"pages", "kind", "subtype"})
_STYLES = (
    "classic",
    "serif",
    "band",
    "prose",
    "pharmacy",
    "agency",
    "plan_sponsor",
    "reviewer",
    "typewriter",
    "sidebar",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One written piece of mail."""

    answer: Answer
    draft: Draft
    style: str


def names() -> tuple[str, ...]:
    """Every kind of mail that can be written."""
    return tuple(words("mail"))


ELSEWHERE = ("Gullwing Cardiology Partners", "Ninebark Orthopedic Institute", "Saltmarsh Family Medicine")
"""Practices that are never ours."""


def write(name: str, rng: Random, *, elsewhere: bool = False, like: Case | None = None) -> Mail:
    """One piece of mail of the kind ``name``, drawn and worded.

    ``elsewhere`` writes it to a practice that is not ours; ``like`` to the people and payer of another letter.
    """
    form = words("mail")[name]
    style = rng.choice(_STYLES)
    case = draw_case(_spec(form, style, rng), rng)
    case = replace(case, practice=rng.choice(ELSEWHERE)) if elsewhere else case
    if like:
        day = like.letter_date + timedelta(days=rng.choice([0, 3, 11, 26]))
        case = replace(like, letter_date=day, reference=case.reference, claim=case.claim, account=None, lines=())
    answer = Answer(
        kind=LetterKind(form["kind"]),
        case=case,
        addressee=Addressee.PROVIDER,
        timing=ServiceTiming.UNKNOWN,
        subtype="misdirected" if elsewhere else form.get("subtype"),
        printed_codes=rng.random() < 0.5,
        omit=unscored(_BARE if form.get("bare") or form.get("outgoing") else _SCORED),
    )
    body = _body(form, case, rng)
    said = " ".join(" ".join(b.items) if isinstance(b, Bullets) else b.text for b in body)
    if not form.get("bare"):
        answer = replace(answer, auths=(Auth(number=_auth(case)),) if _auth(case) in said else ())
    draft = _outgoing(form, case, body, rng) if form.get("outgoing") else _draft(form, answer, body, rng)
    return Mail(answer=answer, draft=draft, style=style)


def _spec(form: dict[str, Any], style: str, rng: Random) -> Spec:
    return Spec(
        name="mail",
        kind=LetterKind(form["kind"]),
        payer=rng.choice(sorted(payers())),
        indication=rng.choice(BOTOX),
        style=style,
        medium="pdf",
        when=form["when"],
    )


def _auth(case: Case) -> str:
    return f"AU{case.npi[-5:]}{case.birth.day:02d}"


def _body(form: dict[str, Any], case: Case, rng: Random) -> tuple[Para | Bullets, ...]:
    fax = Phones(rng)
    says = {
        "service": case.service,
        "patient": case.patient,
        "payer": case.payer.name,
        "provider": case.provider,
        "practice": case.practice,
        "npi": case.npi,
        "hcpcs": case.hcpcs,
        "units": case.units,
        "auth": _auth(case),
        "from": say_date(rng, case.letter_date + timedelta(days=rng.randrange(1, 20))),
        "to": say_date(rng, case.letter_date + timedelta(days=rng.randrange(150, 360))),
        "received": say_date(rng, case.letter_date - timedelta(days=rng.randrange(2, 9))),
        "days": rng.choice([14, 30, 45, 60]),
        "amount": money(rng.randrange(4000, 400000)),
        "fax": fax.printed(fax.draw()),
    }
    then = tuple(t.format(**says) for t in rng.sample(form["then"], rng.choice([1, 2, 2])))
    middle: tuple[Para | Bullets, ...] = (Bullets(then),) if rng.random() < 0.2 else tuple(Para(t) for t in then)
    return (Para(rng.choice(form["first"]).format(**says)), *middle, Para(rng.choice(form["last"]).format(**says)))


def _draft(form: dict[str, Any], answer: Answer, body: tuple[Block, ...], rng: Random) -> Draft:
    case = answer.case
    sender = rng.choice(form["own_sender"]) if "own_sender" in form else case.payer.name
    rows = reference(answer, rng)
    if form.get("bare"):
        rows = (("NPI", case.npi),) if form.get("subtype") == "credentialing" else ()
    return Draft(
        sender=f"{sender} {form['sender']}" if form.get("sender") and "own_sender" not in form else sender,
        sender_address=case.payer.address[-2:],
        date=(rng.choice(["", "Date", "Date of Notice", "Dated"]), say_date(rng, case.letter_date)),
        address=(case.provider, case.practice, *case.practice_address),
        title=rng.choice(form["titles"]),
        reference=rows,
        salutation=None if form.get("bare") and rng.random() < 0.5 else rng.choice(_GREETINGS).format(p=case.provider),
        body=body,
        closing=() if "own_sender" in form else (rng.choice(["Sincerely,", "Regards,", "Respectfully,"]), sender),
    )


_GREETINGS = ("Dear {p}:", "Dear Provider:", "Dear Dr. {p}:", "Dear Billing Manager:", "To whom it may concern:")


def _outgoing(form: dict[str, Any], case: Case, body: tuple[Block, ...], rng: Random) -> Draft:
    return Draft(
        sender=case.practice,
        sender_address=case.practice_address,
        date=("", say_date(rng, case.letter_date)),
        address=(
            case.payer.name,
            rng.choice(["Appeals Department", "Attn: Appeals", "Grievance and Appeals Unit"]),
            *case.payer.address[-2:],
        ),
        title=rng.choice(form["titles"]) if rng.random() < 0.6 else None,
        reference=(("Patient", case.patient), ("Member ID", case.member_id), ("Reference", case.reference or "none")),
        salutation=rng.choice(["Dear Appeals Reviewer:", "Dear Medical Director:", "To whom it may concern:"]),
        body=body,
        closing=("Sincerely,", case.provider, case.practice),
    )
