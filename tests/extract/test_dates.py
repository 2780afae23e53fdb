"""Dates by role: never the latest on the page, never one that belongs to another label."""

import pytest

from pipeline.extract.dates import find_dates
from pipeline.extract.labels import labelled
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def found(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return find_dates(reading, labelled(reading, KNOWLEDGE), knowledge=KNOWLEDGE)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Acme Health\n\nMarch 3, 2026\n\nDear Ms. Roe:\nWe decided on 03/09/2026.", "2026-03-03"),
        ("Acme Health          March 3, 2026\n\nDear Ms. Roe:", "2026-03-03"),
        ("Acme Health\n\nMarch 3, 2026          Appeal number: 8-2606-00417\n\nDear Supplier:", "2026-03-03"),
        ("Notice Date: 03/03/2026\nEffective date: 01/01/2026", "2026-03-03"),
        ("Date mailed: Tuesday, March 3, 2026", "2026-03-03"),
        ("Run date 2026.03.03\nDate received 02/01/2026", "2026-03-03"),
        ("REMIT DATE 03/03/2026", "2026-03-03"),
        ("03/05/2026 10:42 FROM: ACME FAX 8005550100 P.01/02\n\nMarch 3, 2026\n\nDear Ms. Roe:", "2026-03-03"),
        ("Worker: A. Roe     Injury date: 02/01/2024\nMailed 03/03/2026", "2026-03-03"),
        ("Decision date: 03/01/2026\nDate of notice: 03/03/2026", "2026-03-03"),
        ("Date        Code   Units\n07/08/2026  J0585  100\n", None),
        ("Dear Ms. Roe:\n\nOn March 3, 2026 you fell.", None),
        ("Valid from       01/02/2026\nValid to         07/01/2026\n", None),
        ("| Date of injury | 11/02/2024 |\n| Date of determination | 06/15/2026 |\n", "2026-06-15"),
        ("Acme\nPrinted 05/11/2026 09:14 AM\n\nClaim   5120098812\nStatus  Denied, 05/07/2026\n", "2026-05-07"),
        ("Acme\nSent 11 February 2026\nFor: A. Roe   born 3/3/1971\n", "2026-02-11"),
        ("Acme\nBenefit letter dated 4/30/2026\n", "2026-04-30"),
        ("Acme\nTo: Roe Hospital    FAX 614-555-0199\nDATE 1/9/26 4:42p\n", "2026-01-09"),
    ],
)
def test_letter_date(content, expected):
    date = found(content).letter_date
    assert (date.value if date else None) == expected


def test_two_labelled_dates_of_the_letter_are_not_sure():
    date = found("Notice date: 03/03/2026\nLetter date: 03/05/2026\n").letter_date
    assert not date.sure
    assert date.rejected[0].value == "2026-03-05"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Date of service: 03/03/2026", ["2026-03-03"]),
        ("Dates of service: 03/03/2026 - 03/05/2026", ["2026-03-03", "2026-03-05"]),
        ("From/through....04/08/26-04/09/26", ["2026-04-08", "2026-04-09"]),
        ("Date of Service: January 5-7, 2026", ["2026-01-05", "2026-01-07"]),
        ("From DOS 07/07/2025   To DOS 07/09/2025", ["2025-07-07"]),
        ("Claim 7712044: the MRI performed on January 5, 2026, by Dr. Roe is not covered.", ["2026-01-05"]),
        ("We reviewed the MRI performed on January 5, 2026, by Dr. Roe.", []),
        ("We got your bill for visits on 3/4/26 and 3/11/26.", ["2026-03-04", "2026-03-11"]),
        (
            "Treatment dates: 03/02, 03/04, 03/09 and 03/11/2026",
            ["2026-03-02", "2026-03-04", "2026-03-09", "2026-03-11"],
        ),
        ("You billed us for care given between September 1, 2026 and September 3, 2026.", ["2026-09-01", "2026-09-03"]),
        ("Claim for injections (64612) on 02/26/2026, Roe Wellness, $780.00: not paid.", ["2026-02-26"]),
        ("About: Claim GS-9901 / Mr. L. Roe / treated 18 March 2026", ["2026-03-18"]),
        ("The charge for your 3/4/26 visit is yours.", ["2026-03-04"]),
        ("DOS 02/11/2026  HCPCS J0585", ["2026-02-11"]),
        ("On 02/12/2026 we paid the claim for an injection given on 01/15/2026.", ["2026-01-15"]),
        ("We paid your claim on 02/12/2026.", []),
        ("Your coverage ended on 12/31/2025, so the bill is not paid.", []),
        ("Your claim came to us on 1 December 2026.", []),
        ("The surgery you asked for on 3/4/26 is not approved.", []),
        ("Services by Roe Chiropractic, 08/05/2025 to 08/26/2025", ["2025-08-05", "2025-08-26"]),
        ("A request was received on March 23, 2026.", []),
        ("in effect on the date of service.", []),
        ("IT CONCERNS THE CLAIM FOR THE ULTRASOUND OF JANUARY 5, 2026.", ["2026-01-05"]),
        ("You had a consultation on April 29, 2026, for which he asked $525.00.", ["2026-04-29"]),
        ("Claim 2525-0903-1177, May 18, 2026, Roe Acupuncture, $960.00", ["2026-05-18"]),
    ],
)
def test_dates_of_service(content, expected):
    values = [d.value for d in found(f"Acme Health\n\n{content}\n").dates_of_service]
    assert values == expected if len(expected) != 1 else values[:1] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The echo of 2/3/2026 (93351) is not paid.", ["2026-02-03"]),
        ("We looked at the records of the stress echo (93351) of 2/3/2026.", ["2026-02-03"]),
        ("93351 on 02/03/2026 and 02/05/2026", ["2026-02-03", "2026-02-05"]),
        ("02/03/2026      93351 AND 93000      $385.00", ["2026-02-03"]),
        ('{"dos": "2026-02-03", "cpt": "93351"}', ["2026-02-03"]),
        ("Your request of 2/3/2026 (93351) was read.", []),
        ("93000 AND 93351 ON MAY 5, 2026     CHARGES $560.00", ["2026-05-05"]),
        ("Member DOB:   02/03/1971     Service Codes:   93351", []),
        ("93351 was read; a letter of 2/3/2026 came.", []),
    ],
)
def test_days_beside_a_code(line, expected):
    content = f"Acme Health\n\n{line}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    dates = find_dates(reading, {}, knowledge=KNOWLEDGE, procedures=["93351"])
    assert [d.value for d in dates.dates_of_service] == expected


def test_tables_give_the_days_where_no_label_does():
    content = "Acme\n03/04/2026 64615\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    labels = labelled(reading, KNOWLEDGE)
    dates = find_dates(reading, labels, knowledge=KNOWLEDGE, days=[("2026-03-04", 5, 15)])
    assert [(d.value, d.text) for d in dates.dates_of_service] == [("2026-03-04", "03/04/2026")]


def test_a_received_stamp_and_a_fax_header_are_when_it_reached_us():
    assert found("RECEIVED MAR 05 2026\n\nAcme\n").received_date.value == "2026-03-05"
    assert found("Acme\nRequest received: 03/05/2026\n").received_date is None
    assert found("Acme\nRequest received: 03/05/2026\n").request_received_date.value == "2026-03-05"


def test_date_of_birth():
    assert found("DOB: 05/12/1978\n").date_of_birth.value == "1978-05-12"
