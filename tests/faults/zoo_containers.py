"""Hostile mails, archives and Word files for ``zoo``: loops, bombs, and entities that name a file of this machine."""

import io
import zipfile

from tests.faults.zoo import LETTER, READ, Made, letter

TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="a" Target="word/document.xml" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = b'<!ENTITY a "%b">' % (b"ha " * 1000) + b"".join(
    b'<!ENTITY %c "%b">' % (new, b"&%c;" % old * 10) for old, new in zip(b"abcdefgh", b"bcdefghi", strict=True)
)


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def word(body: bytes, before: bytes = b"") -> bytes:
    document = b'<?xml version="1.0"?>%b<w:document %b><w:body>%b</w:body></w:document>' % (before, WORD, body)
    return archive({"[Content_Types].xml": TYPES, "_rels/.rels": LINKS, "word/document.xml": document})


def said(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % text


def mail(body: bytes, kind: bytes = b"text/plain") -> bytes:
    return (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: letter\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: %b\r\n\r\n%b" % (kind, body)
    )


def containers() -> dict[str, tuple[Made, set[str]]]:
    """Name -> (bytes, allowed outcomes)."""
    text = b"".join(said(line.encode()) for line in LETTER)
    nested, forwarded = letter(), mail(b"Your claim was denied.")
    for _ in range(20):
        nested, forwarded = archive({"a.zip": nested}), mail(forwarded, b"message/rfc822")
    ended = {READ, "corrupt", "too_large", "unreadable", "incomplete", "empty"}
    part = b"--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n"
    return {
        "zip-in-zips": (nested, ended),
        "zip-bomb": (lambda: archive({"a.txt": b" " * 300_000_000}), ended),
        "zip-of-many": (archive({f"{n}.txt": b"a" for n in range(5000)}), ended),
        "zip-cut": (archive({"a.pdf": letter()})[:900], {"corrupt", "incomplete"}),
        "zip-of-odd-names": (
            archive({"../../a.pdf": letter(), "/etc/b.pdf": letter(2), "a\u202efdp.exe": b"MZ"}), ended,
        ),
        "mail-in-mails": (forwarded, ended),
        "mail-of-many-parts": (mail(part * 3000 + b"--x--", b"multipart/mixed; boundary=x"), ended),
        "mail-without-end": (mail(b"--x\r\n" * 5000, b"multipart/mixed; boundary=x"), ended),
        "mail-of-odd-letters": (mail(b"\xff\xfe denied", b"text/plain; charset=no-such-charset"), ended),
        "word": (word(text), {READ}),
        "word-of-this-machine": (
            word(text + said(b"&f;"), b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), ended,
        ),
        "word-of-laughs": (word(text + said(b"&i;"), b"<!DOCTYPE x [" + LAUGHS + b"]>"), ended | {"out_of_memory"}),
        "word-bomb": (lambda: word(said(b" " * 300_000_000)), ended | {"out_of_memory", "crashed"}),
        "word-without-document": (archive({"[Content_Types].xml": TYPES, "word/other.xml": b"<a/>"}),
                                  {"unsupported_type", "corrupt"}),
    }  # fmt: skip
