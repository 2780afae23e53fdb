"""Recipe of extraction: a letter laid open, then each field by its own module.

Order matters only where an argument says so.
"""

from dataclasses import fields

from pipeline.extract.amounts import find_amounts
from pipeline.extract.authorizations import find_authorizations
from pipeline.extract.citations import find_citations
from pipeline.extract.claims import find_claims
from pipeline.extract.clocks import find_clocks
from pipeline.extract.codes import find_codes
from pipeline.extract.conflicts import conflicts, offers_appeal
from pipeline.extract.contacts import find_contacts
from pipeline.extract.dates import Dates, find_dates
from pipeline.extract.demanded import find_demanded
from pipeline.extract.identifiers import Identifiers, find_identifiers
from pipeline.extract.kind import decide_kind
from pipeline.extract.kind.signs import DENYING
from pipeline.extract.labels import labelled
from pipeline.extract.names import Names, find_names
from pipeline.extract.names.member_named import member_ids_in_prose
from pipeline.extract.names.number_of_plan import numbers_beside_name, numbers_of_plan
from pipeline.extract.noise import with_doubts
from pipeline.extract.plan import find_plan
from pipeline.extract.reasons import find_reasons
from pipeline.extract.reasons.lines import tied
from pipeline.extract.reasons.second_opinion import reasons_told
from pipeline.extract.requests import find_requests
from pipeline.extract.review import review_notes
from pipeline.extract.service import find_service
from pipeline.extract.trust import with_trust
from pipeline.extract.unmet import find_unmet
from pipeline.extract.unread import unread
from pipeline.knowledge.tongues import tongue_of
from pipeline.language import Language
from pipeline.values.letter import Letter, LetterKind
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Text


def extract(text: Text, *, letter_id: str, language: Language, practice: Practice) -> Letter:
    """Everything the letter says, each value with its place and rule; what it does not say stays None or empty."""
    reading = language.reading(text)
    labels = labelled(reading, language.knowledge)
    tables = find_claims(reading, language, labels)
    claims = tables.claims
    authorizations = find_authorizations(reading, labels)
    codes = find_codes(reading, language)
    procedures = [one.value for one in codes.procedure_codes if one.value]
    dates = find_dates(reading, labels, knowledge=language.knowledge, days=tables.days, procedures=procedures)
    names = find_names(reading, language, labels=labels, practice=practice, claims=claims)
    named = member_ids_in_prose(reading, language.knowledge.name_words)
    words = language.knowledge.name_words
    of_plan = (
        *numbers_of_plan(reading, language.knowledge),
        *numbers_beside_name(reading, labels.get("member_name", ()), words),
    )
    given = [a.number for a in authorizations if a.number]
    identifiers = find_identifiers(
        reading,
        labels,
        given=given,
        extra=(*tables.identifiers, *named, *of_plan),
        claims=claims,
        procedures=procedures,
    )
    amounts = find_amounts(reading, labels, totals=tables.totals, rows=tables.rows)
    given_reasons = find_reasons(reading, language, codes=codes)
    reasons = given_reasons.elsewhere or given_reasons.stated or given_reasons.doubted
    about = _names_anything(text, names, dates, identifiers) or bool(claims)
    kind = decide_kind(reading, language, reasons=reasons, codes=codes, claims=claims, practice=practice, named=about)
    reasons = reasons if kind.denies else ()
    if kind.kind in (*DENYING, LetterKind.OVERPAYMENT_DEMAND, LetterKind.REMITTANCE):
        dismissed = kind.kind is LetterKind.DISMISSAL
        reasons = reasons_told(reading, language, reasons=given_reasons, dates=dates, dismissed=dismissed)
    plan = find_plan(reading, language)
    contacts = find_contacts(reading, language, practice=practice, addressee=kind.addressee, kind=kind.kind)
    clocks = find_clocks(reading, language, dates=dates, kind=kind.kind)
    letter = Letter(
        letter_id=letter_id,
        pages=tuple(page.number for page in text.pages),
        kind=kind.kind,
        kind_confidence=kind.confidence,
        subtype=kind.subtype,
        addressee=kind.addressee,
        service_timing=kind.timing,
        payer=names.payer,
        payer_id=names.payer_id,
        delegate=names.delegate,
        plan_type=plan.plan_type,
        funding=plan.funding,
        letter_date=dates.letter_date,
        received_date=dates.received_date,
        request_received_date=dates.request_received_date,
        decision_date=dates.decision_date,
        member_name=names.member_name,
        member_id=identifiers.member_id,
        date_of_birth=dates.date_of_birth,
        group_number=identifiers.group_number,
        patient_account_number=identifiers.patient_account_number,
        claim_number=identifiers.claim_number,
        reference_number=identifiers.reference_number,
        provider_name=names.provider_name,
        provider_npi=identifiers.provider_npi,
        tin=identifiers.tin,
        service_description=find_service(reading, labels),
        dates_of_service=dates.dates_of_service,
        billed_amount=amounts.billed_amount,
        denied_amount=amounts.denied_amount,
        patient_responsibility=amounts.patient_responsibility,
        demanded_amount=find_demanded(reading, labels, kind=kind.kind, rows=tables.rows),
        procedure_codes=codes.procedure_codes,
        diagnosis_codes=codes.diagnosis_codes,
        modifiers=codes.modifiers,
        carc=codes.carc,
        rarc=codes.rarc,
        authorizations=authorizations,
        claims=claims,
        denial_reasons=tied(reasons, claims, language.knowledge.codes, content=text.content),
        policy_citations=find_citations(reading, language),
        requested_evidence=find_requests(reading, language, kind=kind.kind),
        clocks=clocks,
        contacts=contacts,
        unmet_criteria=find_unmet(reading, language, reasons=reasons),
    )
    written_in = tongue_of(text.content, language.knowledge.tongues)
    missed = unread(reading, labels, letter)
    letter = with_trust(letter, language.knowledge.trust.trusted, text=text)
    against = conflicts(letter, owed=tables.owed, offered=offers_appeal(reading))
    return review_notes(with_doubts(letter, text), unread=missed, against=against, written_in=written_in)


def _names_anything(text: Text, names: Names, dates: Dates, identifiers: Identifiers) -> bool:
    """Whether a letter names somebody, a number or a day of its own; of a picture that is not known."""
    if any(page.method is Method.OCR for page in text.pages):
        return True
    who = (names.member_name, names.provider_name, dates.letter_date, dates.date_of_birth, *dates.dates_of_service)
    return any(who) or any(getattr(identifiers, one.name) for one in fields(identifiers))
