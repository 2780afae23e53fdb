"""Mails and archives from the inbox to the queue: each document inside is one of its own; a password is never kept."""

import io
import json
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import pyzipper

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "sample_letters" / "letters"
PASSWORD = "winter-26-canary"


def denials(*arguments: str, data: Path, given: str = "") -> tuple[int, object]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments, "--data", str(data), "--as-of", "2026-11-24"],
        capture_output=True, text=True, check=False, input=given, cwd=ROOT,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout) if "--json" in arguments else done.stdout


def mail(*files: Path | tuple[str, bytes]) -> bytes:
    out = EmailMessage()
    out["From"], out["Subject"], out["Message-ID"] = "payer@example.org", "Letters", "<9@example.org>"
    out.set_content("Please see the attached.")
    for file in files:
        name, content = file if isinstance(file, tuple) else (file.name, file.read_bytes())
        out.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return out.as_bytes()


def locked(path: Path) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.writestr(path.name, path.read_bytes())
    return out.getvalue()


def nested(content: bytes, times: int) -> bytes:
    for depth in range(times):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"{depth}.bin", content)
        content = out.getvalue()
    return content


@pytest.mark.slow
def test_what_lies_in_mails_and_archives_reaches_the_queue(tmp_path):
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    first, second, third = [p for p in sorted(LETTERS.iterdir()) if p.suffix in (".txt", ".md", ".pdf")][:3]
    secret = locked(third)
    (inbox / "mail.eml").write_bytes(mail(first, ("inner.eml", mail(second)), ("odd.exe", b"MZ\0\0odd")))
    (inbox / "locked.zip").write_bytes(secret)
    (inbox / first.name).write_bytes(first.read_bytes())  # the same letter again, as a file of its own
    code, summary = denials("run", "--direct", "--inbox", str(inbox), "--json", data=data)
    assert code == 1
    _, status = denials("status", "--json", data=data)
    # Three files, and inside the mail a letter, a mail with a letter, and a program: seven seen.
    assert status["balanced"] and status["seen"] == 7, status
    assert status["quarantined"] == 2 and status["queued"] == status["working"] == 0
    assert summary["seen"] == 7 and summary["duplicates"] == 1
    assert summary["problems"] == {"encrypted": 1, "unsupported_type": 1}
    _, tasks = denials("tasks", "--json", data=data)
    _, repeated = denials("run", "--direct", "--inbox", str(inbox), "--json", data=data)
    assert repeated["tasks_created"] == 0

    import hashlib

    locked_id = hashlib.sha256(secret).hexdigest()
    code, told = denials("retry", locked_id, "--password-stdin", data=data, given="wrong\n")
    assert code == 1 and "still set aside" in told
    code, told = denials("retry", locked_id, "--password-stdin", data=data, given=PASSWORD + "\n")
    assert code == 0 and "done" in told
    _, status = denials("status", "--json", data=data)
    assert status["balanced"] and status["seen"] == 8 and status["quarantined"] == 1
    _, opened = denials("tasks", "--json", data=data)
    assert len(opened) >= len(tasks)
    kept = [p for p in data.rglob("*") if p.is_file() and PASSWORD.encode() in p.read_bytes()]
    assert kept == []
    assert [p.name for p in (data / "tmp").iterdir() if p.name != "owners"] == []


@pytest.mark.slow
def test_read_shows_what_is_inside_and_stops_at_the_depth(tmp_path):
    letter = LETTERS / "bladder-step-text.txt"
    (tmp_path / "deep.zip").write_bytes(nested(letter.read_bytes(), 3))
    (tmp_path / "deeper.zip").write_bytes(nested(letter.read_bytes(), 4))
    code, answers = denials(
        "read", str(tmp_path / "deep.zip"), str(tmp_path / "deeper.zip"), "--json", data=tmp_path / "data"
    )
    chain = []
    for answer in answers:
        inner = answer
        while inner["members"]:
            assert inner["letters"] == [] and inner["status"] == "read"
            inner = inner["members"][0]["document"]
        chain.append(inner)
    assert [letter["kind"] for letter in chain[0]["letters"]] == ["denial"]
    assert chain[1]["problem"]["code"] == "too_large"
    assert code == 1
