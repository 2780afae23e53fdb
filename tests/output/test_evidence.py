"""The evidence table as CSV: every row with its place, no cell that runs, private."""

import csv
import io
import stat

from pipeline.output import evidence_csv, write_evidence
from pipeline.values.chart import Outcome
from pipeline.values.evidence import Aspect, EvidenceTable, Proof, ScoreRow, SymptomRow, TreatmentRow

FIRST = Proof(file_name="note.txt", page=2, text="=cmd() 19 headache days", date="2026-05-02")
SECOND = Proof(file_name="diary.csv", page=1, text="19 in 30 days", date="2026-04-30")
TABLE = EvidenceTable(
    indication="migraine",
    symptoms=(
        SymptomRow(aspect=Aspect.FREQUENCY, what="headache days", value="19 days a month", date="2026-05-02",
                   earlier=False, proofs=(FIRST, SECOND)),
    ),
    treatments=(
        TreatmentRow(what="topiramate", drug_class="anticonvulsant", dose="100 mg/day", outcome=Outcome.INTOLERANCE,
                     side_effect="paresthesia", lacks=("start", "stop"), proofs=(SECOND,)),
    ),
    scores=(ScoreRow(scale="HIT-6", value=68.0, date=None, earlier=True, proofs=(SECOND,)),),
)  # fmt: skip


def test_every_row_has_its_document_page_and_words_and_no_cell_runs():
    rows = list(csv.DictReader(io.StringIO(evidence_csv(TABLE))))
    assert [(r["part"], r["what"], r["document"], r["page"]) for r in rows] == [
        ("symptom", "headache days", "note.txt", "2"),
        ("treatment", "topiramate", "diary.csv", "1"),
        ("score", "HIT-6", "diary.csv", "1"),
    ]
    assert rows[0]["words"] == "'=cmd() 19 headache days" and rows[0]["also"] == "diary.csv p. 1"
    assert (rows[1]["side_effect"], rows[1]["lacks"]) == ("paresthesia", "start, stop")
    assert (rows[2]["value"], rows[2]["date"], rows[2]["earlier"]) == ("68", "", "yes")


def test_the_file_is_private(tmp_path):
    path = tmp_path / "table.csv"
    write_evidence(TABLE, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == evidence_csv(TABLE)
