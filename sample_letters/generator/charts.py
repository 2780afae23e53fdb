"""Three small patient folders that go with three letters of the public corpus (contract, section 5)."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from sample_letters.generator import corpus, patients, pdf
from sample_letters.generator.answer import Case
from sample_letters.generator.blocks import Draft, Grid, Heading, Para
from sample_letters.generator.counting import short_date
from sample_letters.generator.pdf import SYNTHETIC
from sample_letters.generator.spec import public

PATIENTS = {"p001": "migraine-step-serif", "p002": "migraine-renewal-uhc", "p003": "bladder-step-text"}


def write(out: Path, seed: int) -> None:
    """Writes the folders and ``patients.csv``."""
    specs = {s.name: s for s in public()}
    rows = []
    for folder, name in PATIENTS.items():
        answer, _ = corpus.written(specs[name], seed)
        (out / folder).mkdir(parents=True, exist_ok=True)
        for file_name, data in _WRITERS[folder](answer.case, corpus.source(seed, folder)).items():
            (out / folder / file_name).write_bytes(data)
        case = answer.case
        first, last = case.patient.split()[0], case.patient.split()[-1]
        rows.append((folder, last, first, case.birth.isoformat(), case.member_id, f"MRN{folder[1:]}"))
    rows.extend(patients.write(out, out.parent / "chart_gold", seed))
    (out / "patients.csv").write_text(
        _csv(("folder", "last_name", "first_name", "birth_date", "member_id", "mrn"), rows)
    )


def _csv(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _note(case: Case, day: date, title: str, lines: tuple[str, ...]) -> bytes:
    head = (
        SYNTHETIC,
        title,
        f"Patient: {case.patient}   DOB: {short_date(case.birth)}",
        f"Date: {short_date(day)}",
        "",
    )
    sign = ("", f"Electronically signed by {case.provider} on {short_date(day)}", case.practice, "")
    return "\n".join((*head, *lines, *sign)).encode()


def _diary(start: date, days: int, share: float, rng: Random) -> bytes:
    rows = []
    for i in range(days):
        ache = rng.random() < share
        hours = rng.randrange(4, 14) if ache else 0
        rows.append(
            (
                (start + timedelta(days=i)).isoformat(),
                "yes" if ache else "no",
                str(hours),
                str(rng.randrange(4, 10) if ache else 0),
                "yes" if ache and rng.random() < 0.65 else "no",
                "sumatriptan" if ache and rng.random() < 0.3 else "",
                SYNTHETIC if i == 0 else "",
            )
        )
    return _csv(
        ("date", "headache", "hours", "severity_0_10", "migraine_features", "acute_medication", "remark"), rows
    ).encode()


def _first_migraine(case: Case, rng: Random) -> dict[str, bytes]:
    day = case.letter_date - timedelta(days=30)
    note = (
        "HPI: Headaches since 2019, about 19 days a month over the last four months, 6 to 10 hours "
        "untreated, 11 days with",
        "nausea and photophobia. No medication overuse: triptan on 6 days a month. HIT-6 66. MIDAS 48.",
        "Sister takes Aimovig; the patient has never taken a CGRP antagonist.",
        f"Assessment: chronic migraine, {case.diagnosis}.",
        "Plan: onabotulinumtoxinA 155 units, 31 sites, every 12 weeks.",
    )
    history = (
        "Preventive medicines tried:",
        "- topiramate 100 mg/day for migraine, 2025-01-08 to 2025-04-10, stopped: paresthesia",
        "- propranolol 120 mg/day for migraine, 2025-05-02 to 2025-08-15, stopped: no reduction in headache days",
        "- lisinopril 10 mg/day for hypertension, since 2021, current",
        "Acute: sumatriptan 50 mg as needed",
    )
    return {
        "visit-note.txt": _note(case, day, "OFFICE VISIT - NEUROLOGY", note),
        "medication-history.txt": _note(case, day, "MEDICATION HISTORY", history),
        "headache-diary.csv": _diary(day - timedelta(days=95), 92, 0.62, rng),
    }


def _renewal(case: Case, rng: Random) -> dict[str, bytes]:
    day = case.letter_date - timedelta(days=25)
    note = (
        "Follow-up after the third cycle of onabotulinumtoxinA. Headache days before treatment: 21 a "
        "month (baseline of 2025-09).",
        "Headache days in the last full cycle: 9 a month, a reduction of 57%. HIT-6 68 at baseline, 55 today.",
        "No wear-off before week 11. No adverse effects. Not taking a CGRP antagonist.",
        "Plan: continue every 12 weeks, 155 units.",
    )
    treated = day - timedelta(days=84)
    record = Draft(
        sender=case.practice,
        sender_address=case.practice_address,
        date=("Date of procedure", short_date(treated)),
        address=(f"Patient: {case.patient}", f"DOB: {short_date(case.birth)}"),
        title="Procedure note: chemodenervation for chronic migraine",
        reference=(
            ("Drug", "onabotulinumtoxinA 200 unit vial, lot C8812C3"),
            ("Given", "155 units, 31 sites"),
            ("Discarded", "45 units"),
        ),
        salutation=None,
        body=(
            Heading("Units by site"),
            Grid(
                ("Muscle", "Units"),
                (
                    ("Corrugator", "10"),
                    ("Procerus", "5"),
                    ("Frontalis", "20"),
                    ("Temporalis", "40"),
                    ("Occipitalis", "30"),
                    ("Cervical paraspinal", "20"),
                    ("Trapezius", "30"),
                ),
            ),
            Para("Tolerated well. Next treatment not before 84 days."),
        ),
        closing=(f"Electronically signed by {case.provider}",),
    )
    return {
        "follow-up-note.txt": _note(case, day, "FOLLOW-UP VISIT - NEUROLOGY", note),
        "procedure-note.pdf": pdf.to_pdf(record, "serif"),
        "headache-diary.csv": _diary(day - timedelta(days=92), 90, 0.3, rng),
    }


def _bladder(case: Case, rng: Random) -> dict[str, bytes]:
    day = case.letter_date - timedelta(days=40)
    note = (
        "Urge incontinence with urgency and frequency for two years, 5 leaks a day, no stress leakage.",
        "Urinalysis today: no leukocytes, no nitrite. Post-void residual 35 mL. Willing and able to self-catheterize.",
        "Bladder training and pelvic floor therapy for 12 weeks without benefit.",
        "Oxybutynin ER 10 mg, 2025-03-01 to 2025-05-15, stopped: dry mouth. Mirabegron 50 mg, 2025-06-01 "
        "to 2025-09-20, no effect.",
        "Plan: onabotulinumtoxinA 100 units into the detrusor, 20 sites.",
    )
    rows = [
        (
            str(i),
            f"{6 + 2 * j}:00",
            str(rng.randrange(90, 280, 10)),
            "yes" if rng.random() < 0.5 else "no",
            SYNTHETIC if (i, j) == (1, 0) else "",
        )
        for i in (1, 2, 3)
        for j in range(8)
    ]
    diary = _csv(("day", "time", "volume_ml", "leak", "remark"), rows)
    return {"urology-note.txt": _note(case, day, "OFFICE VISIT - UROLOGY", note), "bladder-diary.csv": diary.encode()}


_WRITERS = {"p001": _first_migraine, "p002": _renewal, "p003": _bladder}
