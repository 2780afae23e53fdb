"""What the pipeline knows, loaded from ``models/`` into frozen objects.

One field a subject, one module a subject's schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.citations import CitationKnowledge, load_citations
from pipeline.knowledge.claim_columns import ClaimColumn
from pipeline.knowledge.clocks import ClockRule
from pipeline.knowledge.code_words import CodeWords, load_code_words
from pipeline.knowledge.codes import CodeKnowledge, load_codes
from pipeline.knowledge.common_words import CommonWords
from pipeline.knowledge.contacts import ContactPurpose, RefusedNumber
from pipeline.knowledge.dates import DateKnowledge, load_date_roles
from pipeline.knowledge.evidence import EvidenceType
from pipeline.knowledge.fields import FieldLabels
from pipeline.knowledge.follow_up import FollowUpRules, load_follow_up
from pipeline.knowledge.kinds import KindEntry, MentionEntry, OutcomeAside
from pipeline.knowledge.load import load_entries, load_record
from pipeline.knowledge.names import NameKnowledge, load_name_words
from pipeline.knowledge.notices import NoticeElement
from pipeline.knowledge.odds import Odds
from pipeline.knowledge.outcomes import OutcomeWords
from pipeline.knowledge.pages import BoundarySign, PageCue
from pipeline.knowledge.payers import Payer, PayerMention, PayerNames, PayerWords, names_of
from pipeline.knowledge.plans import PlanCue
from pipeline.knowledge.reasons import ReasonKnowledge, load_reasons
from pipeline.knowledge.requests import AskingEntry, RequestPhrases, load_asking
from pipeline.knowledge.roles import LabelRole
from pipeline.knowledge.routes import Routes, load_routes
from pipeline.knowledge.time_limits import LimitAnchor, LimitKind, LimitParty, NoLimit
from pipeline.knowledge.tongues import Tongue
from pipeline.knowledge.trust import TrustTable
from pipeline.knowledge.unmet import UnmetCue
from pipeline.knowledge.zones import ZoneEntry

KNOWLEDGE_VERSION = "2026.11.1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """Everything of ``models/``, and the version that results carry. Two are the same if they are one object."""

    version: str
    zones: tuple[ZoneEntry, ...]
    kinds: tuple[KindEntry, ...]
    mentions: tuple[MentionEntry, ...]
    outcome_asides: tuple[OutcomeAside, ...]
    limit_kinds: tuple[LimitKind, ...]
    limit_anchors: tuple[LimitAnchor, ...]
    limit_parties: tuple[LimitParty, ...]
    no_limits: tuple[NoLimit, ...]
    contact_purposes: tuple[ContactPurpose, ...]
    refused_numbers: tuple[RefusedNumber, ...]
    plan_cues: tuple[PlanCue, ...]
    pages: tuple[PageCue, ...]
    boundaries: tuple[BoundarySign, ...]
    evidence: tuple[EvidenceType, ...]
    clocks: tuple[ClockRule, ...]
    routes: Routes
    follow_up: FollowUpRules
    odds: tuple[Odds, ...]
    notices: tuple[NoticeElement, ...]
    reasons: ReasonKnowledge
    codes: CodeKnowledge
    citations: CitationKnowledge
    requests: tuple[RequestPhrases, ...]
    asking: Mapping[str, AskingEntry]
    unmet: tuple[UnmetCue, ...]
    fields: tuple[FieldLabels, ...]
    label_roles: tuple[LabelRole, ...]
    date_roles: DateKnowledge
    code_words: CodeWords
    payers: tuple[Payer, ...]
    payer_names: PayerNames
    payer_words: PayerWords
    payer_mentions: tuple[PayerMention, ...]
    name_words: NameKnowledge
    claim_columns: tuple[ClaimColumn, ...]
    outcome_words: OutcomeWords
    tongues: tuple[Tongue, ...]
    trust: TrustTable
    common_words: CommonWords


@cache
def load_knowledge() -> Knowledge:
    """Read all of ``models/`` once.

    Raises:
        UsageError: naming the file and the entry that is wrong.
    """
    evidence = load_entries("evidence.yaml", EvidenceType)
    payers = load_entries("payers", Payer)
    return Knowledge(
        version=KNOWLEDGE_VERSION,
        zones=load_entries("zones", ZoneEntry),
        kinds=load_entries("kinds", KindEntry),
        mentions=load_entries("mentions.yaml", MentionEntry),
        outcome_asides=load_entries("outcome_asides.yaml", OutcomeAside),
        limit_kinds=load_entries("time_limits/kinds.yaml", LimitKind),
        limit_anchors=load_entries("time_limits/anchors.yaml", LimitAnchor),
        limit_parties=load_entries("time_limits/parties.yaml", LimitParty),
        no_limits=load_entries("time_limits/no_limits.yaml", NoLimit),
        contact_purposes=load_entries("contacts", ContactPurpose),
        refused_numbers=load_entries("refused_numbers.yaml", RefusedNumber),
        plan_cues=load_entries("plans", PlanCue),
        pages=load_entries("pages.yaml", PageCue),
        boundaries=load_entries("boundaries.yaml", BoundarySign),
        evidence=evidence,
        clocks=load_entries("clocks", ClockRule),
        routes=load_routes(evidence),
        follow_up=load_follow_up(),
        odds=load_entries("odds", Odds),
        notices=load_entries("notices", NoticeElement),
        reasons=load_reasons(),
        codes=load_codes(),
        citations=load_citations(),
        requests=load_entries("requests", RequestPhrases),
        asking=load_asking(),
        unmet=load_entries("unmet.yaml", UnmetCue),
        fields=load_entries("fields", FieldLabels),
        date_roles=load_date_roles(),
        code_words=load_code_words(),
        label_roles=load_entries("label_roles.yaml", LabelRole),
        payers=payers,
        payer_names=names_of(payers),
        payer_words=load_entries("payer_words.yaml", PayerWords)[0],
        payer_mentions=load_entries("payer_mentions.yaml", PayerMention),
        name_words=load_name_words(),
        outcome_words=load_entries("outcome_words.yaml", OutcomeWords)[0],
        tongues=load_entries("tongues.yaml", Tongue),
        trust=load_record("trust.yaml", TrustTable),
        claim_columns=load_entries("claim_columns.yaml", ClaimColumn),
        common_words=load_record("common_words.yaml", CommonWords),
    )
