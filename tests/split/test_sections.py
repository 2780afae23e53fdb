"""Letters one after another in a text file without page breaks: each found, and no letter torn."""

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.split import split

LANGUAGE = load_language(load_knowledge())


def letters(content):
    found = split(plain_pages(content), LANGUAGE)
    return [part.text for part in found.letters]


def record(member, number, day, claim, *, payer="Larkmoor Health"):
    return (
        f"From: {payer}\nDate: {day}\nMember: {member}\nMember ID: {number}\nClaim: {claim}\n"
        "Decision: Denied. The service was billed after the filing limit.\nAppeal: 60 days from this letter.\n"
    )


def prose(payer, day, who, number, *, why="the records do not show a trial of two other drugs", dear="Dear"):
    return (
        f"{payer}\nPO Box 44, Ames, IA 50010\n\n{day}\n\nRe: {who}, member ID {number}\n\n{dear} {who}:\n\n"
        f"We reviewed the request for an MRI of the knee. It is denied because {why}.\n"
        "You may appeal within 180 days of this letter.\n\nSincerely,\nUtilization Management\n"
    )


ONE = record("Orla Finch", "LM220145", "2026-02-03", "LC-88100")
TWO = record("Piet Amari", "LM330219", "2026-02-09", "LC-88207")
FIRST = prose("Marsh Valley Health Plan", "March 3, 2026", "Orla Finch", "MV-220145")
UNCOVERED = "it is not a covered benefit"
SECOND = prose("Marsh Valley Health Plan", "March 9, 2026", "Piet Amari", "MV-330219", why=UNCOVERED)
OTHER = prose("Copper Bay Insurance", "03/11/2026", "Nils Okoro", "CB 9912004")


@pytest.mark.parametrize(
    "content",
    [
        f"=== LETTER 1 ===\n{ONE}\n=== LETTER 2 ===\n{TWO}",
        f"### Letter 1\n\n{ONE}\n### Letter 2\n\n{TWO}",
        f"LETTER 1 OF 2\n\n{FIRST}\n\nLETTER 2 OF 2\n\n{SECOND}",
        f"# Test letters\n\n## Sample letter A: late claim\n{ONE}\n\n## Sample letter B: imaging\n{SECOND}",
        f"[Document #1]\n{ONE}\n[Document #2]\n{TWO}",
        f"--- Notice one ---\n{FIRST}\n--- Notice two ---\n{OTHER}",
        f"{ONE}\n-----\n{TWO}",
        f"{ONE}\n\n{TWO}",
        f"{FIRST}\n========================\n\n{SECOND}",
        f"{FIRST}\n- - - - - 8< - - - - -\n\n{OTHER}",
        f"{FIRST}\n\n{SECOND}",
        f"{FIRST}\n\n\n{OTHER}",
        f"{FIRST}\n***\n{FIRST.replace('March 3', 'June 8').replace('not show', 'still not show')}",
        "**Date:** 2026-02-03\n**Member:** Orla Finch\n**ID:** LM220145\n\nThe claim LC-88100 is denied as a duplicate "
        "of another.\n\n---\n\n**Date:** 2026-02-09\n**Member:** Piet Amari\n**ID:** LM330219\n\nThe claim LC-88207 is "
        "denied as it came too late for payment.\n",
        f"{ONE}\n<hr>\n{OTHER}",
    ],
    ids=range(15),
)
def test_a_second_letter_on_the_page_is_found(content):
    first, second = letters(content)
    assert [page.number for page in (*first.pages, *second.pages)] == [1, 1]
    for text, other in ((first, second), (second, first)):
        assert text.content in content
        assert text.content not in other.content
    assert ("Orla" in first.content, "Piet" in first.content or "Nils" in first.content) == (True, False)
    assert second.content.lstrip("#=-[* \n").startswith(
        ("LETTER 2", "Letter 2", "Sample letter B", "Document #2", "Notice two", "From:", "Marsh", "Copper", "Date:")
    )


def test_three_letters_and_one_over_a_page_break():
    found = letters(f"{ONE}\n{TWO}\n-----\n{FIRST}\fpage 2\nYou may ask for the criteria free of charge.\n")
    assert [[page.number for page in text.pages] for text in found] == [[1], [1], [1, 2]]


CLAIMS = (
    "Larkmoor Health\nExplanation of payment\nDate: 2026-02-03\n\n-----\nClaim 1\nMember: Orla Finch\nMember ID: "
    "LM220145\nClaim: LC-88100\nDate of service: 01/03/2026\nDenied: duplicate\n-----\nClaim 2\nMember: Piet Amari\n"
    "Member ID: LM330219\nClaim: LC-88207\nDate of service: 01/05/2026\nDenied: timely filing limit\n"
)


@pytest.mark.parametrize(
    "content",
    [
        FIRST,
        CLAIMS,
        # A letterhead over a rule, a reference block between rules, a form to send back.
        FIRST.replace("\n\nRe:", "\n----------\nRe:").replace("\n\nDear", "\n----------\n\nDear"),
        f"{FIRST}\n----------------\nAPPEAL REQUEST FORM\nDate: ____\nMember: ____\nMember ID: ____\nI want to appeal "
        "the decision because: ____\nSignature: ____ Phone: ____\n",
        # The call about it, under a rule.
        f"{FIRST}\n---\nNOTES\nDate: 03/12/2026\nCalled the plan about MV-220145 and spoke with Joan. She will look "
        "whether the notes came in by fax.\n",
        # A list of records asked for, counted.
        f"{FIRST}\nPlease send:\nDocument 1: office note of 02/01/2026\nDocument 2: report of an MRI of 02/11/2026\n",
        # A case told in its history.
        FIRST.replace(
            "You may",
            "History\n-------\nDate: 02/01/2026\nMember called about MV-220145.\n-------\nDate: 02/08/2026\nWe asked "
            "for notes about MV-220145.\n\nYou may",
        ),
        f"From: desk@larkmoor.example\nDate: 2026-03-04\nTo: billing\nSubject: FW: denial\n\nSee below, please.\n"
        f"----- Forwarded message -----\n{ONE}",
        # Sections in Markdown.
        f"# Denial\n\n{ONE}\n---\n\n## Your rights\n\nCall us. Appeals take 30 days.\n\n---\n\n## Letter history\n\n"
        "Letter 1 was sent on 2026-01-02.\n",
        # A letter of a person quoted in a decision.
        f"{FIRST}\nYou wrote to us:\nDear Plan:\nI am asking you to look again at my request MV-220145.\nSincerely,\n"
        "Orla Finch\n",
    ],
    ids=range(10),
)
def test_a_letter_is_not_torn(content):
    assert len(letters(content)) == 1


def test_the_claims_of_a_letter_that_has_not_closed_are_no_letters():
    claims = (
        "---\nDate: 2026-01-03\nClaim: LC-88100\nMember ID: MV-220145\nPatient: Orla Finch\nDenied as a duplicate of "
        "another claim that was paid before.\n\n---\nDate: 2026-01-09\nClaim: LC-88207\nMember ID: MV-330219\n"
        "Patient: Piet Amari\nDenied as it came after the filing limit of ninety days.\n"
    )
    head = "Date: 2026-03-03\nMarsh Valley\n\nDear Dr. Roe:\n\nWe denied these claims, each for its own reason.\n\n"
    assert len(letters(head + claims)) == 1


HEADED = """EVER BAY PLAN
PO Box 7, Elm, WA 98507

Mail Date: August 17, 2026

Ann Vale
8 Elm Way

Decision of our panel
{rule}

Client:        Ann Vale
Birth Date:    08/13/1964
Action Number: REF7996306

Dear Ann Vale:

We denied the brace for the right knee because nobody asked us first.

{more}
"""


@pytest.mark.parametrize("rule", ["=====================", "---------------------", "~~~~~~~~~~~~~~~~~~~~~"])
@pytest.mark.parametrize(
    "more",
    [
        "What you may do\n---------------\n\nAppeal by October 16, 2026. The number of the form is REF7996307.",
        "Regards,\nThe panel\n\nClaim sheet\n\nDate: August 3, 2026\nClaim: CL-550210\nBilled: $410.00.",
    ],
)
def test_underlined_heading_begins_no_letter(rule: str, more: str) -> None:
    """Nor does what follows a letter that greeted and greets nobody itself."""
    assert len(split(plain_pages(HEADED.format(rule=rule, more=more)), LANGUAGE).letters) == 1


def entitled(second: str) -> str:
    head = "BELLHAVEN HEALTH CARE                               July 15, 2026\n"
    return (
        f"{head}Notice of approval\n\nMember Ann Roe, BHC8827401\n"
        "Dr. Ada Quist asked for a knee replacement, 27447\n\n"
        "APPROVED, outpatient. Authorization BH-26-301144. Provider service 800-555-0153.\n\n"
        f"{head}{second}\n\nMember Ann Roe, BHC8827401\nRequest BH-26-301145, Dr. Ada Quist\n"
        "A pump for cold water, E0218\n\n"
        "NOT APPROVED. Ice does as well after this operation, so it is not medically necessary.\n"
    )


def test_the_same_head_over_another_title_begins_a_letter() -> None:
    assert len(letters(entitled("Notice of denial"))) == 2
    assert len(letters(entitled("Notice of approval"))) == 1
