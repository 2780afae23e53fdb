"""Payers' own forms: what their labels mean (``packets/form_labels.yaml``), and a form's mapping as a team keeps it.

A mapping lies beside its PDF in ``<data>/forms``: ``dispute.pdf``, ``dispute.yaml``. It is suggested by the labels,
looked through by a person, and then holds for exactly these bytes of the PDF.
"""

from datetime import date
from functools import cache

from pydantic import Field, model_validator

from pipeline.knowledge.clocks import Track
from pipeline.knowledge.entry import Exemplified, Strict
from pipeline.knowledge.letters import Words, names_in
from pipeline.knowledge.load import load_entries


class Fit(Strict):
    """Of which packets something holds: kinds of letter, levels, conditions (docs/packet.md); where empty, of any."""

    letters: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class FieldWords(Strict):
    """What goes into one field: words with names (``say``), a tick where it fits, or a choice by what fits.

    ``label`` is how the form calls the field, for people. A field with none of the three stays empty.
    """

    label: str = ""
    say: str = ""
    tick: Fit | None = None
    choose: dict[str, Fit] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "FieldWords":
        names_in(self.say)
        if sum((bool(self.say), self.tick is not None, bool(self.choose))) > 1:
            raise ValueError("a field says something, is ticked, or is a choice: one of them")
        return self


class PayerForm(Strict):
    """A form: its file and the SHA-256 of its bytes, for whose packets it is, and what goes into its fields.

    ``payers`` are parts of names in small letters, ``tracks`` kinds of coverage; a form without ``payers`` is for any
    payer of its tracks. ``fits`` says for which letters and levels. ``confirmed_by`` is who looked the mapping through.
    """

    file: str = Field(pattern=r"^[\w. -]+\.pdf$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    payers: tuple[Words, ...] = ()
    tracks: tuple[Track, ...] = ()
    fits: Fit
    fields: dict[str, FieldWords] = Field(min_length=1)
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @model_validator(mode="after")
    def _is_of_somebody(self) -> "PayerForm":
        if not (self.payers or self.tracks):
            raise ValueError("a form is of a payer, or of a kind of coverage")
        if not self.fits.letters:
            raise ValueError("a form is for some kind of letter")
        return self

    @property
    def name(self) -> str:
        """What it is called: its file without the ending."""
        return self.file.removesuffix(".pdf")


class FormLabel(Exemplified):
    """What labels of forms mean: ``say`` for a field of words, or ``tick`` for a box.

    ``labels`` are phrases without regard to case and signs; a label that has one of ``others`` in it is somebody
    else's: of a pharmacy, of a representative.
    """

    say: str = ""
    tick: Fit | None = None
    labels: tuple[Words, ...] = Field(min_length=1)
    others: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _means_one_thing(self) -> "FormLabel":
        names_in(self.say)
        if bool(self.say) == (self.tick is not None):
            raise ValueError("a label means words or a tick")
        return self


@cache
def load_form_labels() -> tuple[FormLabel, ...]:
    """Read ``models/packets/form_labels.yaml`` once. Raises ``UsageError`` naming the entry that is wrong."""
    return load_entries("packets/form_labels.yaml", FormLabel)
