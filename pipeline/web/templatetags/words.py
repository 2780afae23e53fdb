"""Codes of the contract as words for people, numbers as browsers read them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

from pipeline.knowledge import load_knowledge
from pipeline.overlay import LISTS
from pipeline.web import pages
from pipeline.web.choices import options, spaced

register = template.Library()


@register.simple_tag(name="options")
def options_of(name: str, chosen: Any = "") -> str:
    """The options of a list that people choose from: ``{% options "anchor" clock.anchor %}``."""
    return options(name, str(chosen or ""))


@register.filter
def words(value: Any) -> str:
    """``step_therapy`` -> ``step therapy``."""
    return spaced(value)


@register.filter
def slug(value: Any) -> str:
    """``rule failed`` -> ``rule-failed``, for a class of the style sheet."""
    return words(value).replace(" ", "-")


@register.filter
def dollars(value: Any) -> str:
    """``4786.75`` -> ``4,786.75``; what is no amount, as a person may have typed it, as it is."""
    try:
        return f"{Decimal(str(value)):,.2f}"
    except InvalidOperation:
        return str(value)


@register.filter
def unlocal(value: float) -> str:
    """A number with a point, whatever the locale."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@register.filter
def across(box: Any) -> str:
    """The width of a box."""
    return unlocal(max(1.0, box.x1 - box.x0))


@register.filter
def down(box: Any) -> str:
    """The height of a box."""
    return unlocal(max(1.0, box.bottom - box.top))


@register.filter
def width(number: int, page: Any) -> str:
    """The width of a page of the letter screen, in points."""
    return unlocal(next((sheet.width for sheet in page.sheets if sheet.number == number), 612.0))


@register.filter
def height(number: int, page: Any) -> str:
    """The height of a page of the letter screen, in points."""
    return unlocal(next((sheet.height for sheet in page.sheets if sheet.number == number), 792.0))


@register.filter
def phone(value: str, channel: Any) -> str:
    """Ten digits as people write a number: ``(555) 010-2345``."""
    if words(channel) in ("fax", "phone") and len(value) == 10 and value.isdigit():
        return f"({value[:3]}) {value[3:6]}-{value[6:]}"
    return value


@register.filter
def evidence(evidence_type: str) -> str:
    """The plain name of a kind of document."""
    return next((kind.meaning for kind in load_knowledge().evidence if kind.id == evidence_type), evidence_type)


@register.filter
def is_list(field: str) -> bool:
    """Whether a field holds entries."""
    return field in LISTS


@register.filter
def tone(left: int | None) -> str:
    """``late``, ``soon`` or nothing, by days left."""
    return pages.tone(left)


@register.filter
def urgency(left: int | None) -> str:
    """Days left in words."""
    return pages.urgency(left)
