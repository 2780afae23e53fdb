"""What a process that reads no document must not load: it would double its start and its memory."""

import subprocess
import sys

HEAVY = {"spacy", "cv2", "numpy", "pdfplumber", "pypdfium2", "pandas", "prefect"}


def test_a_batch_loads_no_reader_in_its_own_process():
    told = "import pipeline.batch, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert "django" in loaded
    assert HEAVY.isdisjoint(loaded)
