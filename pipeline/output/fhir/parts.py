"""The small parts that every resource is made of: references, identifiers, concepts, money. What is empty is left out.

Patients and payers are named by logical references (identifier and display): the pipeline keeps no Patient or
Organization that a server could be sent.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Resource = dict[str, Any]

OWN = "https://denials.invalid/"
"""The root of our own identifier systems; ``.invalid`` is nobody's (RFC 2606)."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, OWN)


def id_of(kind: str, key: str) -> str:
    """The id of a resource: the same for the same thing in every export."""
    return str(uuid.uuid5(_SPACE, f"{kind}/{key}"))


def reference(kind: str, key: str) -> Resource:
    """A reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{id_of(kind, key)}", "type": kind}


def resource(kind: str, key: str, content: Mapping[str, Any]) -> Resource:
    """A resource with its id, without the parts that are empty (FHIR allows none)."""
    return {"resourceType": kind, "id": id_of(kind, key), **filled(content)}


def filled(content: Mapping[str, Any]) -> Resource:
    """What is there of a part: no null, no empty text, list or object."""
    return {key: value for key, value in content.items() if value not in (None, "", [], {})}


def identifier(system: str, value: str | None) -> list[Resource]:
    """An identifier of ours or of the payer's; ``system`` is a name below our root."""
    return [{"system": f"{OWN}{system}", "value": value}] if value else []


def named(display: str | None, *, system: str = "", value: str | None = None) -> Resource:
    """A logical reference to somebody; who is not known is called unknown, because R4 asks for a patient."""
    numbers = identifier(system, value)
    return filled({"identifier": numbers[0] if numbers else None, "display": display or ("" if value else "unknown")})


def text(words: str | None) -> Resource:
    """A concept in words alone."""
    return {"text": words} if words else {}


def coded(system: str, code: str, words: str = "") -> Resource:
    """A concept of a code system."""
    return filled({"coding": [{"system": system, "code": code}], "text": words})


def money(amount: str | None) -> Resource:
    """US dollars from a decimal string; FHIR writes decimals as JSON numbers."""
    return {"value": float(amount), "currency": "USD"} if amount else {}


def period(days: Sequence[str]) -> Resource:
    """From the first to the last of these ISO days."""
    return {"start": min(days), "end": max(days)} if days else {}


def instant(day: date) -> str:
    """Midnight of a day: an export of a day is the same whenever in it it is made."""
    return f"{day:%Y-%m-%d}T00:00:00Z"
