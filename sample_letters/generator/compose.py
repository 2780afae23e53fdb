"""Writes a letter from its answer key: which words, in which order, under which labels."""

from collections.abc import Mapping, Sequence
from random import Random

from pipeline.values.letter import Addressee, CitationRole, ClockKind, LetterKind, Purpose
from sample_letters.generator.answer import Answer, Limit, Reach
from sample_letters.generator.bank import words
from sample_letters.generator.blocks import Block, Boxed, Break, Bullets, Checks, Draft, Grid, Heading, Para
from sample_letters.generator.counting import money, say_date, short_date
from sample_letters.generator.houses import houses
from sample_letters.generator.spec import Spec

_LABELS = {
    "member": ("Member", "Member Name", "Patient Name", "Patient", "Enrollee"),
    "member_id": ("Member ID", "ID Number", "Subscriber ID", "Member ID Number", "Health Plan ID"),
    "birth": ("Date of Birth", "DOB"),
    "group": ("Group Number", "Group #", "Group No."),
    "claim": ("Claim Number", "Claim #", "Claim ID", "Payer Claim Control Number"),
    "reference": ("Reference Number", "Case Number", "Request ID", "Service Request Number", "Reference #"),
    "account": ("Patient Account Number", "Patient Account #"),
    "provider": ("Provider", "Requesting Provider", "Treating Provider", "Rendering Provider", "Physician"),
    "npi": ("NPI", "Provider NPI"),
    "service": ("Service", "Requested Service", "Description of Service", "Service/Drug"),
    "codes": ("Procedure Codes", "CPT/HCPCS", "Codes"),
    "dx": ("Diagnosis", "ICD-10", "Diagnosis Code"),
    "dos": ("Date of Service", "DOS", "Service Date"),
    "billed": ("Billed Amount", "Total Charges", "Amount Billed"),
    "denied": ("Denied Amount", "Amount Denied", "Not Covered"),
}
_PURPOSE = {
    Purpose.APPEAL: "Appeals",
    Purpose.EXPEDITED_APPEAL: "Expedited (fast) appeals",
    Purpose.PROVIDER_DISPUTE: "Provider disputes",
    Purpose.PEER_TO_PEER: "Peer-to-peer line",
    Purpose.MEMBER_SERVICES: "Member Services",
    Purpose.PROVIDER_SERVICES: "Provider Services",
    Purpose.EXTERNAL_REVIEW: "External review requests",
    Purpose.RECORDS: "Medical records",
    Purpose.REGULATOR: "State Department of Insurance",
}
_SENTENCE = {
    (Purpose.APPEAL, "fax"): ("Fax your appeal to {v}.", "Appeals fax: {v}."),
    (Purpose.APPEAL, "mail"): ("Mail it to {v}.", "Appeals by mail: {v}."),
    (Purpose.EXPEDITED_APPEAL, "fax"): ("Fax expedited appeals to {v}.", "For a fast appeal use fax number {v}."),
    (Purpose.EXPEDITED_APPEAL, "phone"): ("To ask for an expedited appeal call {v}.", "Fast appeals: call {v}."),
    (Purpose.PEER_TO_PEER, "phone"): ("To arrange a peer-to-peer review call {v}.", "Peer-to-peer scheduling: {v}."),
    (Purpose.PROVIDER_DISPUTE, "fax"): ("Send provider disputes by fax to {v}.",),
    (Purpose.RECORDS, "fax"): ("Fax medical records to {v}.", "Records may be faxed to {v}."),
    (Purpose.EXTERNAL_REVIEW, "fax"): ("Fax a request for external review to {v}.",),
    (Purpose.REGULATOR, "phone"): ("You may also contact the state Department of Insurance at {v}.",),
    (Purpose.MEMBER_SERVICES, "phone"): (
        "Questions? Call Member Services at {v} (TTY 711).",
        "Member Services can help you at {v}.",
    ),
    (Purpose.PROVIDER_SERVICES, "phone"): (
        "Questions about this letter? Call Provider Services at {v}.",
        "Provider Services: {v}.",
    ),
}
_WITH = {
    ClockKind.INTERNAL_APPEAL: Purpose.APPEAL,
    ClockKind.SECOND_LEVEL: Purpose.APPEAL,
    ClockKind.PAYER_DECISION: Purpose.EXPEDITED_APPEAL,
    ClockKind.PEER_TO_PEER: Purpose.PEER_TO_PEER,
    ClockKind.PROVIDER_DISPUTE: Purpose.PROVIDER_DISPUTE,
    ClockKind.RECORDS_DUE: Purpose.RECORDS,
    ClockKind.EXTERNAL_REVIEW: Purpose.EXTERNAL_REVIEW,
}
_BY_LINE = {"medicare_advantage": "medicare", "part_d": "medicare", "medicaid": "medicaid"}
_BY_KIND = {
    LetterKind.APPEAL_UPHELD: "upheld",
    LetterKind.PARTIAL_DENIAL: "partial",
    LetterKind.DISMISSAL: "dismissal",
    LetterKind.OVERPAYMENT_DEMAND: "overpayment",
}
_RIGHTS_FIRST = 0.3
"""How often the rights stand before what is asked for."""
_TERSE = ("typewriter", "reviewer", "portal")


def compose(spec: Spec, answer: Answer, rng: Random) -> Draft:
    """The letter in words; the style of the spec decides the voice and the shape of its parts."""
    house = houses()[spec.house] if spec.house else None
    voice = words("voices")[_voice(spec, answer)]
    if house:
        voice = {**voice, "title": [house.title], "reason_heading": [house.why], "rights_heading": [house.rights]}
        voice["sign"] = [house.sign]
    to_member = answer.addressee is Addressee.MEMBER
    case = answer.case
    name = case.patient if to_member else case.provider
    address = (
        (case.patient, *case.patient_address) if to_member else (case.provider, case.practice, *case.practice_address)
    )
    sender = case.payer.delegate or case.payer.name
    title = (rng.choice(voice["title"]) or None) if spec.style != "prose" else None
    dates = ("", "Date", "Date of Notice", "Notice Date", "Letter Date")
    said: list[tuple[str, Block]] = [("determination", block) for block in _opening(spec, answer, voice, rng)]
    if house and not house.labels["npi"]:
        told = rng.choice(_telling_npi()).format(provider=case.provider, npi=case.npi)
        said.append(("determination", Para(told)))
    said += [("rationale", block) for block in _why(spec, answer, voice, rng)]
    wanted = [("request", block) for block in _wanted(answer, voice, rng)]
    rights = [("rights", block) for block in _rights(spec, answer, voice, rng)]
    received = answer.received if spec.medium not in ("fax", "fax_low") else None
    dated = (house.date if house else rng.choice(dates), say_date(rng, case.letter_date))
    rows = reference(answer, rng, labels={k: (v,) for k, v in house.labels.items()} if house else _LABELS)
    body = [*said, *rights, *wanted] if rng.random() < _RIGHTS_FIRST else [*said, *wanted, *rights]
    return Draft(
        sender=sender,
        on_behalf=case.payer.name if case.payer.delegate else None,
        sender_address=case.payer.address,
        date=dated,
        address=address,
        title=title,
        reference=rows,
        salutation=None if spec.style in ("portal", "form", "remittance") else f"Dear {name}:",
        body=tuple(block for _, block in body),
        parts=tuple(part for part, _ in body),
        stamp=f"RECEIVED {received:%m/%d/%Y}" if received else None,
        enclosures=tuple(_pages(spec, answer, rng)),
        closing=(rng.choice(["Sincerely,", "Respectfully,"]), rng.choice(voice["sign"]), sender),
    )


def _telling_npi() -> list[str]:
    """The sentences in which a house without a label for it names the provider's NPI."""
    found: list[str] = words("told")["npi"]
    return found


def _voice(spec: Spec, answer: Answer) -> str:
    if answer.kind in _BY_KIND:
        return _BY_KIND[answer.kind]
    if spec.when == "claim":
        return "claim"
    if answer.case.payer.line in _BY_LINE:
        return _BY_LINE[answer.case.payer.line]
    if spec.style in _TERSE:
        return "terse"
    return "plain" if answer.addressee is Addressee.MEMBER else "formal"


def reference(
    answer: Answer, rng: Random, *, labels: Mapping[str, Sequence[str]] = _LABELS
) -> tuple[tuple[str, str], ...]:
    """Label and value of everything a reference block holds, in an order and wording of its own."""
    case, rows = answer.case, []

    def add(key: str, value: str | None) -> None:
        label = rng.choice(labels[key]) if value else ""
        if value and label:
            rows.append((label, value))

    add("member", case.patient)
    add("member_id", case.member_id)
    if rng.random() < 0.6:
        add("birth", short_date(case.birth))
    add("group", case.group)
    add("reference", case.reference)
    add("claim", case.claim)
    add("account", case.account)
    if rng.random() < 0.3:
        rng.shuffle(rows)
    add("provider", f"{case.provider}, {case.practice}" if rng.random() < 0.4 else case.provider)
    add("npi", case.npi)
    add("dos", " - ".join(short_date(d) for d in case.days))
    add("service", case.service)
    if answer.printed_codes:
        add("codes", ", ".join(c for c in (case.hcpcs, case.cpt) if c))
        add("dx", case.diagnosis)
    add("billed", money(answer.billed) if answer.billed else None)
    add("denied", money(answer.denied) if answer.denied else None)
    if case.payer.plan_words and case.payer.plan_words != "self-funded":
        rows.append((rng.choice(["Plan", "Coverage", "Plan Type"]), case.payer.plan_words))
    return tuple(rows)


def _opening(spec: Spec, answer: Answer, voice: dict[str, list[str]], rng: Random) -> list[Block]:
    case = answer.case
    amount = money(answer.case.lines[0].billed) if answer.case.lines else ""
    approved = (
        f"We approved {case.allowed_units} units of {case.drug}." if case.hcpcs else "We approved a part of the visits."
    )
    text = rng.choice(voice["opening"]).format(
        service=case.service, patient=case.patient, amount=amount, approved=approved
    )
    blocks: list[Block] = (
        [Boxed((Para(text, bold=True),))] if spec.style in ("notice", "form", "band") else [Para(text)]
    )
    if case.payer.funding:
        administrator = f"{case.payer.delegate} administers its claims and does not insure them."
        blocks.append(Para(f"{case.payer.name} is a self-funded plan. {administrator}"))
    elif case.payer.delegate:
        blocks.append(Para(f"{case.payer.delegate} reviews requests on behalf of {case.payer.name}."))
    if case.lines:
        blocks += _lines(answer, rng)
    return blocks


def _lines(answer: Answer, rng: Random) -> list[Block]:
    """Service lines as a table; their adjustment codes in it, or in a sentence below it."""
    lines, between = answer.case.lines, rng.choice(["-", " ", ""])
    in_table = rng.random() < 0.6 and bool(lines[0].carc)
    header = ("Date", "Code", "Units", "Charge", "Paid", *(("Adj. code", "Remark") if in_table else ()))
    rows = []
    for line in lines:
        row = (
            short_date(line.day),
            " ".join([line.code, *line.modifiers]),
            str(line.units),
            money(line.billed),
            money(line.paid),
        )
        codes = (", ".join(f"{g}{between}{c}" for g, c in line.carc), " ".join(line.rarc))
        rows.append((*row, *(codes if in_table else ())))
    blocks: list[Block] = [Grid(header, tuple(rows))]
    if not in_table and lines[0].carc:
        blocks.append(Para(codes_in_words(lines[0].carc, lines[0].rarc, rng)))
    return blocks


def codes_in_words(carc: Sequence[tuple[str, str]], rarc: Sequence[str], rng: Random) -> str:
    """Adjustment and remark codes in one of the forms that letters use."""
    form = rng.choice(
        [
            "Claim adjustment reason code (CARC): {c}.",
            "Reason code {c}.",
            "CARC {c}.",
            "Adjustment: {g}-{c}.",
            "Denial code {g} {c}.",
        ]
    )
    said = [form.format(g=g, c=c) for g, c in carc]
    remark = rng.choice(["Remark code (RARC): {r}.", "RARC {r}.", "Remark {r}."])
    return " ".join([*said, *(remark.format(r=r) for r in rarc)])


def _why(spec: Spec, answer: Answer, voice: dict[str, list[str]], rng: Random) -> list[Block]:
    blocks: list[Block] = [Heading(rng.choice(voice["reason_heading"]))]
    texts = tuple(r.text for r in answer.reasons)
    if spec.style == "form":
        given = {r.category.value for r in answer.reasons}
        free = [t for c, t in words("boilerplate")["unticked"].items() if c not in given]
        others = [(False, t) for t in rng.sample(free, 3)]
        ticked = [(True, t) for t in texts]
        items = [*others[:1], *ticked, *others[1:]]
        blocks.append(Checks(tuple(items)))
        blocks.append(Para("Only the reasons that are marked with an X apply.", small=True))
    elif len(texts) > 1 and rng.random() < 0.6:
        blocks.append(Bullets(texts, numbered=rng.random() < 0.5))
    else:
        blocks.append(Para(" ".join(texts)))
    blocks += [
        Para(rng.choice(voice["cite"]).format(cite=c.printed)) for c in answer.citations if c.role is CitationRole.BASIS
    ]
    if rng.random() < 0.5:
        blocks.append(Para(rng.choice(words("boilerplate")["distract"])))
    return blocks


def _wanted(answer: Answer, voice: dict[str, list[str]], rng: Random) -> list[Block]:
    if not answer.asks:
        return []
    items = Bullets(tuple(a.text for a in answer.asks))
    return [Heading(rng.choice(voice["ask_heading"])), Para(rng.choice(voice["ask_intro"])), items]


def _rights(spec: Spec, answer: Answer, voice: dict[str, list[str]], rng: Random) -> list[Block]:
    blocks: list[Block] = [Heading(rng.choice(voice["rights_heading"]))]
    if spec.style in ("notice", "agency", "sidebar", "pharmacy"):
        blocks += [Para(limit.text) for limit in answer.limits]
        blocks.append(contact_grid(answer.reaches))
    else:
        blocks += _told(answer.limits, answer.reaches, rng)
    blocks += [Para(c.printed) for c in answer.citations if c.role is CitationRole.RIGHTS]
    return blocks


def _told(limits: Sequence[Limit], reaches: Sequence[Reach], rng: Random) -> list[Block]:
    """Each limit with the contacts that go with it; the rest at the end."""
    blocks: list[Block] = []
    left = list(reaches)
    for limit in limits:
        mine = [r for r in left if r.purpose is _WITH.get(limit.kind)]
        left = [r for r in left if r not in mine]
        blocks.append(Para(" ".join([limit.text, *(_sentence(r, rng) for r in mine)])))
    blocks += [Para(_sentence(r, rng)) for r in left]
    return blocks


def _sentence(reach: Reach, rng: Random) -> str:
    return rng.choice(_SENTENCE[reach.purpose, reach.channel.value]).format(v=reach.text)


def contact_grid(reaches: Sequence[Reach]) -> Grid:
    """Contacts as a table: purpose, channel, number."""
    return Grid(
        ("Contact", "By", "Number or address"),
        tuple((_PURPOSE[r.purpose], r.channel.value.capitalize(), r.text) for r in reaches),
    )


def _pages(spec: Spec, answer: Answer, rng: Random) -> list[Block]:
    blocks: list[Block] = []
    for name in spec.extra:
        page = words("boilerplate")["pages"][name]
        blocks += [Break() if rng.random() < 0.7 else Para(""), Heading(page["title"])]
        payer, street = answer.case.payer.name, ", ".join(answer.case.payer.address[-2:])
        blocks += [Para(t.format(payer=payer, street=street), small=True) for t in page["text"]]
    return blocks
