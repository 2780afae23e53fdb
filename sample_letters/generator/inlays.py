"""What lies between the letters of a batch: fax covers, separator sheets, records, exhibit sheets, long remittances."""

from dataclasses import replace
from random import Random

from pipeline.values.letter import LetterKind
from sample_letters.generator import mail
from sample_letters.generator.answer import Case
from sample_letters.generator.blocks import Block, Bullets, Draft, Grid, Heading, Para
from sample_letters.generator.counting import money, say_date, short_date
from sample_letters.generator.gold import unscored
from sample_letters.generator.people import number, patient
from sample_letters.generator.tray import Written


def _sheet(
    sender: str, title: str | None, rows: tuple[tuple[str, str], ...], body: tuple[Block, ...], date: str = ""
) -> Draft:
    return Draft(
        sender=sender, sender_address=(), date=("Date" if date else "", date), address=(), title=title, reference=rows,
        salutation=None, body=body,
    )  # fmt: skip


def cover(case: Case, rng: Random) -> Draft:
    """The cover of a fax."""
    day, pages = say_date(rng, case.letter_date), str(rng.randrange(2, 20))
    to, sender = case.practice, case.payer.name
    private = (Para("The information in this facsimile is confidential and meant only for the person named above."),)
    wrong = (Para("If you are not the intended recipient, please notify the sender and destroy all copies."),)
    forms = (
        _sheet(sender, "Fax Cover Sheet", (("To", to), ("From", "Correspondence"), ("Pages", pages)), (), day),
        _sheet("FACSIMILE", None,
               (("TO", to), ("FROM", sender), ("NUMBER OF PAGES INCLUDING COVER", pages), ("RE", "Letters")), private),
        _sheet("Fax Transmission", None,
               (("Recipient", to), ("Sender", sender), ("Total pages", pages), ("Subject", "Case mail")), wrong, day),
        _sheet(sender, "FAX", (("Attention", to), ("Fax number", "802-555-0133"), ("Pages to follow", pages)),
               (Para("Notice: this message may hold protected health information."),), day),
    )  # fmt: skip
    return rng.choice(forms)


def separator(rng: Random) -> Draft:
    """A sheet that parts two documents for the scanner."""
    forms = (
        _sheet("", "DOCUMENT SEPARATOR", (), (Para("Place this sheet between documents."),)),
        _sheet("", "PATCH T", (), (Para("Separator sheet. Reuse."),)),
        _sheet("Separator Page", None, (("Batch", number(rng, "######")),), ()),
        _sheet("", "*** BATCH SEPARATOR ***", (), (Para("NEXT DOCUMENT"),)),
    )
    return rng.choice(forms)


def record(case: Case, rng: Random) -> Draft:
    """A record of the practice or a laboratory that was fed with the letter."""
    day = short_date(case.letter_date)
    who = (("Patient", case.patient), ("DOB", short_date(case.birth)))
    sites = Grid(("Site", "Units"), (("Procerus", "5"), ("Trapezius", "30"), ("Occipitalis", "30")))
    days = tuple((str(d), str(rng.randrange(1, 12)), str(rng.randrange(3, 10))) for d in range(1, 19))
    forms = (
        _sheet(case.practice, "Injection Record", (*who, ("Lot", number(rng, "C####C#"))), (sites,), day),
        _sheet(case.practice, "Progress Note", who, (
            Heading("Subjective"), Para("Headaches on most days since spring. Sleep is poor."), Heading("Objective"),
            Para("Alert, oriented. Strength is full."), Heading("Plan"),
            Para("Continue and see again in twelve weeks."),
        ), day),
        _sheet("Windmere Laboratory", "Laboratory Report", who, (
            Grid(("Test", "Result", "Range"), (("Sodium", "139", "135-145"), ("Creatinine", "0.8", "0.6-1.2"))),
        ), day),
        _sheet(case.practice, "Headache Diary", who, (
            Grid(("Day", "Hours", "Severity"), days),
        )),
        _sheet("Windmere Imaging Center", "MRI Report", who, (
            Para("Examination: MRI of the brain without contrast."),
            Para("Findings: No mass. No acute infarct. Ventricles are normal."),
            Para("Impression: Normal examination."),
        ), day),
    )  # fmt: skip
    return rng.choice(forms)


def exhibit(letter: str) -> Draft:
    """The sheet before an exhibit of our own packet."""
    return _sheet("", f"EXHIBIT {letter}", (), ())


def remittance(case: Case, rng: Random) -> Written:
    """A remittance advice for many patients, as long as two to four pages."""
    body: list[Block] = []
    total = 0
    for _ in range(rng.randrange(7, 16)):
        name, _, _ = patient(rng)
        rows = []
        for _ in range(rng.randrange(2, 6)):
            billed = rng.randrange(4000, 90000, 25)
            total += billed
            paid, code = rng.choice([(billed // 2, "CO-45"), (0, "CO-50"), (0, "CO-197"), (billed // 3, "PR-1")])
            rows.append(
                (
                    short_date(case.letter_date),
                    rng.choice(["64615", "J0585", "99213"]),
                    money(billed),
                    money(paid),
                    code,
                )
            )
        body.append(Para(f"Patient: {name}   Claim: {number(rng, '26#########')}   ID: {number(rng, 'W########')}"))
        body.append(Grid(("Service date", "Procedure", "Charge", "Payment", "Adjustment"), tuple(rows)))
    body.append(Para(f"Total charges {money(total)}"))
    body.append(
        Bullets(
            ("CO-45 charge exceeds fee schedule", "CO-50 not deemed a medical necessity", "CO-197 no precertification")
        )
    )
    draft = Draft(
        sender=case.payer.name,
        sender_address=case.payer.address,
        date=(rng.choice(["Check date", "Remit Date", "Payment date"]), say_date(rng, case.letter_date)),
        address=(case.practice, *case.practice_address),
        title=rng.choice(["Remittance Advice", "PROVIDER REMITTANCE ADVICE", "Explanation of Payment"]),
        reference=(("NPI", case.npi), ("Check/EFT", number(rng, "00#######"))),
        salutation=None,
        body=tuple(body),
    )
    written = mail.write("overpayment", rng, like=case).answer
    answer = replace(
        written, case=replace(case, lines=()), kind=LetterKind.REMITTANCE, omit=unscored(frozenset({"pages", "kind"}))
    )
    return answer, draft, rng.choice(["remittance", "benefits", "typewriter"])
