"""Claims of electronic remittances as letters: what refuses, what is owed, what a person is asked about."""

import pytest

from pipeline.extract.remittance import remitted_letters
from pipeline.knowledge import load_knowledge
from pipeline.plan.threads import denies
from pipeline.read import remittance_in
from pipeline.values.letter import ELECTRONIC, FORESEEN, KEPT_BACK, REVERSAL, LetterKind
from pipeline.values.limits import Limits
from tests.read.remittance_file import claim, line, remittance

KNOWN = load_knowledge()


def letters(*claims, **more):
    found = remittance_in(remittance(claims, **more), limits=Limits())
    assert found is not None
    return remitted_letters(found, "d" * 64, known=KNOWN)


def only(one, **more):
    (letter, *_), _ = letters(one, **more)
    return letter


def categories(letter):
    return [reason.category.value for reason in letter.denial_reasons]


def asked(letter):
    return [note.field for note in letter.needs_review]


def test_a_refused_line_is_a_denial_with_every_value_sure_and_its_segment():
    letter = only(claim(lines=[line(cas=["CO*50*1500"], remarks=["N115"])]))
    assert (letter.kind, letter.subtype, denies(letter)) == (LetterKind.REMITTANCE, ELECTRONIC, True)
    assert (categories(letter), letter.denial_reasons[0].lines) == (["medical_necessity"], (0,))
    told = {
        name: getattr(letter, name).value
        for name in ("payer", "member_name", "member_id", "claim_number", "patient_account_number", "letter_date",
                     "billed_amount", "denied_amount", "patient_responsibility", "provider_npi", "tin")
    }  # fmt: skip
    assert told == {
        "payer": "EXAMPLE MUTUAL HEALTH", "member_name": "PAT SAMPLE", "member_id": "W123456789",
        "claim_number": "2026010100001", "patient_account_number": "ACC-1", "letter_date": "2026-02-20",
        "billed_amount": "1500.00", "denied_amount": "1500.00", "patient_responsibility": "0.00",
        "provider_npi": "1234567893", "tin": "123456789",
    }  # fmt: skip
    assert (letter.claim_number.sure, letter.dates_of_service[0].text) == (True, "DTM*472*20260105")
    assert [(code.group, code.value) for code in letter.carc] == [("CO", "50")]
    assert asked(letter) == []


def test_an_adjustment_of_the_whole_claim_refuses_like_one_of_a_line():
    letter = only(claim(cas=["CO*197*1500"], more=["DTM*232*20260105"]))
    assert categories(letter) == ["no_prior_auth"]
    (entry,) = letter.claims
    assert [(one.billed, one.paid, one.outcome) for one in entry.lines] == [("1500.00", "0.00", "denied")]
    assert [day.value for day in letter.dates_of_service] == ["2026-01-05"]
    assert letter.denied_amount.value == "1500.00"


@pytest.mark.parametrize(
    ("cas", "paid"),
    [
        (["CO*45*600"], "900"),
        (["CO*45*600", "PR*1*100**2*80**3*20"], "700"),
        (["PR*1*1500"], "0"),
        (["CO*253*30", "CO*45*470"], "1000"),
    ],
)
def test_a_contractual_cut_or_the_patients_share_refuses_nothing(cas, paid):
    letter = only(claim(paid=paid, lines=[line(paid=paid, cas=cas)]))
    assert not denies(letter)
    assert (letter.denied_amount, asked(letter)) == (None, [])


def test_part_of_a_line_can_be_refused():
    letter = only(claim(paid="500", lines=[line(paid="500", cas=["CO*151*700*1*45*300"])]))
    assert (categories(letter), letter.denied_amount.value) == (["quantity_limit"], "700.00")
    assert letter.claims[0].lines[0].outcome == "partial"


def test_a_refusal_of_one_line_is_tied_to_it_alone():
    letter = only(claim(paid="900", billed="2000", lines=[
        line("HC:64615", billed="500", cas=["CO*97*500"]), line(paid="900", cas=["CO*45*600"]),
    ]))  # fmt: skip
    assert [(reason.category.value, reason.lines) for reason in letter.denial_reasons] == [("bundling", (0,))]
    assert [one.outcome for one in letter.claims[0].lines] == ["denied", "paid"]
    assert letter.denied_amount.value == "500.00"


def test_what_an_earlier_payer_decided_is_no_denial_of_a_secondary_claim():
    primary = only(claim(status="1", lines=[line(cas=["OA*23*1500"])]))
    secondary = only(claim(status="2", paid="300", lines=[line(paid="300", cas=["OA*23*1200"])]))
    assert (categories(primary), categories(secondary)) == (["cob_other_payer"], [])


def test_a_reversal_denies_nothing_and_is_asked_about_unless_the_claim_is_decided_anew():
    taken = line(billed="-1500", paid="-900", cas=["CO*45*-600"])
    back = claim("OLD", status="22", billed="-1500", paid="-900", lines=[taken])
    again = claim("NEW", status="1", more=["REF*F8*OLD"], lines=[line(cas=["CO*50*1500"])])
    alone = only(back)
    assert (alone.subtype, denies(alone), asked(alone)) == (REVERSAL, False, ["kind"])
    (first, second), _ = letters(back, again, paid="-900")
    assert (denies(first), asked(first)) == (False, [])
    assert categories(second) == ["medical_necessity"]
    assert [one.value for one in second.claim_number.rejected] == ["OLD"]


def test_a_predetermination_pays_and_denies_nothing():
    letter = only(claim(status="25", billed="0", cas=["OA*101*0"]))
    assert (letter.subtype, denies(letter)) == (FORESEEN, False)


def test_a_claim_refused_for_a_reason_that_no_code_tells_is_a_denial_that_a_person_is_asked_about():
    for one in (claim(status="4", cas=["CO*45*1500"]), claim(lines=[line(cas=["CO*999*1500"])])):
        letter = only(one)
        assert (letter.kind, categories(letter)) == (LetterKind.DENIAL, [])
        assert "denial_reasons" in asked(letter)


def test_codes_that_say_too_little_are_asked_about_where_nothing_was_paid():
    assert asked(only(claim(lines=[line(cas=["CO*95*1500"])]))) == ["denial_reasons"]
    assert asked(only(claim(paid="1500", lines=[line(paid="1500", cas=["CO*95*0"])]))) == []


def test_an_adjustment_by_a_code_that_is_not_listed_is_asked_about_on_a_paid_claim():
    assert asked(only(claim(paid="900", lines=[line(paid="900", cas=["CO*999*600"])]))) == ["carc"]


def test_amounts_that_do_not_add_up_are_asked_about():
    assert "billed_amount" in asked(only(claim(paid="900", lines=[line(paid="900", cas=["CO*45*500"])])))


def test_a_payment_is_a_letter_only_where_there_is_something_to_say():
    found, unassigned = letters(claim(paid="900", lines=[line(paid="900", cas=["CO*45*600"])]), paid="900")
    assert (len(found), [one.number for one in unassigned]) == (1, [2])
    found, unassigned = letters(
        claim(paid="900", lines=[line(paid="900", cas=["CO*45*600"])]), paid="890", kept_back=["WO:C0*10"]
    )
    assert (found[-1].subtype, found[-1].pages, unassigned) == (KEPT_BACK, (2,), ())
    (note,) = found[-1].needs_review
    assert note.why == "10.00 was kept back (WO: overpayment recovered), about C0"
    assert (found[-1].kind, [(c.claim_number, c.lines[0].paid) for c in found[-1].claims]) == (
        LetterKind.OVERPAYMENT_DEMAND, [("C0", "-10.00")],
    )  # fmt: skip
    found, _ = letters(claim(paid="900", lines=[line(paid="900", cas=["CO*45*600"])]), paid="880", kept_back=["L6*-3"])
    assert asked(found[-1]) == ["billed_amount"]
    assert (found[-1].kind, found[-1].claims) == (LetterKind.REMITTANCE, ())


@pytest.mark.parametrize("kept", ["72:C1*50", "L6*-3", "IR*5", "WO:C1*-50", "WO:C1*0"])
def test_what_is_kept_back_for_another_reason_or_given_back_is_no_demand(kept):
    found, _ = letters(claim("C1"), paid="0", kept_back=[kept])
    assert not [one for one in found if one.kind is LetterKind.OVERPAYMENT_DEMAND]


def test_a_claim_of_the_same_payment_says_whose_money_was_taken_back():
    found, _ = letters(
        claim("C9", account="ACC-9", status="22", billed="-1500", paid="-900", cas=["CO*45*-600"]), claim("C2"),
        paid="-950", kept_back=["WO:C9 ACC-9*40", "WO:C7*10"],
    )  # fmt: skip
    told = [(c.claim_number, c.member_id, c.patient_account_number, c.lines[0].paid) for c in found[-1].claims]
    assert told == [("C9", "W123456789", "ACC-9", "-40.00"), ("C7", None, None, "-10.00")]


def test_a_payer_is_known_only_where_its_name_means_just_one():
    assert only(claim(), payer="AETNA LIFE INSURANCE").payer_id == "aetna"
    assert only(claim(), payer="AETNA AND HUMANA").payer_id is None


def test_the_payers_correction_of_a_member_number_stands_beside_it():
    letter = only(claim(more=["NM1*74*1******C*W999"], lines=[line(cas=["CO*31*1500"])]))
    assert (letter.member_id.value, [one.value for one in letter.member_id.rejected]) == ("W123456789", ["W999"])


def test_every_letter_goes_both_ways_as_json():
    from pipeline.values.contract import from_json, to_json
    from pipeline.values.letter import Letter

    for one in letters(claim(lines=[line(cas=["CO*50*1500"])]), claim("C2"), paid="5", kept_back=["WO:X*5"])[0]:
        assert from_json(Letter, to_json(one)) == one
