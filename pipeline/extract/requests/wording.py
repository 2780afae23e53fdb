"""How sentences ask for papers or say that none came, where no phrase of ``models/asking.yaml`` can say it."""

import re

# The reader is told what to put in, in the part on appeals too.
TELLS_TO = re.compile(
    r"\s*(?:(?:\(?[a-h1-9][.)]|[-•*])\s?)?(?:please )?(?:also )?"
    r"(?:include|attach|enclose|send (?:us )?(?:a|the|your|an)\b)"
    r"|[^.]{0,220}\bplease (?:include|attach|enclose|send) (?:it|them|these|those)\b"
    r"|[^.]{0,120}\b(?:need|have) to know (?:if|whether)\b"
    r"|[^.]{0,80}\b(?:dispute|appeal|resubmit|resubmission)\b[^.]{0,60},? (?:together |along )?"
    r"with (?:a|the|your|proof)\b"
    r"|\s*if \w+\b[^.]{0,120}?, (?:please )?"
    r"(?:send|include|attach|submit|enclose|mail|fax|forward)\b"
    r"|[^.]{0,120}\band (?:include|attach|enclose) (?:a|the|your)\b"
    r"|\s*(?:if \w+\b[^.]{0,120}?, )?(?:please )?(?:ask|have|get) [^.]{2,60}?"
    r"(?: to (?:send|fax|forward|give us) (?:a|an|the|proof|copies)\b"
    r"|[^.]{0,80}\band (?:send|mail|fax|forward) (?:it|them)\b)"
    r"|[^.]{0,120}\bthen (?:please )?(?:send|fax|forward|mail) (?:us )?(?:a|the|its|their|your|proof)\b"
    r"|\s*if you (?:send|fax|mail|upload|give)(?: us)? (?:a|the|your)\b[^.]{0,80}, we\b",
    re.IGNORECASE,
)
# A list in one sentence: "Please supply: the order; the office note; the bladder diary."
OFFERED = re.compile(
    r"[^.]{0,80}\b(?:can|could|may) (?:also |still )?(?:send|give|fax|upload|provide|supply) (?:us )?"
    r"(?!(?:more |additional |further )?(?:medical|clinical|supporting|additional|further) )",
    re.IGNORECASE,
)
"""``Your doctor can send us a diary``: what would help, said outside of the rights."""
LISTS_IN_LINE = re.compile(
    r"(?::\s+| [-–] )(?:\(?1[.)]|\S[^;:]*)(?:\s\S[^;:]*\(?2[.)]|;[^;:]+|,[^,:]+,[^:]+|,? and [^:]+)"
)
TELLS = re.compile(
    r"\s*(?:please |kindly )?(?:also )?(?:submit|provide|forward|fax|upload|supply|furnish|send)\b(?! ?[\d(])"
    r"(?![^.]*\bappeal)"
    r"|\W*(?:still |also )?(?:needed|required|requested|missing|outstanding|wanted)\s?:",
    re.IGNORECASE,
)
"""``Submit x-rays and the chart.``, ``Required: pathology report``, outside of the rights."""
# ``You did not send one.``, ``None was in the file.``, ``It has not come.``: what was asked for before was missing.
_CAME = r"(?:received|sent|come|came|arrived?|returned|reached us|attached|enclosed|here|(?:in|on) (?:the |our )?file)"
_NOTHING = (
    rf"(?:neither|none|nothing)\b(?: of \w{{1,8}})? (?:has |have |had |was |were |is )?(?:yet )?(?:been )?{_CAME}\b"
    rf"|(?:it|they|these|those|both) (?:has|have|had|was|were|did)(?: not|n['’]t| never)(?: yet)?(?: been)? {_CAME}\b"
)
SENT_NOTHING = re.compile(
    r"\s*(?:\w{1,12} ){1,3}(?:did|have|has|was|were)(?: not|n['’]t) (?:\w{1,9} )?"
    r"(?:send|sent|receive|received|get|got|include|included|provide|provided|submit|submitted)"
    rf" (?:one|it|them|these|those|any)\b|\s*(?:but )?(?:{_NOTHING})",
    re.IGNORECASE,
)
ASKED_IN_VAIN = re.compile(
    r"\b(?:asked|wrote|called|request(?:ed)?|sent out)\b[^.]{0,250}?"
    rf"(?:[;:,]|,? (?:and|but|yet)\b) ?(?:(?:and|but|yet) )?(?:{_NOTHING})",
    re.IGNORECASE,
)
# ``We asked for the form on May 3.``: which one the sentence before it says.
ASKED_FOR_IT = re.compile(
    r"\s*we (?:have )?(?:asked|wrote|called)\b.{0,40}\bfor (?:the forms?|it|them|these|this|one)\b", re.I
)
# What a letter that is not written to ask names in general, or of somebody else's asking.
IN_GENERAL = re.compile(
    r"\bany\b(?!\W+(?:appeal|dispute|reply|resubmission)\b)(?:\W+\w+){0,3}\W*$|\bwhy\b[^.;,]{0,30}$"
    r"|\b(?:anything|everything|whatever)\b[^.;:]*$"
    r"|\b(?:papers|information|documents|evidence|material),? (?:\w+ )?(?:like|such as|for example)\b[^.;:]*$",
    re.IGNORECASE,
)
OTHERS_REQUEST = re.compile(
    r"\b(?:got|received|reviewed|considered|looked at|have)\b[^.;]{0,25}\brequest\b"
    r"|\bwill (?:be )?(?:den(?:y|ied)|reject(?:ed)?|returned)\b",
    re.IGNORECASE,
)
# What need not be sent, and what an earlier decision said.
NOT_ASKED = re.compile(
    r"\b(?:do|does)(?: not|n['’]t) (?:need|have) to\b|\bno need (?:to|for)\b|\bneed not\b"
    r"|\bno (?:\w+ ){1,4}(?:is|are|was|were) (?:needed|required|necessary)\b"
    r"|\b(?:is|are)(?: not|n['’]t) (?:needed|required|necessary)\b"
    r"|\b(?:do not|don['’]t) (?:send|submit|fax|mail|attach)\b"
    r"|\b(?:in|on) \w+(?: \d{1,2})?(?:, \d{4})?,? (?:that )?we (?:said|told|wrote|denied|decided)\b"
    r"|\b(?:first|earlier|original|initial|previous) (?:decision|denial|letter|notice|determination)\b[^.]{0,30}"
    r"\b(?:said|stated|was|told|because)\b|\bwas denied (?:on|in|because)\b",
    re.IGNORECASE,
)
NONE_OF = re.compile(r"\b(?:no|without(?: an?| the)?|lacks?(?: an?| the)?)(?:\W+\w+){0,2}\W*$", re.IGNORECASE)
"""Right before a paper: there is none, whatever is said of appeals in the same sentence."""
HANDED_IN = re.compile(r"\b(?:submit|sent|send|provid|receiv|includ|attach|enclos|suppl(?:y|ied))", re.IGNORECASE)
SAYS = re.compile(
    r"\W*(?:support|show|list|state|document|describe|indicate|mention|report)(?:s|ed)?\b(?! (?:no|neither)\b)", re.I
)
"""Right behind a paper, in a sentence that says that something else was missing: it is there."""
CONTENT = re.compile(
    r"\b(?:that|which) (?:show|document|describe|list|support|tell of|prove)s?\b"
    r"|\b(?:showing|documenting|describing|listing)\b",
    re.I,
)
# What is listed behind these words is there.
ON_FILE = re.compile(r"\b(?:reviewed|considered|received|relied|on file|looked at)\b", re.IGNORECASE)
