"""Nothing is stated that the file does not prove, and what is gone from the chart is gone from the letter."""

import json
import re
from dataclasses import replace

import pytest

from pipeline.output.packet import unsupported
from pipeline.output.packet.files import sources_json
from pipeline.output.packet.parts import day, money, quoted, telephone
from pipeline.values.chart import Fact, FactKind
from pipeline.values.contract import to_json
from pipeline.values.letter import KEPT_BACK, ClaimEntry, ServiceLine
from pipeline.values.packet import Draft, Matter, Part, Role, Sentence, SourceKind
from pipeline.values.practice import Clinician
from pipeline.values.task import Action, Standing
from pipeline.values.vocabulary import Channel, LetterKind, ServiceTiming
from tests.output.packet.cases import LETTERS, PRACTICE, draft_of, drawn, for_action, matter_of, words_of
from tests.plan.letters import found

CASES = 200
pytestmark = pytest.mark.slow
POINTER = r"[^;:]+, as quoted above \([^)]+\)"
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_DRUGS = ("topiramate", "propranolol", "amitriptyline", "verapamil", "erenumab", "nadolol", "timolol")


@pytest.fixture(scope="module")
def drafts() -> list[tuple[Matter, Draft]]:
    return [(matter := drawn(seed), draft_of(matter)) for seed in range(CASES)]


def stated(draft: Draft) -> list[Sentence]:
    return [
        s
        for block in draft.blocks
        for s in block.all_sentences()
        if any(p.role in (Role.VALUE, Role.QUOTE) for p in s.parts)
    ]


def everything_on_file(matter: Matter) -> str:
    """All that letter, chart, practice and knowledge say, days and numbers written out too; no part of the draft."""
    raw = json.dumps(
        [to_json(v) for v in (matter.letter, matter.on_file, PRACTICE)]
        + [[r.statement, r.source.policy] for r in matter.requirements]
        + [[a.says, a.cite] for a in LETTERS.authorities] + [[r.says, r.cite] for r in LETTERS.rights],
        ensure_ascii=False,
    )  # fmt: skip
    written = [day(d) for d in re.findall(r"\d{4}-\d\d-\d\d", raw)] + [money(d) for d in re.findall(r"\d+\.\d\d", raw)]
    return " ".join([raw, *written, *(telephone(d) for d in re.findall(r"\d{10}", raw))])


def test_every_statement_of_200_cases_carries_a_source_and_stands_in_the_file(drafts):
    sentences = 0
    for matter, draft in drafts:
        assert unsupported(draft, matter, known=LETTERS) == ()
        on_file = everything_on_file(matter)
        for sentence in stated(draft):
            sentences += 1
            assert sentence.sources, sentence.text
            said = "".join(p.text for p in sentence.parts if p.role in (Role.VALUE, Role.QUOTE, Role.WORDS))
            for number in _NUMBER.findall(said):
                assert number in on_file, (number, sentence.text)
            for drug in _DRUGS:
                assert drug not in said or drug in on_file
    assert sentences > 20 * CASES


def test_words_without_a_source_hold_no_number_and_no_medicine(drafts):
    for _, draft in drafts:
        for block in draft.blocks:
            for sentence in block.all_sentences():
                plain = "".join(p.text for p in sentence.parts if p.role is Role.WORDS)
                if block.name != "enclosures":  # which counts pages
                    assert not re.search(r"\d", plain), plain
                assert not any(drug in plain for drug in _DRUGS), plain


def test_what_is_said_of_others_is_in_no_letter(drafts):
    assert any("STRAY" in fact.text for matter, _ in drafts for fact in matter.on_file.chart.facts)
    assert not [draft for _, draft in drafts if "STRAY" in words_of(draft)]


def test_a_fact_taken_from_the_chart_is_gone_from_the_letter(drafts):
    removed = 0
    for matter, draft in drafts[:80]:
        quoted = {s for one in stated(draft) for s in one.sources if s.kind.value == "fact"}
        for source in sorted(quoted, key=lambda s: (s.file_name, s.text))[:4]:
            facts = tuple(f for f in matter.on_file.chart.facts if f.text != source.text)
            on_file = replace(matter.on_file, chart=replace(matter.on_file.chart, facts=facts))
            stale = replace(matter, on_file=on_file)  # the task still believes in it
            anew = matter_of(matter.letter, on_file)
            for without in (stale, anew):
                assert source.text.lstrip("- ") not in words_of(draft_of(without)), source.text
            removed += 1
    assert removed > 90


def test_the_audit_finds_what_it_is_there_for(drafts):
    """An audit that finds nothing whatever is written would pass the tests above."""
    matter, draft = next((m, d) for m, d in drafts if any(p.role is Role.QUOTE for s in stated(d) for p in s.parts))
    sentence = next(s for s in stated(draft) if any(p.role is Role.QUOTE for p in s.parts))
    block = next(b for b in draft.blocks if sentence in b.sentences or any(sentence in row for row in b.rows))

    def with_part(part: Part) -> Draft:
        forged = replace(block, sentences=(Sentence(parts=(part,)),), rows=())
        return replace(draft, blocks=(forged,))

    source = sentence.sources[0]
    assert unsupported(with_part(Part(text="“never said”", role=Role.QUOTE, sources=(source,))), matter, known=LETTERS)
    assert unsupported(with_part(Part(text="42 days", role=Role.VALUE, sources=(source,))), matter, known=LETTERS)
    assert unsupported(with_part(Part(text="one thing", role=Role.VALUE)), matter, known=LETTERS)
    gone = replace(source, ref="x#y", file_name="other.pdf")
    assert unsupported(with_part(Part(text=source.text, role=Role.VALUE, sources=(gone,))), matter, known=LETTERS)


@pytest.mark.parametrize("action", [a for t in LETTERS.templates for a in t.actions], ids=lambda a: a.value)
def test_every_action_that_writes_has_a_letter_of_its_own(action: Action, drafts):
    matter = for_action(drafts[0][0], action)
    draft = draft_of(matter)
    assert LETTERS.for_action(action).title == draft.title
    assert unsupported(draft, matter, known=LETTERS) == ()
    assert draft.exhibits[0].letter == "A"


def test_a_number_goes_with_its_own_action_and_a_telephone_is_no_place_for_a_letter(drafts):
    matter = next(m for m, _ in drafts if m.send_to is not None)
    shown = telephone(matter.send_to.value)
    appeal = for_action(matter, Action.APPEAL)
    assert shown in words_of(draft_of(appeal))
    expedited = draft_of(appeal, "expedited")
    assert shown not in words_of(expedited)
    assert any("where it goes" in gap for gap in expedited.gaps)
    called = replace(matter.send_to, channel=Channel.PHONE)
    assert shown not in words_of(draft_of(for_action(matter, Action.APPEAL, send_to=called)))
    assert shown in words_of(draft_of(for_action(matter, Action.PEER_TO_PEER, send_to=called)))


def test_a_number_that_was_not_read_for_certain_is_to_be_compared(drafts):
    matter = for_action(next(m for m, _ in drafts if m.send_to is not None), Action.APPEAL)
    assert not [gap for gap in draft_of(matter).gaps if gap.startswith("compare")]
    doubtful = for_action(matter, Action.APPEAL, send_to=replace(matter.send_to, sure=False))
    assert [gap for gap in draft_of(doubtful).gaps if gap.startswith("compare fax")]


def test_nobody_signs_who_is_not_the_one_that_the_letter_names(drafts):
    matter = drafts[0][0]
    known = replace(
        matter, practice=replace(PRACTICE, clinicians=(*PRACTICE.clinicians, Clinician(name="Ida Coe, MD")))
    )

    def signer(**named: str) -> str:
        found = {key: replace(matter.letter.member_name, value=value) for key, value in named.items()}
        return words_of(draft_of(replace(known, letter=replace(matter.letter, **found)), "first_appeal"))

    assert "Jorah Ashgrove, DO, Neurology" in signer(provider_npi="1999900019", provider_name="Jorah Ashgrove, DO")
    assert "Jorah Ashgrove, DO, Neurology" not in signer(provider_npi="1999946100", provider_name="Jorah Ashgrove, DO")
    assert "Jorah Ashgrove, DO, Neurology" not in signer(provider_name="Ida Coe")
    assert "Ida Coe, MD" in signer(provider_name="Coe, Ida")
    assert "Name and title" in signer()


def test_the_claim_file_is_asked_for_with_standing_and_a_law_that_gives_it_alone(drafts):
    def asked(track: str, filer: str, *have: bool) -> bool:
        papers = tuple(Standing(needs="a form", have=one) for one in have)
        matter = for_action(drafts[0][0], Action.APPEAL, track=track, filer=filer, standing=papers)
        return "claim file" in words_of(draft_of(matter))

    assert asked("erisa", "member", True)
    assert not asked("erisa", "member", False)
    assert not asked("erisa", "member", True, False)
    assert not asked("erisa", "provider")
    assert not asked("unknown", "member", True)


def test_a_defect_of_the_notice_is_named_where_it_was_found_alone(drafts):
    with_, without = ([m for m, _ in drafts if bool(m.letter.notice_defects) is found] for found in (True, False))
    assert "right to bring a civil action (29 CFR" in words_of(draft_of(with_[0], "first_appeal"))
    assert "civil action" not in words_of(draft_of(without[0], "first_appeal"))


def test_of_a_letter_of_two_patients_only_the_one_in_hand_is_named(drafts):
    matter = for_action(drafts[0][0], Action.PROVIDER_DISPUTE, claim_number="C-1", member_name="Amos Coldwater")
    line = ServiceLine(from_="2026-10-02", code="J0585", billed="900.00", page=1)
    other = replace(line, code="64642", billed="77.00", page=2)
    claims = (
        ClaimEntry(claim_number="C-1", member_name="Amos Coldwater", member_id="M-1", lines=(line,)),
        ClaimEntry(claim_number="C-2", member_name="Isolde Brightwater", member_id="M-2", lines=(other,)),
    )
    of_both = {
        "dates_of_service": (found("2026-10-02"), found("2026-06-08")),
        "diagnosis_codes": (found("G43.709"), found("G20.A1")),
        "date_of_birth": found("1950-06-05"), "billed_amount": found("5235.75"),
    }  # fmt: skip
    letter = replace(
        matter.letter, claims=claims, pages=(1, 2), member_name=None, member_id=None, claim_number=None, **of_both
    )
    both = replace(matter, letter=letter, of_others=(2,))
    said = words_of(draft_of(both))
    assert "C-1" in said
    assert "Amos Coldwater" in said
    assert not [word for word in ("C-2", "Brightwater", "M-2", "64642", "77.00") if word in said]
    assert not [word for word in ("June 8, 2026", "900.00 and", "G20.A1", "June 5, 1950", "5,235.75") if word in said]
    assert draft_of(both).exhibits[0].pages == (1,)
    assert unsupported(draft_of(both), both, known=LETTERS) == ()
    earlier = replace(letter, letter_id="earlier-1-2", kind=LetterKind.DENIAL, pages=(1, 2))
    after = replace(matter, earlier=(earlier,), shared={"earlier-1-2": (1,)})
    assert [e.pages for e in draft_of(after).exhibits if e.document_id == "earlier"] == [(2,)]


def test_a_passage_is_quoted_once_and_pointed_at_after_that(drafts):
    pointed = 0
    for _, draft in drafts:
        quoted: set[tuple[str, str]] = set()
        for sentence in (s for block in draft.blocks for s in block.all_sentences()):
            for part in sentence.parts:
                passages = {(s.file_name, s.text) for s in part.sources if s.kind is SourceKind.FACT}
                if part.role is Role.QUOTE and len(part.text) >= 40:
                    assert not passages & quoted, part.text
                elif part.role is Role.WORDS and passages:
                    pointed += 1
                    assert passages <= quoted
                    assert any(p.role is Role.EXHIBIT for p in sentence.parts)
                    assert sentence.text.count("as quoted above") == len(set(re.findall(POINTER, sentence.text)))
                quoted |= passages if part.role is Role.QUOTE else set()
    assert pointed > 30


def test_who_asks_for_records_has_refused_nothing(drafts):
    matter = for_action(drafts[0][0], Action.RESUBMIT_WITH_RECORDS, denial_reasons=())
    asking = replace(matter, letter=replace(matter.letter, kind=LetterKind.INFORMATION_REQUEST, denial_reasons=()))
    assert "reasons" not in {block.name for block in draft_of(asking).blocks}
    assert any("which was not found" in gap for gap in draft_of(matter).gaps)


def test_after_the_service_payment_is_asked_for_and_a_demand_is_to_be_withdrawn(drafts):
    def asked(timing: ServiceTiming, action: Action, subtype: str | None = None) -> str:
        letter = replace(drafts[0][0].letter, service_timing=timing, subtype=subtype)
        draft = draft_of(for_action(replace(drafts[0][0], letter=letter), action))
        return " ".join(s.text for block in draft.blocks if block.name == "asked" for s in block.sentences)

    for action in (Action.APPEAL, Action.SECOND_LEVEL_APPEAL, Action.EXTERNAL_REVIEW, Action.FAIR_HEARING):
        assert "approve" in asked(ServiceTiming.PRE_SERVICE, action)
        after = asked(ServiceTiming.POST_SERVICE, action)
        assert "approve" not in after
        assert " pay " in after
    assert "withdraw the demand" in asked(ServiceTiming.POST_PAYMENT, Action.DISPUTE_RECOUPMENT)
    assert "pay back" in asked(ServiceTiming.POST_PAYMENT, Action.DISPUTE_RECOUPMENT, KEPT_BACK)
    assert "anew" in asked(ServiceTiming.POST_SERVICE, Action.PROVIDER_DISPUTE)


@pytest.mark.parametrize("opening", ["2. ", "(3) ", "[X] ", "• ", "- 1) "])
def test_what_opens_a_point_of_a_list_is_no_part_of_a_quotation(opening):
    assert quoted(f"{opening}Step therapy was not completed.")[0].text == "“Step therapy was not completed.”"
    assert quoted("155 units, 31 sites")[0].text == "“155 units, 31 sites”"


def test_units_that_differ_between_letter_and_order_are_told(drafts):
    matter = drafts[0][0]
    order = Fact(
        kind=FactKind.ORDER, units=155.0, file_name="visit-note.pdf", page=1, text="Plan: 155 units.", confidence=0.9
    )  # fmt: skip
    chart = replace(matter.on_file.chart, facts=(*matter.on_file.chart.facts, order))
    letter = replace(
        matter.letter, service_description=replace(matter.letter.service_description, value="Botox, 200 units")
    )
    told = replace(matter, letter=letter, on_file=replace(matter.on_file, chart=chart))
    assert any("200 units" in note and "155" in note for note in draft_of(told, "first_appeal").notes)
    same = replace(letter, service_description=replace(letter.service_description, value="Botox, 155 units"))
    assert not any("say which" in note for note in draft_of(replace(told, letter=same), "first_appeal").notes)


def test_what_is_not_on_file_is_a_gap_and_the_draft_is_not_ready(drafts):
    for matter, draft in drafts:
        unmet = [r for r in matter.requirements if r.criterion_id.startswith("request.") and r.missing is not None]
        if unmet and any(block.name == "requests" for block in draft.blocks):
            assert not draft.ready
            assert any(unmet[0].missing.what in gap for gap in draft.gaps)


def test_the_same_case_gives_the_same_draft_and_its_sources_as_json():
    first, second = (draft_of(drawn(3)) for _ in range(2))
    assert sources_json(first) == sources_json(second)
    told = json.loads(sources_json(first))
    assert all(s["sources"] for b in told["blocks"] for s in b["sentences"] if s["states"])
