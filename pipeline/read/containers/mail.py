"""E-mail files (``.eml``, RFC 5322)."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.containers.inner import Budget, Inner, shown_name
from pipeline.read.containers.message import is_ornament, text_of_html, with_text
from pipeline.values.limits import Limits

_HEADER = re.compile(rb"(?im)^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]")
_TELLING = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature"})
_HEAD = 20_000


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail that travelled; a memo with From and To alone is a text."""
    head = re.split(rb"\r?\n\r?\n", data[:_HEAD].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(head)}
    return bool(_HEADER.match(head) or head.startswith(b"From ")) and b"from" in names and bool(names & _TELLING)


def mailed(data: bytes, *, limits: Limits) -> Iterator[Inner]:
    """The documents of a mail, in order. Raises ``DocumentError``: encrypted, too_large, corrupt."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    if message.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"):
        raise DocumentError(ProblemCode.ENCRYPTED)
    plain, rich = _body(message, "plain"), _body(message, "html")
    files = _files(message, body=rich)
    text = plain if plain.strip() else text_of_html(rich)
    return with_text(files, subject=_subject(message), text=text, budget=Budget(limits))


def _files(message: EmailMessage, *, body: str) -> Iterator[Inner]:
    texts = {id(part) for kind in ("plain", "html") if (part := message.get_body((kind,))) is not None}
    for number, part in enumerate(_leaves(message), start=1):
        if id(part) in texts or (part.get_content_maintype() == "text" and not part.get_filename()):
            continue
        content_type = part.get_content_type()
        name = shown_name(part.get_filename(), otherwise=f"part {number}")
        try:
            content = _bytes(part)
        except (LookupError, ValueError, TypeError, AttributeError):  # an encoding that nobody knows
            yield Inner(name=name, problem=ProblemCode.CORRUPT)
            continue
        if not is_ornament(content_type, size=len(content), content_id=part.get("Content-ID"), body=body):
            yield Inner(name=name, data=content)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something; a mail inside is one part and is not opened here."""
    if message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
    else:
        yield message


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_content()
        return bytes(inner)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None or part.get_filename():
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):
        content = part.get_payload(decode=True)
        return content.decode("latin-1") if isinstance(content, bytes) else ""


def _subject(message: EmailMessage) -> str:
    try:
        return str(message.get("Subject", ""))
    except (ValueError, IndexError, TypeError):  # the standard library's parser stumbles over broken headers
        return ""
