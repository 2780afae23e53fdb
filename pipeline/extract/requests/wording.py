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
    r"|\s*(?:if|should) \w+\b[^.]{0,120}?, (?:please )?"
    r"(?:send|include|attach|submit|enclose|mail|fax|forward|add|bring|supply|upload)\b"
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
    r"\s*(?:please |kindly )?(?:also )?(?:submit|provide|forward|fax|upload|supply|furnish|send"
    r"|add (?=an? |the |your )|(?:respond|reply) with)"
    r"\b(?! ?[\d(])"
    r"(?![^.]*\bappeal)"
    r"|\W*(?:still |also )?(?:needed|required|requested|missing|outstanding|wanted)\s?:",
    re.IGNORECASE,
)
"""``Submit x-rays and the chart.``, ``Required: pathology report``, outside of the rights."""
TOLD_TO = re.compile(
    r"[^.]{0,120}?(?:[:;/–—] ?|\b(?:says?|said|told|asks?|asked|advised|wants?)(?: (?:us|me|you|office|them|to)){0,3} )"
    r"(?:please )?(?:fax|send|upload|mail|submit|needs?)(?: in| over| us| a)?\b(?! ?[\d(])(?![^.]*\bappeal)",
    re.IGNORECASE,
)
"""Somebody wrote down what to send, after whom or what it concerns: ``Rep says fax in the order``."""
_COMES = (
    r"(?:reach(?:es)? us|(?:is|are|has been|have been|being) "
    r"(?:received|submitted|sent|supplied|provided|faxed|uploaded)"
    r"|we(?: now| then)? (?:have|get|receive|see|hold)\b|(?:we are|is|are) given|you send"
    r"|arrives?\b|comes? in|(?:upon|on) receipt)"
)
ON_CONDITION = re.compile(
    r"[^.]{0,120}\b(?:can|could|will|would|cannot|can['’]t)\b[^.]{0,60}"
    r"\b(?:approved?|consider(?:ed)?|reconsider(?:ed)?|review(?:ed)?|re-?open(?:ed)?|process(?:ed)?|paid|pay|reprocess(?:ed)?"
    r"|decided?|completed?|released?|changed?|look(?:ed)? (?:again|at)|go ahead)\b"
    rf"[^.]{{0,40}}\b(?:once|when|if|after|upon|unless|until|as soon as|provided|on)\b(?=[^.]*\b{_COMES})"
    rf"|\s*(?:once|when|if|after|as soon as) (?:a|an|the|your|we|you)\b(?=[^.,]{{0,160}}\b{_COMES})"
    r"[^.]{0,200}, (?:we|it|they|this|the|payment)\b[^.]{0,40}\b(?:will|can|could|would)\b"
    r"|[^.]{3,120}\bmust (?:accompany|come with|be (?:sent|filed|included|submitted) with)\b[^.]{0,20}"
    r"\b(?:appeal|dispute|request|resubmission|claim)",
    re.IGNORECASE,
)
"""What has to come before something is done: ``can be paid once the order reaches us``."""
SEND_THAT = re.compile(
    r"\s*(?:please |kindly |can you |could you |so )?"
    r"(?:send|supply|upload|fax|provide|forward|submit|mail|attach)(?: us)?"
    r" (?:it|them|these|this|those|one|both|that|a copy)\b"
    r"|\s*(?:please )?(?:have|ask|get) (?:them|him|her|(?:the|your) \w+)(?: to)? (?:send|fax|forward|give|tell)(?: us)?"
    r" (?:it|them|that|this|those|these)\b",
    re.IGNORECASE,
)
"""What is to be sent the sentence before says: ``No weight is in the chart. Please supply it.``"""
OFFERS = re.compile(r"\b(?:you may|you can|right to|may (?:ask|file|appeal)|if you)\b", re.IGNORECASE)
MARKED = re.compile(
    r"(?=[^.]*\b(?:need|send|missing|require|want|request|submit|fax|lack)).*\b(?:marked|checked|ticked)\b",
    re.IGNORECASE,
)
"""Says that the ticked boxes of the letter are what is asked for."""
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
    r"\b(?:may|can) (?:also )?(?:send|submit|add|give)(?: us)? (?:written )?comments\b"
    r"|\b(?:another|other) (?:member|patient|person)['’]s\b"
    r"|\b(?:do|does)(?: not|n['’]t) (?:need|have) to\b|\bno need (?:to|for)\b|\bneed not\b"
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
    r"\W*(?:support|show|list|state|document|describe|indicate|mention|report|tells? of)"
    r"(?:s|ed)?\b(?! (?:no|neither)\b)",
    re.I,
)
"""Right behind a paper, in a sentence that says that something else was missing: it is there."""
CONTENT = re.compile(
    r"\b(?:that|which) (?:show|document|describe|list|support|tell of|prove)s?\b"
    r"|\b(?:showing|documenting|describing|listing)\b",
    re.I,
)
# What is listed behind these words is there.
ON_FILE = re.compile(r"\b(?:reviewed|considered|received|relied|on file|looked at)\b", re.IGNORECASE)
_LONGEST_FRAGMENT = 14
WANTS = re.compile(
    r"\b(?:needs?|wants?|like to|send|fax|submit|upload|forward|provide|supply|furnish"
    r"|(?:give|show|tell|let|drop) us|yet to"
    r"|ask (?:the|your)|have (?:the|your)"
    r"|required?|requested|await\w*|pend\w*|could you|until|once|as soon as|must|has to|have to)\b",
    re.IGNORECASE,
)
"""One of these stands in every sentence that asks."""
DID_NOT_COME = re.compile(
    r"(?=.*(?:\b(?:no|not|none|nothing|nowhere|never|without|only|short|stops?|missing|lack\w*|blank|half|gap)\b|n['’]t\b))"
    r".*\b(?:came|come|sent|arriv\w+|receiv\w+|attach\w+|enclos\w+|includ\w+|files?|packet|submi\w+|fax\w*|upload\w*|envelope|pages?"
    r"|records stop|short|missing|appeal was|here|found)\b",
    re.IGNORECASE | re.DOTALL,
)
"""And such words in one that says that something did not come."""
OPENS_LIST = re.compile(
    r"\s*(?:(?:here|this|below|following) (?:is|are) )?(?:what|items?|papers|documents|records|things)\b[^.?:]{0,40}"
    r"\b(?:missing|needed?|outstanding|lack(?:ing)?|want(?:ed)?|required?|requested|change|help|difference|complete)\b[^.?:]{0,50}[.?:,]?\s*$",
    re.IGNORECASE,
)
"""A line or a question over papers that stand alone: ``Here is what is missing from the packet.``"""
HEADS_TABLE = re.compile(
    r"\s*\|\s*(?:still |what is |items? |documents? |papers? )?"
    r"(?:needed|missing|required|outstanding|requested|wanted)\b[^|]{0,20}\|",
    re.IGNORECASE,
)
"""The first column of a table names what is to come."""
_STATES_IT = re.compile(
    r"\W*(?:you|we|this|these|it|they|he|she|there|if|please|dear|sincerely)\b|.*\b(?:is|are|was|were|has|have|had|will|can|may|must|did|do|does)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_fragment(text: str) -> bool:
    """Whether some words only name something, as the items of a list do: ``Operative report``."""
    return len(text.split()) <= _LONGEST_FRAGMENT and text.rstrip()[-1:] != ":" and not _STATES_IT.match(text)


MUST_COME = re.compile(r"\b(?:must|asked|requested|required|needs? to|needed to|wrote|told)\b", re.IGNORECASE)
"""Says that something had to come or was asked for; a later sentence may say that it did not."""
_THE_PAPER = (
    r"(?:the|that|this|these|those) (?:\w+ )?"
    r"(?:form|paper|document|record|note|item|statement|waiver|report|information)s?"
)
STILL_OUT = re.compile(
    rf"\s*(?:as of \w+(?: \d+)?, )?we (?:still )?(?:have|had|did)? ?(?:still )?"
    r"(?:not|never|n['’]t|do not|don['’]t) (?:yet )?"
    rf"(?:receiv\w+|get|got|have|had) (?:{_THE_PAPER}|it|them|one)\b"
    rf"|\s*{_THE_PAPER} (?:(?:was|were|has|have|had|did)(?: not|n['’]t)|never)\b",
    re.IGNORECASE,
)
"""What was to come has not: ``We have not received the form.``, some sentences behind the one that names it."""
