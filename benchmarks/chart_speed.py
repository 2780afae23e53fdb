"""How fast charts are: ``python -m benchmarks.chart_speed [TASKS]``.

Prints the time of a patient folder of twenty text pages with the models loaded (to be under 1 s; the median of three),
and of as many cases matched anew, each with a chart of its own (10,000 where not said, to be under 60 s). Both are of
this process alone; its processor time stands beside, which other work on the machine disturbs less.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from pipeline.case import CaseLetter, work_out
from pipeline.chart import clinical
from pipeline.charts import ChartFile, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Chart, OnFile, Patient, PatientFolder
from pipeline.values.letter import Finding, Letter, LetterKind, Reason
from pipeline.values.practice import Practice
from pipeline.values.vocabulary import Category

PAGES = 20
ANN = Patient(name="Ann B. Example", date_of_birth="1980-01-01")
DAY = date(2026, 6, 1)
NOTE = """OFFICE VISIT - NEUROLOGY
Patient: Ann B. Example   DOB: 01/01/1980
Date: {month:02d}/02/2026

HPI: {days} headache days per month for the last four months, lasting 6 hours untreated, 11 migraine days per month.
The pain is throbbing, 7/10, worse with activity, with nausea and photophobia. She missed two days of work. HIT-6 66.
Preventive medicines tried:
- topiramate 100 mg/day for migraine, 2025-01-08 to 2025-04-10, stopped: paresthesia
- propranolol 120 mg/day for migraine, 2025-05-02 to 2025-08-15, stopped: no reduction in headache days
Current medications: lisinopril 10 mg daily for hypertension, sumatriptan 50 mg as needed.
Exam: normal. No medication overuse. Mother has migraine and takes Aimovig.
Assessment: chronic migraine, G43.709.
Plan: onabotulinumtoxinA 155 units every 12 weeks.

Electronically signed by Paul Riverstone, MD on {month:02d}/02/2026
"""


def folder() -> Chart:
    """Twenty pages of notes read into one chart."""
    notes = [NOTE.format(month=1 + n % 5, days=16 + n % 8) for n in range(PAGES)]
    files = [ChartFile(name=f"note{n}.txt", data=note.encode()) for n, note in enumerate(notes)]
    return read_chart(files, clinical=clinical(), reader=lambda data: plain_pages(data.decode()), patient=ANN)


def _found(value: str) -> Finding:
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="benchmark")


def _letter(number: int) -> Letter:
    reason = Reason(
        value=Category.CRITERIA_NOT_MET.value, text="criteria are not met", page=1, boxes=(), confidence=1.0,
        rule="benchmark", category=Category.CRITERIA_NOT_MET,
    )  # fmt: skip
    return Letter(
        letter_id=f"{number:064x}-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=1.0,
        letter_date=_found("2026-05-01"), member_name=_found("Ann B. Example"), procedure_codes=(_found("J0585"),),
        diagnosis_codes=(_found("G43.709"),), denial_reasons=(reason,),
    )  # fmt: skip


def _linked(on_file: OnFile, _: Letter) -> OnFile:
    return on_file


def rematched(tasks: int, chart: Chart) -> int:
    """So many cases worked out anew, each against its own copy of the chart; how many tasks carry proof."""
    shown = 0
    for number in range(tasks):
        on_file = OnFile(folder=PatientFolder(name="ann", patient=ANN), chart=replace(chart))
        case = [CaseLetter(letter=_letter(number), received=DAY)]
        made = work_out(
            case, case_id=f"c{number}", today=DAY, knowledge=load_knowledge(), practice=Practice(),
            on_file=partial(_linked, on_file),
        )  # fmt: skip
        shown += any(need.evidence for task in made for need in task.requirements)
    return shown


def _timed(run: Callable[[], object], times: int) -> str:
    """The median seconds of so many runs, by the clock and of the processor."""
    seconds, worked = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        run()
        seconds.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    return f"{statistics.median(seconds):.2f} s ({statistics.median(worked):.2f} s of the processor)"


def main() -> int:
    """Measure and print."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chart = folder()  # models loaded, and what is matched
    sys.stdout.write(f"a folder of {PAGES} text pages: {_timed(folder, 3)}\n")
    sys.stdout.flush()
    shown: list[int] = []

    def run() -> None:
        shown.append(rematched(tasks, chart))

    told = _timed(run, 1)
    sys.stdout.write(f"{tasks} tasks matched anew: {told}, {shown[0]} with proof\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
