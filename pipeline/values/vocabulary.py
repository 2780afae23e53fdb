"""The closed lists of the contract, section 3: what a letter, a reason, a citation, a limit or a contact can be."""

from collections.abc import Mapping
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is, decided by its content."""

    DENIAL = "denial"
    PARTIAL_DENIAL = "partial_denial"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_OVERTURNED = "appeal_overturned"
    DISMISSAL = "dismissal"
    APPROVAL = "approval"
    INFORMATION_REQUEST = "information_request"
    ACKNOWLEDGEMENT = "acknowledgement"
    OVERPAYMENT_DEMAND = "overpayment_demand"
    REMITTANCE = "remittance"
    OTHER = "other"


class Addressee(StrEnum):
    """To whom the letter is written."""

    MEMBER = "member"
    PROVIDER = "provider"
    BOTH = "both"
    UNKNOWN = "unknown"


class ServiceTiming(StrEnum):
    """Whether the service was already given when the payer decided."""

    PRE_SERVICE = "pre_service"
    CONCURRENT = "concurrent"
    POST_SERVICE = "post_service"
    PREPAYMENT_REVIEW = "prepayment_review"
    POST_PAYMENT = "post_payment"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """Why the payer decided so (contract, section 3)."""

    MEDICAL_NECESSITY = "medical_necessity"
    CRITERIA_NOT_MET = "criteria_not_met"
    STEP_THERAPY = "step_therapy"
    NONPREFERRED_PRODUCT = "nonpreferred_product"
    INSUFFICIENT_DOCUMENTATION = "insufficient_documentation"
    NO_PRIOR_AUTH = "no_prior_auth"
    AUTH_MISMATCH = "auth_mismatch"
    EXPERIMENTAL = "experimental"
    OFF_LABEL_DX = "off_label_dx"
    EXCLUDED_BENEFIT = "excluded_benefit"
    COSMETIC = "cosmetic"
    QUANTITY_LIMIT = "quantity_limit"
    BENEFIT_MAXIMUM = "benefit_maximum"
    CODING_MISMATCH = "coding_mismatch"
    CODING_MODIFIER_NDC_UNITS = "coding_modifier_ndc_units"
    BUNDLING = "bundling"
    DUPLICATE = "duplicate"
    TIMELY_FILING = "timely_filing"
    APPEAL_UNTIMELY = "appeal_untimely"
    ELIGIBILITY = "eligibility"
    COB_OTHER_PAYER = "cob_other_payer"
    NETWORK_REFERRAL = "network_referral"
    PROVIDER_ELIGIBILITY = "provider_eligibility"
    SITE_OR_SOURCE_OF_DRUG = "site_or_source_of_drug"
    LEVEL_OF_CARE = "level_of_care"
    CONTINUATION_NO_BENEFIT = "continuation_no_benefit"
    CONCURRENT_THERAPY = "concurrent_therapy"
    STANDING_DEFECT = "standing_defect"
    ADMIN_MISSING_CLAIM_DATA = "admin_missing_claim_data"
    NOT_A_DENIAL = "not_a_denial"


IN_WORDS: Mapping[str, str] = {
    Category.NO_PRIOR_AUTH: "no prior authorization",
    Category.AUTH_MISMATCH: "authorization does not match",
    Category.OFF_LABEL_DX: "off-label diagnosis",
    Category.CODING_MISMATCH: "codes do not match",
    Category.CODING_MODIFIER_NDC_UNITS: "modifier, NDC or units",
    Category.COB_OTHER_PAYER: "another payer comes first (COB)",
    Category.NETWORK_REFERRAL: "network or referral",
    Category.CONTINUATION_NO_BENEFIT: "no benefit of treatment shown",
    Category.STANDING_DEFECT: "no right to file (standing)",
    Category.ADMIN_MISSING_CLAIM_DATA: "claim data missing",
}
"""How a code is said to people where its own words, with blanks, would not tell them."""


class CitationKind(StrEnum):
    """What kind of rule a letter cites."""

    PAYER_POLICY = "payer_policy"
    GUIDELINE = "guideline"
    NCD = "ncd"
    LCD = "lcd"
    MANUAL = "manual"
    FEDERAL_REGULATION = "federal_regulation"
    FEDERAL_STATUTE = "federal_statute"
    STATE_LAW = "state_law"
    PLAN_DOCUMENT = "plan_document"


class CitationRole(StrEnum):
    """Whether the decision rests on the citation, or the reader's rights do."""

    BASIS = "basis"
    RIGHTS = "rights"


class ClockKind(StrEnum):
    """What a time limit is for, in the letter's own word."""

    INTERNAL_APPEAL = "internal_appeal"
    SECOND_LEVEL = "second_level"
    PEER_TO_PEER = "peer_to_peer"
    EXPEDITED_APPEAL = "expedited_appeal"
    EXTERNAL_REVIEW = "external_review"
    FAIR_HEARING = "fair_hearing"
    PROVIDER_DISPUTE = "provider_dispute"
    RECONSIDERATION = "reconsideration"
    RETRO_AUTHORIZATION = "retro_authorization"
    REOPENING = "reopening"
    CORRECTED_CLAIM = "corrected_claim"
    RECORDS_DUE = "records_due"
    CONTINUATION_OF_BENEFITS = "continuation_of_benefits"
    OVERPAYMENT_RESPONSE = "overpayment_response"
    RECOUPMENT_HOLD = "recoupment_hold"
    PAYER_DECISION = "payer_decision"


class Party(StrEnum):
    """Who may, or must, act within a time limit."""

    MEMBER = "member"
    PROVIDER = "provider"
    EITHER = "either"
    PAYER = "payer"


class TimeUnit(StrEnum):
    """The unit of a time limit."""

    DAY = "day"
    BUSINESS_DAY = "business_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Anchor(StrEnum):
    """The event a time limit runs from."""

    LETTER_DATE = "letter_date"
    RECEIPT = "receipt"
    DECISION_DATE = "decision_date"
    DATE_OF_SERVICE = "date_of_service"
    REQUEST_DATE = "request_date"
    REMITTANCE_DATE = "remittance_date"
    PRIMARY_EOB_DATE = "primary_eob_date"
    UNSTATED = "unstated"


class ClockBasis(StrEnum):
    """What a due date rests on."""

    STATED_DATE = "stated_date"
    STATED = "stated"
    RULE = "rule"
    CONFIRM = "confirm"


class Purpose(StrEnum):
    """What a contact is for."""

    APPEAL = "appeal"
    EXPEDITED_APPEAL = "expedited_appeal"
    PROVIDER_DISPUTE = "provider_dispute"
    PEER_TO_PEER = "peer_to_peer"
    MEMBER_SERVICES = "member_services"
    PROVIDER_SERVICES = "provider_services"
    EXTERNAL_REVIEW = "external_review"
    RECORDS = "records"
    REGULATOR = "regulator"


class Channel(StrEnum):
    """How a contact is reached."""

    FAX = "fax"
    PHONE = "phone"
    MAIL = "mail"
    PORTAL = "portal"
    EMAIL = "email"


class Unassigned(StrEnum):
    """Why a page belongs to no letter."""

    BLANK = "blank"
    FAX_COVER = "fax_cover"
    SEPARATOR = "separator"
    ENCLOSURE = "enclosure"
    UNREADABLE = "unreadable"


class DocumentStatus(StrEnum):
    """How reading a document ended."""

    READ = "read"
    QUARANTINED = "quarantined"
