"""X12 835 files: what is read, and what is refused with which code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import remittance_in, remittance_pages
from pipeline.read.triage import FileKind, kind_of
from pipeline.values.limits import Limits
from pipeline.values.remittance import ClaimAct
from tests.read.remittance_file import claim, line, remittance

WHOLE = remittance(
    [
        claim("C1", lines=[line(cas=["CO*50*1500"], remarks=["N115"])]),
        claim("C2", account="ACC-2", status="22", billed="-200", paid="-150", cas=["CO*45*-50"]),
    ],
    paid="-160.25", kept_back=["WO:C0*10.25", "72:C9*0"],
)  # fmt: skip


def read(data, **limits):
    return remittance_in(data, limits=Limits(**limits))


def code_of(data, **limits):
    with pytest.raises(DocumentError) as caught:
        read(data, **limits)
    return caught.value.code


def test_an_interchange_is_known_by_its_content_whatever_it_is_called():
    assert kind_of(WHOLE, Limits()) is FileKind.REMITTANCE
    assert kind_of(b"\xef\xbb\xbf\r\n" + WHOLE, Limits()) is FileKind.REMITTANCE
    assert kind_of(b"ISABELLA SAMPLE\nwas denied", Limits()) is FileKind.TEXT
    assert remittance_in(b"A letter.", limits=Limits()) is None


def test_claims_lines_and_what_is_kept_back():
    found = read(WHOLE)
    (payment,) = found.payments
    first, second = found.claims
    assert (payment.payer.name, payment.payee.number, payment.tin) == (
        "EXAMPLE MUTUAL HEALTH",
        "1234567893",
        "123456789",
    )
    assert (payment.amount, payment.trace, set(payment.days)) == ("-160.25", "EFT0001", {"2026-02-20"})
    assert [(k.code, k.reference, k.amount) for k in payment.kept_back] == [("WO", "C0", "10.25"), ("72", "C9", "0.00")]
    assert (first.claim_number, first.account_number, first.billed, first.paid) == ("C1", "ACC-1", "1500.00", "0.00")
    assert (first.patient.name, first.patient.number) == ("PAT SAMPLE", "W123456789")
    (only,) = first.lines
    assert (only.code, only.units, only.days, only.remarks) == ("J0585", "155", ("2026-01-05",), ("N115",))
    assert [(a.group, a.code, a.amount) for a in only.adjusted] == [("CO", "50", "1500.00")]
    assert (second.act, second.paid, second.adjusted[0].amount) == (ClaimAct.REVERSED, "-150.00", "-50.00")


def test_drugs_ranges_modifiers_policies_and_several_codes_of_one_adjustment():
    service = line(
        "HC:64615:50:59", day="20260105-20260107", cas=["CO*16*100*1*45*20**253*1.5", "PR*1*30"],
        more=["AMT*B6*900.4", "REF*0K*L33458"],
    )  # fmt: skip
    drug = line("N4:00023114501", billed="20")
    head = ["REF*F8*OLD1", "REF*G1*AUTH9", "REF*1L*GRP7", "MOA***MA01*N19", "DTM*232*20260101", "DTM*233*20260131"]
    (one,) = read(remittance([claim(lines=[service, drug], more=head)])).claims
    first, second = one.lines
    assert (first.code, first.modifiers, first.days) == ("64615", ("50", "59"), ("2026-01-05", "2026-01-07"))
    assert (first.allowed, first.policies) == ("900.40", ("L33458",))
    told = [(a.group, a.code, a.amount) for a in first.adjusted]
    assert told == [("CO", "16", "100.00"), ("CO", "45", "20.00"), ("CO", "253", "1.50"), ("PR", "1", "30.00")]
    assert (second.code, second.ndc) == (None, "00023114501")
    assert (one.earlier_number, one.authorization, one.group_number) == ("OLD1", "AUTH9", "GRP7")
    assert (one.remarks, one.days) == (("MA01", "N19"), ("2026-01-01", "2026-01-31"))


@pytest.mark.parametrize(("end", "between"), [("~", ""), ("~", "\r\n"), ("\n", ""), ("'", "\n")])
def test_any_terminator_and_any_line_end(end, between):
    assert len(read(remittance([claim(), claim("C2")], end=end, between=between)).claims) == 2


def test_every_line_of_a_page_is_a_segment_of_the_file():
    text = remittance_pages(read(WHOLE))
    assert len(text.pages) == 3
    told = [part for page in text.pages for part in text.content[page.start : page.end].split("\n")]
    sent = WHOLE.decode().replace("\n", "").split("~")
    assert set(told) <= set(sent)
    assert {part for part in sent if part.startswith(("CLP", "CAS", "SVC", "PLB", "NM1"))} <= set(told)


def test_what_is_no_day_or_amount_is_not_guessed():
    (one,) = read(remittance([claim(billed="1,500.00", paid="abc", lines=[line(day="20261345", billed="")])])).claims
    assert (one.billed, one.paid) == (None, None)
    assert (one.lines[0].days, one.lines[0].billed) == ((), None)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (WHOLE[:90], ProblemCode.INCOMPLETE),
        (WHOLE[: WHOLE.index(b"CLP*ACC-2")], ProblemCode.INCOMPLETE),
        (WHOLE[: WHOLE.index(b"IEA")], ProblemCode.INCOMPLETE),
        (WHOLE[: WHOLE.index(b"SE*")], ProblemCode.INCOMPLETE),
        (WHOLE.replace(b"CAS*CO*50*1500~\n", b""), ProblemCode.CORRUPT),
        (WHOLE.replace(b"GE*1*1", b"GE*2*1"), ProblemCode.CORRUPT),
        (WHOLE.replace(b"SE*", b"SE*9"), ProblemCode.CORRUPT),
        (WHOLE.replace(b"*00501*", b"*00999*"), ProblemCode.CORRUPT),
        (WHOLE.replace(b"GS*HP", b"SE*9*9~\nGS*HP"), ProblemCode.CORRUPT),
        (WHOLE.replace(b"N1*PR*", b"N1*PR*" + b"X" * 9_000), ProblemCode.CORRUPT),
        (WHOLE.replace(b"ST*835", b"ST*837"), ProblemCode.UNSUPPORTED_TYPE),
        (remittance([]), ProblemCode.EMPTY),
    ],
)  # fmt: skip
def test_a_file_that_lost_something_on_its_way_is_not_read_at_all(data, code):
    assert code_of(data) is code


def test_more_claims_or_lines_than_any_payer_sends_are_refused():
    assert code_of(remittance([claim(f"C{n}") for n in range(6)]), max_claims=5) is ProblemCode.TOO_MANY_PAGES
    assert code_of(remittance([claim(lines=[line()] * 2_100)])) is ProblemCode.TOO_LARGE


def test_other_transactions_in_the_same_file_are_passed_over():
    other = b"ST*999*0002~\nAK1*HC*1*005010X222A1~\nCLP*X*1*1*1~\nSE*4*0002~\n"
    both = WHOLE.replace(b"GE*1*1", other + b"GE*2*1")
    assert [one.claim_number for one in read(both).claims] == ["C1", "C2"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_ends_in_a_remittance_or_a_code(data):
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.integers(0, 40))
        content[at : at + cut] = data.draw(st.binary(max_size=12))
    try:
        found = remittance_in(bytes(content), limits=Limits())
    except DocumentError as problem:
        assert problem.code in ProblemCode
    else:
        assert found is None or all(one.page for one in found.claims)
