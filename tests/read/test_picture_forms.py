"""Image files are opened with what was imported before: a child reads one document, and would import it each time."""

import io
import subprocess
import sys

from PIL import Image

OPENED = """
import sys
from pipeline.read.picture import frame_count
from pipeline.values.limits import Limits
before = set(sys.modules)
for data in sys.argv[1:]:
    frame_count(bytes.fromhex(data), Limits())
print(*sorted(set(sys.modules) - before))
"""


def test_image_files_are_opened_without_an_import() -> None:
    told = subprocess.run(
        [sys.executable, "-c", OPENED, *map(saved, ("TIFF", "PNG", "JPEG"))], capture_output=True, check=True
    )
    assert told.stdout.decode().split() == []


def saved(form: str) -> str:
    out = io.BytesIO()
    Image.new("L", (20, 30), 255).save(out, form)
    return out.getvalue().hex()
