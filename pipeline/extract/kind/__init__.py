"""What a letter is, to whom it is written and whether the service was already given."""

import re
from dataclasses import dataclass

from pipeline.extract.codes import Codes
from pipeline.extract.kind.appeals import appeal_filed, appeal_made, appeal_named, limits_appeal, offers_appeal
from pipeline.extract.kind.notes import told_by_phone
from pipeline.extract.kind.opinion import told_kinds
from pipeline.extract.kind.setting import addressee_of, for_others, from_practice, timing_of
from pipeline.extract.kind.signs import DENYING, Signs, signs_of
from pipeline.extract.kind.statement import is_statement
from pipeline.extract.reasons.second_opinion import likeliest
from pipeline.language import Language, Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import Addressee, ClaimEntry, LetterKind, Reason, ServiceTiming
from pipeline.values.practice import Practice

_NO_DENIAL_CARC = frozenset(
    {"1", "2", "3", "44", "45", "66", "100", "101", "104", "121", "131", "139", "161", "187", "237", "253", "P24"}
)
"""Adjustments that are no denial: patient shares, contractual write-offs, sequestration, incentives."""
_CASE_NUMBER = re.compile(
    r"\b(?:member|claim|case|reference|request|authorization|subscriber|policy|patient|plan|certificate|group)\b"
    r"[\w .#']{0,16}(?:[:#]|\b(?:no\.|number|id))\s*[A-Z-]{0,6}\d[\w-]{4,}"
    r"|\b(?:case|claim|appeal|grievance|dispute|reference|ref|file|request) [A-Z]{0,4}-?\d[\d-]{4,}",
    re.IGNORECASE,
)
# The number of an appeal, or the reader's.
_OF_APPEAL = re.compile(r"\bappeal (?:number|no\b|id\b|case|#)|\b(?:your|the) appeal\b", re.IGNORECASE)
# No decision yet, as a letter says of itself.
_NOT_A_DENIAL = re.compile(r"\bnot (?:yet )?an? (?:adverse )?(?:denial|decision|determination)\b(?! (?:of|about|on)\b)")
# A field of a model letter that nobody filled in: "[Payer name]", "{{member_id}}", "<date>".
_BLANK_FIELD = re.compile(r"\[[A-Za-z][A-Za-z ]{3,30}\]|\{\{\s?\w[\w. ]{2,30}\}\}|<[A-Za-z][A-Za-z ]{3,30}>")
_MANY_BLANKS = 3
_ID_NUMBER = re.compile(r"\b(?:ID|no\.?|number)\b\s*[:#]?\s*[A-Z]{0,5}-?\d[\d-]{3,}")
# A number of a person or a case without its label.
_BARE_ID = re.compile(r"\b[A-Z]{2,4}-?\d{6,}\b")
_PEER = "peer_to_peer_outcome"
_OWN = "own_outgoing"
_FORMS = ("fax_cover", "invoice", "id_card", "claim_form", "pa_request", "portal_screenshot", "eligibility_response")
_ANSWER_NOTHING = ("invoice", "id_card", "claim_form", "pa_request", "eligibility_response")
"""Forms that no payer decides on: the word of an outcome in a cell is not enough."""
_TELLS_ALONE = ("no_approval_needed", "reminder", "correction", "wrong_place", "general_answer")
"""Mail that decides nothing, unless it says by when to appeal."""
_GIVES_NO_REASON = ("correction", "wrong_place", "general_answer")
"""Of these, such as do not say why something is denied."""
_TO_MANY = ("newsletter", "credentialing")
"""Mail that decides no case where it names no number of one, whatever it tells of denials."""
# A reason so probable in the second opinion makes a letter that tells of rights a denial.
_LIKELY = 0.6
_CERTAIN, _CLEAR, _CONTESTED, _GUESSED, _DOUBTED = 0.98, 0.93, 0.75, 0.55, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The letter's kind with its confidence.

    ``denies``: the reasons in it are the payer's reasons against us, for a denial or for a demand of money.
    """

    kind: LetterKind
    confidence: float
    subtype: str | None = None
    addressee: Addressee = Addressee.UNKNOWN
    timing: ServiceTiming = ServiceTiming.UNKNOWN
    denies: bool = False


def decide_kind(
    reading: Reading,
    language: Language,
    *,
    reasons: tuple[Reason, ...],
    codes: Codes,
    claims: tuple[ClaimEntry, ...],
    practice: Practice,
    named: bool = True,
) -> Kind:
    """The kind that the letter's own words support best.

    ``named``: whether it names anybody or anything it could decide about - a patient, a provider, a number, a day.
    """
    signs = signs_of(reading, language)
    denied_codes = any(c.value not in _NO_DENIAL_CARC for c in codes.carc)
    kind, confidence, subtype = (
        _other(reading, signs, practice, reasons=bool(reasons))
        or _statement(reading, signs)
        or _about_nobody(signs, named=named or bool(_BARE_ID.search(reading.prose.text)))
        or _with_opinion(_decided(signs, reading, language), signs, reading, language)
        or _narrowed(
            _guessed(reading, language, signs, reasons=bool(reasons), denied_codes=denied_codes),
            reading,
            language,
            reasons=bool(reasons),
        )
    )
    if subtype != _OWN and for_others(reading, practice):
        subtype = "misdirected"
    outcomes = {line.outcome for claim in claims for line in claim.lines}
    if kind is LetterKind.DENIAL and {"paid", "denied"} <= outcomes:
        kind = LetterKind.PARTIAL_DENIAL
    if kind is LetterKind.APPROVAL and {"partial", "denied"} & outcomes and offers_appeal(reading):
        kind = LetterKind.PARTIAL_DENIAL
    denied_lines = denied_codes or "denied" in outcomes
    return Kind(
        kind=kind,
        confidence=confidence,
        subtype=subtype or signs.subtypes.get(kind) or _notice_form(reading, kind),
        addressee=addressee_of(reading),
        timing=timing_of(reading, kind),
        denies=kind in (*DENYING, LetterKind.OVERPAYMENT_DEMAND) or (kind is LetterKind.REMITTANCE and denied_lines),
    )


Verdict = tuple[LetterKind, float, str | None]


def _other(reading: Reading, signs: Signs, practice: Practice, *, reasons: bool) -> Verdict | None:
    """A document that is no payer's letter: our own appeal, a form, a bill. Decision words outweigh a form."""
    if len(set(_BLANK_FIELD.findall(reading.prose.text))) >= _MANY_BLANKS and not _names_case(reading.prose.text):
        return LetterKind.OTHER, _CLEAR, "template"
    own, opened = signs.marks.get(_OWN, 0), signs.opening_marks
    ours = from_practice(reading, practice)
    if (own >= 2 and (opened or ours)) or own >= 4:
        return LetterKind.OTHER, _CERTAIN if own >= 3 and opened else _CLEAR, _OWN
    clinical = signs.marks.get("clinical_document", 0)
    if clinical >= 4 and not any(line.zone in (Zone.RIGHTS, Zone.GREETING) for line in reading.lines):
        return LetterKind.OTHER, _CLEAR, "clinical_document"
    general = next((name for name in _TO_MANY if signs.other_titles.get(name)), None)
    if general and not signs.titles.get(LetterKind.DENIAL) and not _names_case(reading.prose.text):
        return LetterKind.OTHER, _CLEAR, general
    name, weight = max(signs.other_titles.items(), key=lambda item: item[1], default=("", 0))
    told = any(signs.sentences.get(kind) for kind in _ORDER)
    if name in _ANSWER_NOTHING and weight >= 2 and not told and not offers_appeal(reading):
        # A form has boxes, remarks and benefits whose words look like an outcome.
        return LetterKind.OTHER, _CLEAR, name
    if any(signs.decided(k) for k in _ORDER):
        return None
    if name in _FORMS and weight >= 2:
        return LetterKind.OTHER, _CLEAR, name
    if signs.marks.get("invoice", 0) >= 3:
        return LetterKind.OTHER, _CLEAR, "invoice"
    if is_statement(reading, signs):
        return None
    if clinical >= 3:
        return LetterKind.OTHER, _CLEAR, "clinical_document"
    if (name in _TELLS_ALONE and offers_appeal(reading)) or (reasons and name in _GIVES_NO_REASON):
        return None
    if name and not any(signs.decided(k) for k in LetterKind):
        return LetterKind.OTHER, _CLEAR if weight >= 2 else _CONTESTED, name
    return None


def _about_nobody(signs: Signs, *, named: bool) -> Verdict | None:
    """A page of general words - a newsletter, a manual - denies nothing, unless a sentence of it says that it does."""
    titled = any(signs.titles.get(kind) for kind in LetterKind if kind is not LetterKind.DENIAL)
    if named or titled or any(signs.sentences.get(kind) for kind in _ORDER):
        return None
    return LetterKind.OTHER, _CONTESTED, None


def _names_case(text: str) -> bool:
    """Whether a text prints the number of a member, a claim or a case."""
    return bool(_CASE_NUMBER.search(text) or _ID_NUMBER.search(text))


def _statement(reading: Reading, signs: Signs) -> Verdict | None:
    """An explanation of benefits or a remittance advice in table form: no salutation, columns and totals."""
    told = signs.sentences.get(LetterKind.DENIAL, 0) + signs.titles.get(LetterKind.DENIAL, 0)
    if any(line.zone is Zone.GREETING for line in reading.lines) or not is_statement(reading, signs, told=told):
        return None
    sure = bool(signs.titles.get(LetterKind.REMITTANCE)) and signs.marks.get("remittance", 0) >= 4
    return LetterKind.REMITTANCE, _CERTAIN if sure else _CLEAR, None


_ORDER = (
    LetterKind.DISMISSAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_OVERTURNED, LetterKind.APPEAL_UPHELD,
    LetterKind.OVERPAYMENT_DEMAND, LetterKind.DENIAL, LetterKind.APPROVAL, LetterKind.INFORMATION_REQUEST,
    LetterKind.ACKNOWLEDGEMENT,
)  # fmt: skip
"""The narrower event first: a letter that upholds a denial also speaks of the denial."""
_GOES_WITH = {
    LetterKind.DISMISSAL: {LetterKind.DENIAL, LetterKind.ACKNOWLEDGEMENT, LetterKind.APPEAL_UPHELD},
    LetterKind.PARTIAL_DENIAL: {LetterKind.DENIAL, LetterKind.APPROVAL},
    LetterKind.APPEAL_OVERTURNED: {LetterKind.APPROVAL, LetterKind.ACKNOWLEDGEMENT, LetterKind.DENIAL},
    LetterKind.APPEAL_UPHELD: {LetterKind.DENIAL, LetterKind.ACKNOWLEDGEMENT},
    LetterKind.OVERPAYMENT_DEMAND: {LetterKind.DENIAL, LetterKind.INFORMATION_REQUEST},
    LetterKind.DENIAL: {LetterKind.ACKNOWLEDGEMENT, LetterKind.INFORMATION_REQUEST, LetterKind.REMITTANCE},
    LetterKind.APPROVAL: {LetterKind.ACKNOWLEDGEMENT},
    LetterKind.INFORMATION_REQUEST: {LetterKind.ACKNOWLEDGEMENT},
    LetterKind.ACKNOWLEDGEMENT: set(),
}


def _decided(signs: Signs, reading: Reading, language: Language) -> Verdict | None:
    found = [kind for kind in _ORDER if signs.decided(kind)]
    overturned, upheld = signs.decided(LetterKind.APPEAL_OVERTURNED), signs.decided(LetterKind.APPEAL_UPHELD)
    # What was won more often than lost tells of the earlier decision besides, and so does a title that says it was won.
    won = signs.titles.get(LetterKind.APPEAL_OVERTURNED) and not signs.titles.get(LetterKind.APPEAL_UPHELD)
    lost_now = upheld - signs.kept_before
    if lost_now > 0 and 0 < overturned <= lost_now and not won:
        found.insert(0, LetterKind.PARTIAL_DENIAL)
    denied, told_before = signs.sentences.get(LetterKind.DENIAL, 0), signs.told_before
    if 0 < denied <= told_before and not signs.titles.get(LetterKind.DENIAL):
        # What was denied on an earlier day is approved now, or looked at again.
        others: list[LetterKind] = [kind for kind in found if kind is not LetterKind.DENIAL]
        appealed = LetterKind.APPROVAL in found and appeal_made(reading, language)
        found = [LetterKind.APPEAL_OVERTURNED, *others] if appealed else others or found
    if LetterKind.DENIAL in found and upheld == signs.sentences.get(LetterKind.APPEAL_UPHELD, 0) > 0:
        made = appeal_made(reading, language)
        found = [kind for kind in found if made or kind is not LetterKind.APPEAL_UPHELD]
    if signs.marks.get("outcome_approved") and signs.marks.get("outcome_denied"):
        found.insert(0, LetterKind.PARTIAL_DENIAL)
    found = [kind for kind in found if not _outweighed(kind, found, signs)]
    talked = signs.subtypes.get(LetterKind.DENIAL) == _PEER and not appeal_filed(reading, language)
    if talked and LetterKind.APPEAL_UPHELD in found:
        found = [k if k is not LetterKind.APPEAL_UPHELD else LetterKind.DENIAL for k in found]
    if not found:
        return None
    kind = found[0]
    against = [k for k in found[1:] if k not in _GOES_WITH[kind] and k is not kind]
    both = bool(signs.titles.get(kind)) and bool(signs.sentences.get(kind))
    confidence = _CONTESTED if against else _CERTAIN if both or signs.decided(kind) >= 2 else _CLEAR
    return kind, confidence, None


def _outweighed(kind: LetterKind, found: list[LetterKind], signs: Signs) -> bool:
    """Whether the signs of a kind are weaker than those of a kind that seldom stands beside it."""
    own = 2 * signs.titles.get(kind, 0) + signs.sentences.get(kind, 0)
    denial = 2 * signs.titles.get(LetterKind.DENIAL, 0) + signs.sentences.get(LetterKind.DENIAL, 0)
    if kind is LetterKind.OVERPAYMENT_DEMAND:
        return own < 2 and denial >= 1
    if kind is LetterKind.APPEAL_OVERTURNED:
        return own < 2 and denial > 2 and LetterKind.APPROVAL not in found
    if kind is LetterKind.DENIAL and LetterKind.INFORMATION_REQUEST in found:
        asked = 2 * signs.titles.get(LetterKind.INFORMATION_REQUEST, 0) + signs.sentences.get(
            LetterKind.INFORMATION_REQUEST, 0
        )
        return own < 2 and asked >= 3 and not signs.sentences.get(LetterKind.DENIAL)
    if kind is LetterKind.APPROVAL and LetterKind.INFORMATION_REQUEST in found:
        return own < 2
    return False


def _guessed(reading: Reading, language: Language, signs: Signs, *, reasons: bool, denied_codes: bool) -> Verdict:
    """Without decisive words: a denial where its grounds, codes and rights stand together, else no letter of ours."""
    zones = {line.zone for line in reading.lines}
    rights = Zone.RIGHTS in zones and bool(Zone.GREETING in zones or _CASE_NUMBER.search(reading.prose.text))
    grounds = min(2, signs.supports.get(LetterKind.DENIAL, 0)) + reasons + denied_codes
    if (grounds >= 1 and (rights or (denied_codes and grounds >= 2))) or limits_appeal(reading):
        return LetterKind.DENIAL, _GUESSED, None
    if Zone.RIGHTS in zones and likeliest(reading, language) >= _LIKELY:
        return LetterKind.DENIAL, _GUESSED, None
    name, weight = max(signs.other_titles.items(), key=lambda item: item[1], default=(None, 0))
    if not name and (phoned := told_by_phone(reading)):
        return phoned, _GUESSED, None
    rows = sum(line.zone is Zone.TABLE for line in reading.lines)
    if signs.titles.get(LetterKind.REMITTANCE) and (signs.marks.get("remittance", 0) or rows > 1):
        return LetterKind.REMITTANCE, _GUESSED, None
    # A letter that names a case and says nothing that is understood may decide it: a person is asked.
    asked = grounds or rights or _names_case(reading.prose.text)
    return LetterKind.OTHER, _CONTESTED if weight or not asked else _GUESSED, name


def _with_opinion(verdict: Verdict | None, signs: Signs, reading: Reading, language: Language) -> Verdict | None:
    """What the rules decided, or the narrower event of which the second opinion is sure enough to say so besides.

    The better the rules bear out their kind, the more it takes: a title, or several sentences, outweigh a likely
    answer. An approval beside a limit for an appeal is what seldom happens, so there less is enough.
    """
    if verdict is None or verdict[0] not in _MAY_BE_NARROWER:
        return verdict
    kind = verdict[0]
    told = told_kinds(reading, language, approved=kind is LetterKind.APPROVAL)
    narrower = max(_MAY_BE_NARROWER[kind], key=lambda one: told.get(one, 0.0))
    borne_out = bool(signs.titles.get(kind)) or signs.sentences.get(kind, 0) > 1
    enough = _NEARLY_SURE if borne_out else _LIKELY_ENOUGH if narrower in _APPEALS_LOST else _RATHER
    if narrower is LetterKind.PARTIAL_DENIAL and kind is LetterKind.DENIAL:
        # A denial in part has the titles of a denial, and sentences of both.
        enough = _PARTLY if signs.decided(LetterKind.APPROVAL) else _NEARLY_SURE if borne_out else _RATHER
    if narrower is LetterKind.APPEAL_OVERTURNED and _OF_APPEAL.search(reading.prose.text):
        enough = _POSSIBLE
    if kind is LetterKind.ACKNOWLEDGEMENT:
        enough = _POSSIBLE if signs.decided(kind) < 2 else _LIKELY
    if kind is LetterKind.APPROVAL and offers_appeal(reading):
        enough = _POSSIBLE
    likely = told.get(narrower, 0.0)
    talked = signs.subtypes.get(LetterKind.DENIAL) == _PEER and not appeal_filed(reading, language)
    if (talked and narrower is LetterKind.APPEAL_UPHELD) or narrower in _without_appeal(reading, language):
        return verdict
    # What is approved in part has an approving sentence too, and only what is not approved has a limit for an appeal.
    partly = narrower is LetterKind.PARTIAL_DENIAL and kind is LetterKind.APPROVAL and offers_appeal(reading)
    return (narrower, _GUESSED, None) if likely >= enough and (partly or likely > told.get(kind, 0.0)) else verdict


def _without_appeal(reading: Reading, language: Language) -> frozenset[LetterKind]:
    """What no letter is that tells of no appeal, and a dismissal where only a first one is offered."""
    if appeal_made(reading, language):
        return frozenset()
    filed = not offers_appeal(reading) or appeal_filed(reading, language)
    dismissed = filed and appeal_named(reading, language)
    return _APPEALS_LOST - ({LetterKind.DISMISSAL} if dismissed else frozenset())


def _narrowed(verdict: Verdict, reading: Reading, language: Language, *, reasons: bool) -> Verdict:
    """A guess, or what the second opinion has to say about it: where nothing is known, and in what a denial ended.

    A letter of a case that says why, or by when to appeal, and of which nothing else is known is called a denial, with
    so little confidence that a person is asked: a denial that passes for other mail is missed.
    """
    kind, confidence, subtype = verdict
    told = told_kinds(reading, language)
    if any(map(told.get, _APPEALS_LOST)):
        never = _without_appeal(reading, language)
        told = {one: likely for one, likely in told.items() if one not in never}
    likely = max(told, key=lambda one: told[one], default=LetterKind.OTHER)
    against_us = max(DENYING, key=lambda one: told.get(one, 0.0))
    if likely in _HARMLESS and told.get(against_us, 0.0) >= _LIKELY_ENOUGH:
        likely = against_us
    if kind is LetterKind.OTHER and subtype is None:
        harmless = likely in _HARMLESS
        if told.get(likely, 0.0) >= (_LIKELY if harmless else _LIKELY_ENOUGH) and not (
            harmless and offers_appeal(reading)
        ):
            return likely, _GUESSED, None
        if not harmless and _names_case(reading.prose.text) and told.get(likely, 0.0) >= _POSSIBLE:
            return likely, _DOUBTED, None
        if _NOT_A_DENIAL.search(reading.prose.text) and _names_case(reading.prose.text):
            return LetterKind.INFORMATION_REQUEST, _DOUBTED, None
        told_why = reasons or likeliest(reading, language) >= _LIKELY_ENOUGH
        if (told_why and _names_case(reading.prose.text)) or offers_appeal(reading):
            return LetterKind.DENIAL, _DOUBTED, None
    against = (*_MAY_BE_NARROWER[LetterKind.DENIAL], LetterKind.OVERPAYMENT_DEMAND)
    enough = _LIKELY_ENOUGH if likely is LetterKind.PARTIAL_DENIAL else _POSSIBLE
    if kind is LetterKind.DENIAL and likely in against and told[likely] >= enough:
        return likely, _GUESSED, None
    return kind, confidence, subtype


_NEARLY_SURE, _RATHER, _PARTLY, _LIKELY_ENOUGH, _POSSIBLE = 0.9, 0.7, 0.5, 0.45, 0.3
_APPEALS_LOST = frozenset({LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL})
_HARMLESS = frozenset({LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED, LetterKind.ACKNOWLEDGEMENT})
"""A denial taken for one of these is lost: more is asked, and that no limit for an appeal is printed."""
_MAY_BE_NARROWER = {
    LetterKind.DENIAL: (LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL, LetterKind.PARTIAL_DENIAL),
    LetterKind.APPROVAL: (LetterKind.APPEAL_OVERTURNED, LetterKind.PARTIAL_DENIAL, LetterKind.DENIAL),
    LetterKind.ACKNOWLEDGEMENT: (
        LetterKind.APPEAL_UPHELD,
        LetterKind.APPEAL_OVERTURNED,
        LetterKind.DISMISSAL,
        LetterKind.PARTIAL_DENIAL,
    ),
}
"""What a letter may be besides: the outcome of an appeal, a denial in part; an approval that is told of earlier; a
decision that begins by saying what was received."""


def _notice_form(reading: Reading, kind: LetterKind) -> str | None:
    text = reading.prose.text.casefold()
    if kind in DENYING and ("cms-10003" in text or "notice of denial of medical coverage" in text):
        return "integrated_denial_notice"
    return None
