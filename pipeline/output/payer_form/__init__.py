"""Payers' own fillable forms: their fields, what their labels mean, and how they are filled."""

from pipeline.output.payer_form.fields import form_fields
from pipeline.output.payer_form.filling import fill_form, form_for, with_form
from pipeline.output.payer_form.labels import PageWord, suggested
from pipeline.output.payer_form.shelf import Kept, add_form, confirmed, form_named, load_forms, save_form

__all__ = [
    "Kept", "PageWord", "add_form", "confirmed", "fill_form", "form_fields", "form_for", "form_named", "load_forms",
    "save_form", "suggested", "with_form",
]  # fmt: skip
