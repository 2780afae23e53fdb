"""Outlook's message files (``.msg``)."""

import io
import struct
from collections.abc import Iterator

from oxmsg import Message

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.containers.inner import Budget, Inner, shown_name
from pipeline.read.containers.message import text_of_html, with_text
from pipeline.values.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
"""The stream that every Outlook item has and no other OLE file; its name stands in the file's directory."""


def is_outlook(data: bytes) -> bool:
    """Whether an OLE file holds an Outlook item: a Word 97 file is OLE too."""
    return data.startswith(OLE) and _PROPERTIES in data


def exported(data: bytes, *, limits: Limits) -> Iterator[Inner]:
    """The documents of a message, in order. Raises ``DocumentError``: corrupt, too_large."""
    try:
        message = Message.load(io.BytesIO(data))
        text = message.body or text_of_html(message.html_body or "")
        subject = message.subject or ""
        files = [_file(attachment, number) for number, attachment in enumerate(message.attachments, start=1)]
    except (OSError, KeyError, ValueError, TypeError, IndexError, AttributeError, struct.error, AssertionError):
        # What the library raises on a damaged file is whatever its parser stumbled over.
        raise DocumentError(ProblemCode.CORRUPT) from None
    return with_text(files, subject=subject, text=text, budget=Budget(limits))


def _file(attachment: object, number: int) -> Inner:
    name = shown_name(getattr(attachment, "file_name", None), otherwise=f"attachment {number}")
    content = getattr(attachment, "file_bytes", None)
    # A message inside a message, or a link to a file elsewhere: there are no bytes to take.
    return Inner(name=name, data=content) if content else Inner(name=name, problem=ProblemCode.UNSUPPORTED_TYPE)
