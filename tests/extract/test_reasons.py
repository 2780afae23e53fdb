"""Reasons are what the payer says of this decision: no wrap, capital or scan hides them, no rights text adds any."""

import pytest

from pipeline.extract.codes import find_codes
from pipeline.extract.reasons import find_reasons
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def reasons(body: str, method: Method = Method.TEXT):
    content = f"Dear Dr. Example:\n\nWe denied your request.\n\n{body}\n\nSincerely,\n"
    page = Page(1, method, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return find_reasons(reading, LANGUAGE, codes=find_codes(reading, LANGUAGE)).stated


def categories(body: str, method: Method = Method.TEXT) -> set[str]:
    return {reason.category.value for reason in reasons(body, method)}


def test_a_line_wrap_hides_nothing():
    body = (
        "After review we have determined that the requested treatment is not\nmedically necessary for your condition."
    )
    (reason,) = reasons(body)
    assert reason.category.value == "medical_necessity"
    assert "not\nmedically necessary" in reason.text


def test_capitals_are_read():
    assert categories("DETERMINATION: DENIED - NOT MEDICALLY NECESSARY") == {"medical_necessity"}


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("The service is not medica1ly necessary.", "medical_necessity"),
        ("Prior authorizatlon was not obtained.", "no_prior_auth"),
        ("The drug is considered experimenta1 and investigationa1.", "experimental"),
    ],
)
def test_a_misread_word_is_read_on_a_scan_and_believed_less(sentence, category):
    (reason,) = reasons(sentence, Method.OCR)
    assert reason.category.value == category
    assert reason.confidence < 0.85


@pytest.mark.parametrize(
    "sentence",
    [
        "You have the right to appeal if you believe that the service is medically necessary.",
        "If the service had been experimental, other rights would apply.",
        "We cover this drug when it is medically necessary.",
        "This does not mean that your treatment is not needed.",
        "You may submit office notes that show a trial of two preventive drugs.",
        "Failure to obtain prior authorization may result in a denial.",
        "Coverage is subject to the terms, limitations and exclusions of your plan.",
        "An independent reviewer decides whether a treatment is experimental.",
        "[ ] The claim is a duplicate.",
        "Prior Authorization on File: AUTH-12345",
    ],
)
def test_what_is_no_reason(sentence):
    assert categories(sentence) == set()


def test_records_that_do_not_show_a_trial_are_no_missing_records():
    assert categories("The records do not show a trial of two preventive medications.") == {"step_therapy"}


def test_missing_records_are():
    assert categories("The medical records that we asked for were not received.") == {"insufficient_documentation"}


def test_a_decided_appeal_speaks_of_this_case():
    assert categories("We upheld the denial of your appeal because the treatment is experimental.") == {"experimental"}


def test_a_bare_criteria_statement_yields_to_what_is_said_in_particular():
    body = "The request does not meet the criteria of the policy.\n\nStep therapy was not completed."
    assert categories(body) == {"step_therapy"}


def test_a_code_stands_for_a_reason_and_the_text_is_preferred_as_its_place():
    (reason,) = reasons("The service is not medically necessary. Denial code: CO-50.")
    assert reason.rule == "dr.medical_necessity"
    (coded,) = reasons("Denial code: CO-197.")
    assert (coded.category.value, coded.rule, coded.text) == ("no_prior_auth", "code.197", "CO-197")


def test_a_generic_code_decides_only_where_nothing_else_does():
    assert categories("CARC 16. Remark M127.") == {"insufficient_documentation"}
    assert categories("CARC 16.") == {"admin_missing_claim_data"}


def test_a_contractual_reduction_is_no_reason():
    assert categories("CO-45") == set()


def test_an_appeal_that_came_late_is_said_where_appeals_are_spoken_of():
    body = "Your appeal was dismissed because it was received after the 60-day deadline."
    assert categories(body) == {"appeal_untimely"}
    assert categories("Your appeal must be received within 60 days or it will be dismissed as untimely.") == set()


def test_several_reasons_come_in_order_of_place():
    body = "1. Prior authorization was not obtained.\n\n2. The claim was received after the timely filing limit."
    assert [r.category.value for r in reasons(body)] == ["no_prior_auth", "timely_filing"]


@pytest.mark.parametrize(
    ("sentences", "category"),
    [
        ("You must send a waiver of liability to appeal for the patient. We did not get one.", "standing_defect"),
        ("The policy asks for a BMI of 40 or more. The chart shows only 36.", "criteria_not_met"),
    ],
)
def test_two_sentences_say_together_what_neither_says_alone(sentences, category):
    first, second = sentences.split(". ", 1)
    assert category in categories(sentences)
    assert category not in categories(f"{first}.")
    assert category not in categories(second)


def test_a_requirement_that_is_met_is_no_reason():
    assert (
        categories("The policy asks for a BMI of 40 or more. The chart shows 42 and the requirement is met.") == set()
    )


def test_beside_a_tick_stands_what_was_not_met():
    ticked = categories("[X] Prescribed by, or in consultation with, a neurologist.")
    assert ticked == {"criteria_not_met"}
    assert categories("[ ] Prescribed by, or in consultation with, a neurologist.") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not question that the treatment is medically necessary.",
        "We did not review whether the operation is medically necessary.",
        "There is no exception for medical need.",
        "Your doctor reported that you tried topiramate and propranolol without relief.",
        "The last day to file an appeal is March 4, 2027.",
        "You do not need a referral to see a midwife.",
        "Your provider administers the pharmacy benefit of this plan.",
    ],
)
def test_what_is_granted_or_left_open_is_no_reason(sentence):
    assert categories(sentence) == set()


def test_a_code_of_two_senses_follows_the_text():
    text = "Injections may not be repeated sooner than 84 days. CARC 119 applies."
    assert categories(text) == {"quantity_limit"}
    assert categories("CARC 119 applies.") == {"benefit_maximum"}


def test_the_questions_of_a_list_of_common_ones_give_no_reason():
    assert categories("Q. My claim was denied as a duplicate of one already paid.\n\nA. Send the record.") == set()
    assert categories("This claim was denied as a duplicate of one already paid.") == {"duplicate"}
