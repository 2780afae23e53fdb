"""A form is filled from what the case proves and from nothing else, and every viewer shows what was written."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest

from pipeline.errors import UsageError
from pipeline.knowledge.forms import FieldWords, Fit, PayerForm
from pipeline.output.packet import brief_of, unsupported
from pipeline.output.packet.items import Brief
from pipeline.output.payer_form import (
    Kept,
    add_form,
    confirmed,
    fill_form,
    form_fields,
    form_for,
    load_forms,
    with_form,
)
from pipeline.output.payer_form.drawing import Writing, size_of
from pipeline.values.packet import Draft, Matter
from pipeline.values.payer_form import FilledForm
from tests.output.packet.cases import LETTERS, POLICIES, draft_of, drawn
from tests.output.payer_form.forms import drawn_form, turned, with_scripts
from tests.plan.letters import KNOWLEDGE

FORM = drawn_form()
MAPPED = {
    "f1": FieldWords(label="Member's name", say="{member_name}"),
    "f2": FieldWords(label="Member ID", say="{member_id}"),
    "f3": FieldWords(label="Claim number", say="{claim_number}"),
    "f4": FieldWords(label="Phone", say="{practice_phone}"),
    "f6": FieldWords(label="Pharmacy fax"),
    "f7": FieldWords(label="Date of birth", say="{date_of_birth}"),
    "f8": FieldWords(label="Denial date", say="{letter_date}"),
    "f9": FieldWords(label="Service", say="{service} ({procedures})"),
    "f10": FieldWords(label="Signature of the member"),
    "b1": FieldWords(label="First level", tick=Fit(letters=("first_appeal",))),
    "b2": FieldWords(label="Expedited", tick=Fit(letters=("expedited",))),
    "c1": FieldWords(label="Answer by", choose={"Fax": Fit(letters=("first_appeal",)), "Mail": Fit(levels=(2,))}),
    "r1": FieldWords(label="When", choose={"pre": Fit(when=("before_service",)), "post": Fit(when=("after_service",))}),
}


def form(data: bytes = FORM, **more: object) -> PayerForm:
    known = {
        "file": "appeal.pdf", "sha256": hashlib.sha256(data).hexdigest(), "payers": ("lanternhill",),
        "fields": MAPPED,
        "fits": Fit(letters=("first_appeal", "second_level")), "confirmed_by": "ida",
        "confirmed_on": date(2026, 11, 27),
    }  # fmt: skip
    return PayerForm.model_validate(known | more)


def brief(matter: Matter) -> Brief:
    return brief_of(matter, knowledge=KNOWLEDGE, letters=LETTERS, policies=POLICIES)


@pytest.fixture(scope="module")
def matter() -> Matter:
    """A drawn case of the payer before the service, so that there is no claim number."""
    return next(
        m for seed in range(60)
        if (m := drawn(seed)).letter.payer.value == "Lanternhill Health Plan" and m.letter.claim_number is None
        and m.letter.member_name.value.isascii() and m.task.level == 1
    )  # fmt: skip


@pytest.fixture(scope="module")
def draft(matter: Matter) -> Draft:
    return draft_of(matter, "first_appeal")


@pytest.fixture(scope="module")
def made(matter: Matter, draft: Draft) -> FilledForm:
    return fill_form(form(), FORM, draft, brief(matter))


def text_of(data: bytes) -> str:
    with pdfium.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_what_the_case_says_stands_in_its_field_and_nothing_in_the_others(made, matter):
    said = {s.label: s.text for s in made.block.sentences}
    assert said["Member's name"] == matter.letter.member_name.value
    assert said["Date of birth"] == "03/04/1979"
    assert said["Phone"] == "(555) 010-0101"
    assert "Claim number" not in said
    assert {"Claim number", "Pharmacy fax", "Signature of the member"} <= set(made.empty)
    assert made.required == ("Signature of the member",)
    text = text_of(made.flat)
    assert said["Member's name"] in text
    assert "onabotulinumtoxinA" in text
    assert "11092026" in "".join(text.split()), "a comb has a cell for each digit"
    with pikepdf.open(io.BytesIO(made.open)) as pdf:
        values = {f.fully_qualified_name: f.value_as_string for f in pdf.acroform.fields}
    assert values["f3"] == values["f6"] == values["f10"] == ""
    assert values["f8"] == "11092026"


def test_boxes_and_choices_hold_what_fits_the_letter_and_the_case(made, matter, draft):
    with pikepdf.open(io.BytesIO(made.open)) as pdf:
        field = {f.fully_qualified_name: f for f in pdf.acroform.fields}
        assert field["b1"].is_checked
        assert not field["b2"].is_checked
        assert field["c1"].value_as_string == "Fax"
        assert str(pdf.acroform.get_fields_with_qualified_name("r1").pop().value) == "/pre"
    second = fill_form(form(), FORM, replace(draft, kind="second_level"), brief(matter))
    with pikepdf.open(io.BytesIO(second.open)) as pdf:
        field = {f.fully_qualified_name: f for f in pdf.acroform.fields}
        assert not field["b1"].is_checked
        assert field["c1"].value_as_string == "Mail", "nothing fits, so the form's own stays"


def test_both_files_are_sound_and_act_by_themselves_no_more(matter, draft):
    data = with_scripts(FORM)
    one = fill_form(form(data), data, draft, brief(matter))
    two = fill_form(form(data), data, draft, brief(matter))
    assert (one.flat, one.open) == (two.flat, two.open)
    for file in (one.flat, one.open):
        with pikepdf.open(io.BytesIO(file)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
            assert b"JavaScript" not in b"".join(bytes(o.unparse(resolved=True)) for o in pdf.objects if "/S" in str(o))
    with pikepdf.open(io.BytesIO(one.flat)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert all(not len(page.get("/Annots", [])) for page in pdf.pages)
    with pikepdf.open(io.BytesIO(one.open)) as pdf:
        assert "/XFA" not in pdf.Root.AcroForm
        assert not pdf.Root.AcroForm.NeedAppearances, "a viewer draws nothing anew"
        shown = {str(f.T): f.AP.N for f in pdf.Root.AcroForm.Fields if "/T" in f and "/V" in f and f.FT == "/Tx"}
        embedded = shown["f1"].Resources.Font
        assert any("/FontFile2" in font.get("/FontDescriptor", {}) for font in embedded.values())


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_ink_lies_where_the_field_lies_however_the_page_is_turned(matter, draft, angle):
    data = turned(FORM, angle)
    made, blank = (
        fill_form(form(data, fields={"f1": words}), data, draft, brief(matter))
        for words in (MAPPED["f1"], FieldWords())
    )
    box = next(one.box for one in form_fields(data, file="a.pdf") if one.name == "f1")
    changed = np.argwhere(ink(made.flat) != ink(blank.flat)) / 2
    assert len(changed) > 50
    assert changed[:, 0].min() >= box.top - 1
    assert changed[:, 0].max() <= box.bottom + 1
    assert changed[:, 1].min() >= box.x0 - 1
    assert changed[:, 1].max() <= box.x1 + 1


def test_a_filled_field_keeps_the_border_that_its_maker_drew(matter, draft, made):
    blank = fill_form(form(fields={"f1": FieldWords()}), FORM, draft, brief(matter))
    box = next(one.box for one in form_fields(FORM, file="a.pdf") if one.name == "f1")
    row = slice(round(box.x0 * 2) + 4, round(box.x1 * 2) - 4)
    for data in (blank.flat, made.flat):
        edge = ink(data)[round(box.top * 2) - 2 : round(box.top * 2) + 4, row]
        assert edge.any(axis=0).mean() > 0.9


def ink(data: bytes) -> np.ndarray:
    with pdfium.PdfDocument(data) as pdf:
        return np.array(pdf[0].render(scale=2).to_pil().convert("L")) < 128


@pytest.mark.parametrize("name", ["Łucja Wiśniewska", "Nguyễn Thị Hạnh", "Petronella O’Vance"])
def test_names_of_every_latin_script_are_shown(matter, draft, name):
    letter = replace(matter.letter, member_name=replace(matter.letter.member_name, value=name))
    made = fill_form(form(), FORM, draft, brief(replace(matter, letter=letter)))
    assert name in text_of(made.flat)


def test_what_does_not_fit_is_left_out_and_told_never_cut(matter, draft):
    long = "Bartholomew " * 12
    letter = replace(matter.letter, member_name=replace(matter.letter.member_name, value=long))
    made = fill_form(form(), FORM, draft, brief(replace(matter, letter=letter)))
    assert made.too_long == ("Member's name",)
    assert "Bartholomew" not in text_of(made.flat)
    told = with_form(draft, made)
    assert "too long for the payer's form, write it in by hand: Member's name" in told.gaps
    assert "the payer's form demands: Signature of the member" in told.gaps
    assert not told.ready
    assert any("Claim number" in note for note in told.notes)
    assert size_of(Writing(text="W" * 70, width=300, height=12)) is None
    assert size_of(Writing(text="W" * 4, width=300, height=12)) == 9


def test_values_of_a_form_are_audited_and_go_when_their_source_goes(made, matter, draft):
    told = with_form(draft, made)
    assert unsupported(told, matter, known=LETTERS) == ()
    without = replace(matter, letter=replace(matter.letter, member_id=None), on_file=None)
    assert any("payer_form" in fault for fault in unsupported(told, without, known=LETTERS))
    again = fill_form(form(), FORM, draft, brief(without))
    assert "Member ID" in again.empty
    assert matter.letter.member_id.value not in text_of(again.flat)


def test_a_form_is_for_its_payer_its_letters_and_its_levels(matter):
    def chosen(kind: str = "first_appeal", **more: object) -> bool:
        return form_for(kind, matter, (Kept(form(**more), FORM),), brief(matter)) is not None

    assert chosen()
    assert not chosen("expedited")
    assert not chosen(payers=("somebody else",))
    assert not chosen(fits=Fit(letters=("first_appeal",), levels=(2,)))
    assert chosen(fits=Fit(letters=("first_appeal",), levels=(1,)))
    assert chosen(payers=(), tracks=(matter.task.track,))
    assert not chosen(payers=(), tracks=("original_medicare",))


def test_a_mapping_holds_for_the_bytes_that_somebody_looked_through(tmp_path):
    add_form(tmp_path, form(confirmed_by=None, confirmed_on=None), FORM)
    (kept,) = load_forms(tmp_path)
    assert not kept.holds
    add_form(tmp_path, confirmed(kept, dict(MAPPED), by="ida", on=date(2026, 11, 27)), FORM)
    (kept,) = load_forms(tmp_path)
    assert kept.holds
    assert kept.form.fields["b1"].tick == Fit(letters=("first_appeal",))
    assert (tmp_path / "appeal.pdf").stat().st_mode & 0o777 == 0o600
    (tmp_path / "appeal.pdf").write_bytes(FORM + b"\n% another edition\n")
    assert not load_forms(tmp_path)[0].holds


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"fields": {"f1": FieldWords(say="{nobody}")}}, "nothing fills {nobody}"),
        ({"fits": Fit(letters=("love_letter",))}, "there is no letter love_letter"),
        ({"fields": {"b1": FieldWords(tick=Fit(when=("full_moon",)))}}, "there is no condition full_moon"),
    ],
)
def test_a_mapping_that_names_what_there_is_not_is_refused(tmp_path, wrong, why):
    with pytest.raises(UsageError) as refusal:
        add_form(tmp_path, form(**wrong), FORM)
    assert why in refusal.value.why
    assert not list(tmp_path.iterdir())


def test_what_is_no_fillable_pdf_is_refused(matter, draft, tmp_path: Path):
    out = io.BytesIO()
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(out)
    for data, why in ((b"no pdf", "no sound PDF"), (out.getvalue(), "no fields")):
        with pytest.raises(UsageError) as refusal:
            form_fields(data, file="a.pdf")
        assert why in refusal.value.why
    with pytest.raises(UsageError) as refusal:
        fill_form(form(fields={"zz": FieldWords(say="{payer}")}), FORM, draft, brief(matter))
    assert "it has no field zz" in refusal.value.why
