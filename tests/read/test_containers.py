"""Mails, archives and Word files: what is found inside, within which bounds, and what is not opened."""

import io
import zipfile
from email.message import EmailMessage

import docx
import pytest
import pyzipper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import Tesseract, documents_in, read
from pipeline.read.containers.inner import shown_name
from pipeline.values.limits import Limits
from tests.read.outlook_file import message

LETTER = b"Meadow Health\nClaim number: 2026-0412-77\nThe claim is denied.\n"
LIMITS = Limits()
NOTE = "Please see the letter attached."
LONG = "The request for the treatment named below is denied because the records do not show a trial. " * 6


def mail(*files: tuple[str, bytes], text: str = NOTE, html: str | None = None) -> EmailMessage:
    out = EmailMessage()
    out["From"], out["To"], out["Subject"] = "payer@example.org", "billing@example.org", "Your claim"
    out["Message-ID"] = "<1@example.org>"
    out.set_content(text)
    if html:
        out.add_alternative(html, subtype="html")
    for name, content in files:
        out.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return out


def zipped(files: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(files: dict[str, bytes], password: str) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def found(data: bytes, **options: object) -> list[tuple[str, bytes | None, ProblemCode | None]]:
    inside = documents_in(data, limits=options.pop("limits", LIMITS), **options)
    assert inside is not None
    return [(inner.name, inner.data, inner.problem) for inner in inside]


def code_of(data: bytes, **options: object) -> ProblemCode:
    with pytest.raises(DocumentError) as raised:
        found(data, **options)
    return raised.value.code


def test_a_mail_gives_its_files_and_not_its_note():
    assert found(mail(("letter.txt", LETTER), ("b.pdf", b"%PDF-1.4")).as_bytes()) == [
        ("letter.txt", LETTER, None), ("b.pdf", b"%PDF-1.4", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "text", "expected"),
    [((), NOTE, True), ((("a.txt", LETTER),), LONG, True), ((("a.txt", LETTER),), NOTE, False)],
)
def test_the_text_of_a_mail_counts_where_it_is_alone_or_more_than_a_note(files, text, expected):
    names = [name for name, _, _ in found(mail(*files, text=text).as_bytes())]
    assert ("message.txt" in names) is expected


def test_the_text_of_an_html_mail_is_read_as_words():
    out = mail(text=" ")
    del out["Content-Type"]
    out.set_content(
        "<html><head><style>p{}</style></head><body><p>Claim A-77</p><p>is&nbsp;denied</p></body></html>",
        subtype="html",
    )
    ((name, data, _),) = found(out.as_bytes())
    assert name == "message.txt"
    text = data.decode()
    assert "Claim A-77\n" in text and "is\u00a0denied" in text and "p{}" not in text


def test_a_logo_in_the_text_is_passed_over_and_a_scan_is_not():
    out = mail(text=NOTE, html='<p>Hello<img src="cid:logo@x"><img src="cid:scan@x"></p>')
    picture = io.BytesIO()
    Image.new("L", (20, 20)).save(picture, "PNG")
    big = picture.getvalue() + b"\0" * 200_000
    for cid, content in (("logo@x", picture.getvalue()), ("scan@x", big)):
        out.get_payload()[-1].add_related(content, "image", "png", cid=f"<{cid}>", filename=f"{cid}.png")
    assert [name for name, _, _ in found(out.as_bytes())] == ["scan@x.png"]


def test_a_mail_inside_a_mail_is_one_document():
    out = mail()
    out.add_attachment(mail(("letter.txt", LETTER)))
    ((_, data, _),) = found(out.as_bytes())
    assert found(data) == [("letter.txt", LETTER, None)]


def test_a_memo_with_from_and_to_is_a_text():
    memo = b"From: Claims\nTo: Billing\nSubject: denial\n\nThe claim is denied.\n"
    assert documents_in(memo, limits=LIMITS) is None
    assert "denied" in read(memo, ocr=Tesseract(), limits=LIMITS).content


def test_an_encrypted_mail_says_so():
    out = EmailMessage()
    out["From"], out["Message-ID"] = "a@example.org", "<2@example.org>"
    out.set_content(b"\x30\x80", "application", "pkcs7-mime")
    assert code_of(out.as_bytes()) is ProblemCode.ENCRYPTED


@pytest.mark.parametrize("size", [60, 9000])
def test_an_outlook_file_gives_its_files(size):
    content = (LETTER * 200)[:size]
    data = message(subject="Denial", body=NOTE, files={"letter one.txt": content, "b.bin": b"x" * 5000})
    assert found(data) == [("letter one.txt", content, None), ("b.bin", b"x" * 5000, None)]
    alone = message(subject="Denial of A-77", body=LONG, files={})
    ((name, text, _),) = found(alone)
    assert name == "message.txt" and b"Denial of A-77" in text and LONG.strip().encode() in text


def test_a_cut_outlook_file_is_a_code():
    data = message(subject="Denial", body=LONG, files={"letter.txt": LETTER * 300})
    for share in (0.3, 0.5, 0.8):
        try:
            cut = found(data[: int(len(data) * share)])
        except DocumentError as problem:
            assert problem.code in (ProblemCode.CORRUPT, ProblemCode.UNSUPPORTED_TYPE)
        else:
            assert all(problem or name == "message.txt" or content == LETTER * 300 for name, content, problem in cut)


def test_an_archive_gives_its_files_under_harmless_names():
    files = {
        "../../etc/letter.txt": LETTER,
        "a/b.txt": b"two",
        "__MACOSX/._b.txt": b"",
        "folder/": b"",
        "empty.txt": b"",
    }
    assert found(zipped(files)) == [("letter.txt", LETTER, None), ("b.txt", b"two", None), ("empty.txt", b"", None)]


def test_a_locked_archive_opens_with_its_password_alone():
    data = locked({"letter.txt": LETTER}, "winter 26")
    assert code_of(data) is ProblemCode.ENCRYPTED
    assert code_of(data, password="summer") is ProblemCode.ENCRYPTED
    assert found(data, password="winter 26") == [("letter.txt", LETTER, None)]


def test_bounds_of_an_archive():
    many = Limits(max_members=3)
    assert code_of(zipped({f"{n}.txt": LETTER for n in range(4)}), limits=many) is ProblemCode.TOO_LARGE
    bomb = zipped({"a.txt": b"\0" * 3_000_000})
    assert len(bomb) < 10_000
    assert code_of(bomb, limits=Limits(max_unpacked_bytes=1_000_000)) is ProblemCode.TOO_LARGE


def test_an_archive_that_lies_about_its_sizes_is_stopped():
    data = bytearray(zipped({"a.txt": b"\0" * 3_000_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + place
        data[at : at + 4] = (10).to_bytes(4, "little")
    (answer,) = found(bytes(data), limits=Limits(max_unpacked_bytes=1_000_000))
    assert answer[2] is ProblemCode.CORRUPT or len(answer[1] or b"") <= 10


def test_a_damaged_file_of_an_archive_is_said_and_the_others_are_there():
    data = bytearray(zipped({"a.txt": LETTER * 50, "b.txt": LETTER}))
    at = data.index(b"a.txt") + 5 + 20
    data[at] ^= 0xFF
    (a, b) = found(bytes(data))
    assert a == ("a.txt", None, ProblemCode.CORRUPT)
    assert b == ("b.txt", LETTER, None)


def test_a_cut_archive_is_incomplete_and_an_empty_one_is_empty():
    data = zipped({"a.txt": LETTER * 50})
    assert code_of(data[: len(data) // 2]) is ProblemCode.INCOMPLETE
    assert code_of(zipped({})) is ProblemCode.EMPTY
    assert code_of(zipped({"x.xml": b"", "[Content_Types].xml": b""})) is ProblemCode.UNSUPPORTED_TYPE


def test_a_word_file_is_read_in_order():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Meadow Health Plan"
    document.add_paragraph("Claim number: 2026-0412-77")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Code", "Billed"), ("J0585", "$1,284.00")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("The claim is denied.").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("You may appeal within 180 days.")
    out = io.BytesIO()
    document.save(out)
    text = read(out.getvalue(), ocr=Tesseract(), limits=LIMITS)
    assert len(text.pages) == 2
    assert text.content.index("Meadow") < text.content.index("2026-0412-77") < text.content.index("J0585\t$1,284.00")
    assert "180 days" in text.content[text.pages[1].start :]


def test_a_word_file_is_no_way_to_another_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-77")
    document = docx.Document()
    document.add_paragraph("PLACE")
    out = io.BytesIO()
    document.save(out)
    entity = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode().split("?>", 1)[1].replace("PLACE", "PLACE &x;")
    parts["word/document.xml"] = (entity + body).encode()
    assert "canary-77" not in read(zipped(parts), ocr=Tesseract(), limits=LIMITS).content


@pytest.mark.slow
def test_a_heic_photo_is_read_upright():
    import pypdfium2 as pdfium

    from tests.read.test_geometry import LINES, pdf

    with pdfium.PdfDocument(pdf(rotate=0, crop=None, origin=(0, 0), unit=1)) as document:
        page = document[0].render(scale=200 / 72).to_pil().convert("RGB")
    out = io.BytesIO()
    turned = Image.Exif()
    turned[274] = 6
    page.rotate(90, expand=True).save(out, "HEIF", quality=90, exif=turned.tobytes())
    assert LINES[2] in read(out.getvalue(), ocr=Tesseract(), limits=LIMITS).content
    half = out.getvalue()[: len(out.getvalue()) // 2]
    with pytest.raises(DocumentError) as raised:
        read(half, ocr=Tesseract(), limits=LIMITS)
    assert raised.value.code in (ProblemCode.INCOMPLETE, ProblemCode.CORRUPT)


@given(st.text(max_size=300))
def test_a_shown_name_is_never_a_path(name):
    shown = shown_name(name, otherwise="file 1")
    assert shown and "/" not in shown and "\\" not in shown and "\0" not in shown and shown not in (".", "..")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=12), st.integers(0, 10_000), st.sampled_from(["mail", "zip", "outlook"]))
def test_a_damaged_container_is_a_code_or_its_files(garbage, at, kind):
    whole = {
        "mail": mail(("letter.txt", LETTER)).as_bytes(),
        "zip": zipped({"letter.txt": LETTER}),
        "outlook": message(subject="s", body=LONG, files={"letter.txt": LETTER}),
    }[kind]
    place = at % len(whole)
    data = whole[:place] + garbage + whole[place + len(garbage) :]
    try:
        inside = documents_in(data, limits=LIMITS)
        assert inside is None or all(inner.data is not None or inner.problem for inner in inside)
    except DocumentError:
        pass
