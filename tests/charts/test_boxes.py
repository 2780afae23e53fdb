"""Boxes of forms: what stands beside an empty box is printed and proves nothing, in whatever way the box is drawn."""

import pytest

from tests.charts.test_clinical_sentences import facts

FORMS = {
    "before": "Symptoms of migraine:\n[x] nausea\n[ ] photophobia\n[ ] phonophobia, which\nmay be with throbbing pain",
    "before, in a line": "Symptoms of migraine: [x] nausea [ ] photophobia [ ] phonophobia [ ] throbbing pain",
    "behind": "Migraine: nausea [x]   photophobia [ ]   phonophobia [ ]   throbbing pain [ ]",
    "round": "Migraine: (x) nausea ( ) photophobia ( ) phonophobia ( ) throbbing pain",
    "drawn": "Migraine: ☒ nausea ☐ photophobia □ phonophobia ☐ throbbing pain",
    "answers": "Migraine\nNausea: [x] Yes [ ] No\nPhotophobia: [ ] Yes [x] No\nPhonophobia: [ ] Yes [ ] No\n"
    "Throbbing pain: yes / no",
    "answers in a line": "Migraine\nNausea [x] Yes [ ] No  Photophobia [ ] Yes [x] No  Phonophobia [ ] Yes [ ] No",
}


@pytest.mark.parametrize("form", FORMS)
def test_only_what_is_ticked_is_said(form):
    plain = {f.name for f in facts(FORMS[form]) if f.context is None and f.kind == "symptom"}
    assert plain == {"nausea"}


def test_a_box_on_each_side_of_the_words_says_nothing():
    found = facts("Migraine nausea [ ] photophobia [x] phonophobia with attacks")
    assert [f.name for f in found if f.context is None and f.kind == "symptom"] == []


def test_an_unticked_trial_and_count_are_none_and_what_follows_the_form_is_read():
    note = (
        "[ ] 15 or more headache days per month\n[x] failed propranolol 120 mg for 3 months, no benefit\n"
        "[ ] failed topiramate 100 mg for 3 months,\nno benefit\n\nHPI: She takes rizatriptan 10 mg as needed."
    )
    plain = {(f.kind.value, f.drug) for f in facts(note) if f.context is None}
    assert plain == {("drug_trial", "propranolol"), ("current_drug", "rizatriptan")}
