"""What the payer asks for, or says was missing, as evidence types.

Counted: a list that is opened by asking, a sentence that asks, a sentence of the reasons that says what was missing,
and remark codes that stand for a paper. Not counted: what the rights say in general (``any additional information``).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.extract.codes import find_codes
from pipeline.extract.reasons.inserts import without_inserts
from pipeline.knowledge.requests import Asking
from pipeline.language import Language, Reading
from pipeline.language.context import Hit, Stance, Utterance, hits, said, utterances
from pipeline.language.matchers import Subject
from pipeline.language.reading import finding, words_at
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding, LetterKind, Request

_ITEM = re.compile(
    r"\s*(?:\|\s?(?:(?:\d{1,2}[.)]?|\[[ xX]?\])\s?\|)?|[-*•▪●‣–>¢«»·]|\(?\d{1,2}[.)]|\(?[a-h][.)]|\[[ xX]?\]|o )\s?"
)
_NUMBER = re.compile(r"\d{1,2}(?=\s[A-Za-z])")
_ROW = re.compile(r"\s*\|")
"""A row of a table of strokes: one of a list's items, its heading or the rule below that."""
# A box that somebody ticked, and one that nobody did.
_TICKED = re.compile(r"\s*(?:\[\s?[xX✓✔]\s?\]|\(\s?[xX✓✔]\s?\)|☒|☑)")
_UNTICKED = re.compile(r"\s*(?:\[\s{0,3}\]|\(\s{1,3}\)|☐|□)")
# The reader is told what to put in, in the part on appeals too.
_TELLS_TO = re.compile(
    r"\s*(?:(?:\(?[a-h1-9][.)]|[-•*])\s?)?(?:please )?(?:also )?"
    r"(?:include|attach|enclose|send (?:us )?(?:a|the|your|an)\b)"
    r"|[^.]{0,220}\bplease (?:include|attach|enclose|send) (?:it|them|these|those)\b"
    r"|[^.]{0,120}\b(?:need|have) to know (?:if|whether)\b"
    r"|[^.]{0,80}\b(?:dispute|appeal|resubmit|resubmission)\b[^.]{0,60},? (?:together |along )?"
    r"with (?:a|the|your|proof)\b"
    r"|\s*if \w+\b[^.]{0,120}?, (?:please )?"
    r"(?:send|include|attach|submit|enclose|mail|fax|forward)\b"
    r"|[^.]{0,120}\band (?:include|attach|enclose) (?:a|the|your)\b"
    r"|\s*if you (?:send|fax|mail|upload|give)(?: us)? (?:a|the|your)\b[^.]{0,80}, we\b",
    re.IGNORECASE,
)
# A list in one sentence: "Please supply: the order; the office note; the bladder diary."
_OFFERED = re.compile(
    r"[^.]{0,80}\b(?:can|could|may) (?:also |still )?(?:send|give|fax|upload|provide|supply) (?:us )?"
    r"(?!(?:more |additional |further )?(?:medical|clinical|supporting|additional|further) )",
    re.IGNORECASE,
)
"""``Your doctor can send us a diary``: what would help, said outside of the rights."""
_LISTS_IN_LINE = re.compile(
    r"(?::\s+| [-–] )(?:\(?1[.)]|\S[^;:]*)(?:\s\S[^;:]*\(?2[.)]|;[^;:]+|,[^,:]+,[^:]+|,? and [^:]+)"
)
_TELLS = re.compile(
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
_SENT_NOTHING = re.compile(
    r"\s*(?:\w{1,12} ){1,3}(?:did|have|has|was|were)(?: not|n['’]t) (?:\w{1,9} )?"
    r"(?:send|sent|receive|received|get|got|include|included|provide|provided|submit|submitted)"
    rf" (?:one|it|them|these|those|any)\b|\s*(?:but )?(?:{_NOTHING})",
    re.IGNORECASE,
)
_ASKED_IN_VAIN = re.compile(
    r"\b(?:asked|wrote|called|request(?:ed)?|sent out)\b[^.]{0,250}?"
    rf"(?:[;:,]|,? (?:and|but|yet)\b) ?(?:(?:and|but|yet) )?(?:{_NOTHING})",
    re.IGNORECASE,
)
# ``We asked for the form on May 3.``: which one the sentence before it says.
_ASKED_FOR_IT = re.compile(
    r"\s*we (?:have )?(?:asked|wrote|called)\b.{0,40}\bfor (?:the forms?|it|them|these|this|one)\b", re.I
)
# What a letter that is not written to ask names in general, or of somebody else's asking.
_IN_GENERAL = re.compile(
    r"\bany\b(?:\W+\w+){0,3}\W*$|\bwhy\b[^.;,]{0,30}$"
    r"|\b(?:anything|everything|whatever)\b[^.;:]*$"
    r"|\b(?:papers|information|documents|evidence|material),? (?:\w+ )?(?:like|such as|for example)\b[^.;:]*$",
    re.IGNORECASE,
)
_OTHERS_REQUEST = re.compile(
    r"\b(?:got|received|reviewed|considered|looked at|have)\b[^.;]{0,25}\brequest\b"
    r"|\bwill (?:be )?(?:den(?:y|ied)|reject(?:ed)?|returned)\b",
    re.IGNORECASE,
)
# What need not be sent, and what an earlier decision said.
_NOT_ASKED = re.compile(
    r"\b(?:do|does)(?: not|n['’]t) (?:need|have) to\b|\bno need (?:to|for)\b|\bneed not\b"
    r"|\bno (?:\w+ ){1,4}(?:is|are|was|were) (?:needed|required|necessary)\b"
    r"|\b(?:is|are)(?: not|n['’]t) (?:needed|required|necessary)\b"
    r"|\b(?:do not|don['’]t) (?:send|submit|fax|mail|attach)\b"
    r"|\b(?:in|on) \w+(?: \d{1,2})?(?:, \d{4})?,? (?:that )?we (?:said|told|wrote|denied|decided)\b"
    r"|\b(?:first|earlier|original|initial|previous) (?:decision|denial|letter|notice|determination)\b[^.]{0,30}"
    r"\b(?:said|stated|was|told|because)\b|\bwas denied (?:on|in|because)\b",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"\b(?:no|without(?: an?| the)?|lacks?(?: an?| the)?)(?:\W+\w+){0,2}\W*$", re.IGNORECASE)
"""Right before a paper: there is none, whatever is said of appeals in the same sentence."""
_HANDED_IN = re.compile(r"\b(?:submit|sent|send|provid|receiv|includ|attach|enclos|suppl(?:y|ied))", re.IGNORECASE)
_LITERATURE = "rq.literature"
"""Said to be weak or missing it is what is known of a treatment, unless it was to be handed in."""
_SAYS = re.compile(
    r"\W*(?:support|show|list|state|document|describe|indicate|mention|report)(?:s|ed)?\b(?! (?:no|neither)\b)", re.I
)
"""Right behind a paper, in a sentence that says that something else was missing: it is there."""
_CONTENT = re.compile(
    r"\b(?:that|which) (?:show|document|describe|list|support|tell of|prove)s?\b"
    r"|\b(?:showing|documenting|describing|listing)\b",
    re.I,
)
"""Between a paper and what it is to show, which is no paper of its own."""
_NEVER = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.SIGNATURE, Zone.CONTACTS, Zone.GREETING})
_RUNNING = frozenset({Zone.BODY, Zone.RATIONALE})
_GENERAL = frozenset({Zone.RIGHTS, Zone.BOILERPLATE})
_REASONS = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.TABLE, Zone.REQUEST})
# What is listed behind these words is there.
_ON_FILE = re.compile(r"\b(?:reviewed|considered|received|relied|on file|looked at)\b", re.IGNORECASE)
_HEADING_WORDS, _WHOLE = 12, 6
"""Words: at most so many has a line over a list, at least so many a sentence beside a label."""
# Papers that every appeal takes along; their mention in the rights asks for nothing.
_OF_EVERY_APPEAL = frozenset({"ev.denial_letter", "ev.aor", "ev.policy", "ev.card", "ev.member_consent", "ev.wol"})
_DOCTORS_LETTER = "rq.doctors_letter"
_NEVER_ASKED_FOR, _APPROVAL = frozenset({"197"}), "ev.pa_letter"
"""Beside the code for care that nobody asked to approve, a remark that its number is missing asks for no paper."""
_WORDS_OF_ITEM = 2
"""Its sign, and a word."""
_LISTED_APART = 2
"""As many papers in a list say what the bundle is that opened it."""
_LISTED, _ASKED, _MISSING, _CODE = 0.85, 0.75, 0.7, 0.8


def find_requests(reading: Reading, language: Language, *, kind: LetterKind) -> tuple[Request, ...]:
    """Every request once, in order of place."""
    found: list[Request] = []
    sentences = without_inserts(utterances(reading, language), reading, language)
    asked = kind is LetterKind.INFORMATION_REQUEST
    items: list[Request] = []
    for sentence, sort in _asking(sentences, language, asked=asked):
        listed = sort is Asking.LIST and sentence.zone is Zone.REFERENCE and _ITEM.match(sentence.text)
        if sentence.zone in _NEVER and not (listed or _is_told(sentence)):
            continue
        named = _named(sentence, language, sort, asked=asked)
        told = [_request(reading, sentence, hit, language=language, sort=sort) for hit in named]
        found.extend(told)
        items.extend(told if _ITEM.match(sentence.text) else ())
    found.extend(_coded(reading, language, known={request.evidence_type for request in found}))
    found = _without_bundle(found, items, language)
    if kind in {LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED}:
        return ()
    return _once(found)


def _asking(sentences: Sequence[Utterance], language: Language, *, asked: bool) -> Iterable[tuple[Utterance, Asking]]:
    """The sentences that ask or say what was missing, and the items of lists that were opened by asking.

    ``asked``: the letter is written to ask. Then every list outside of the rights, and every ticked box, says for what.
    """
    sorts = {entry.id: entry.sort for entry in language.knowledge.asking}
    open_list = on_file = False
    before: Utterance | None = None
    counted = _counted(sentences) if asked else frozenset()
    for sentence in sentences:
        if before is not None and _SENT_NOTHING.match(sentence.text):
            yield before, Asking.VAIN
        if _ASKED_IN_VAIN.search(sentence.text):
            yield sentence, Asking.VAIN
        if before is None or not _ASKED_FOR_IT.match(sentence.text):
            before = sentence
        if _UNTICKED.match(sentence.text) or _NOT_ASKED.search(sentence.text):
            continue
        if asked and _TICKED.match(sentence.text):
            yield sentence, Asking.LIST
            continue
        row = bool(_ROW.match(sentence.text))
        item = (open_list if row else bool(_ITEM.match(sentence.text))) or sentence.start in counted
        if item and on_file:
            continue
        if item and (open_list or (asked and sentence.zone not in _GENERAL)):
            yield sentence, Asking.LIST
            continue
        cues = {sorts[hit.key] for hit in hits(sentence, language, Subject.ASKING)}
        before_list = sentence.text.rstrip().endswith(":")
        on_file = before_list and Asking.LIST not in cues and bool(_ON_FILE.search(sentence.text))
        # A list opens with a colon; in a text that lost it, with the bullet that follows.
        opens = Asking.LIST in cues or (asked and sentence.zone not in _GENERAL and not on_file)
        headed = Asking.LIST in cues and _is_over_list(sentence)
        open_list = headed or (opens and before_list)
        if sentence.zone is Zone.REQUEST and not _is_heading(sentence):
            yield sentence, Asking.LIST if not open_list else Asking.PLAIN
        elif (
            (Asking.LIST in cues and _LISTS_IN_LINE.search(sentence.text) and sentence.zone not in _GENERAL)
            or (sentence.zone in _GENERAL | _RUNNING and _TELLS_TO.match(sentence.text))
            or (sentence.zone in _RUNNING and (_OFFERED.match(sentence.text) or _TELLS.match(sentence.text)))
        ):
            yield sentence, Asking.LIST
        elif not asked and _OTHERS_REQUEST.search(sentence.text):
            continue
        elif Asking.PLAIN in cues and sentence.zone not in _GENERAL:
            yield sentence, Asking.PLAIN
        elif Asking.MISSING in cues and (sentence.zone in _REASONS or _is_told(sentence)):
            yield sentence, Asking.MISSING


def _counted(sentences: Sequence[Utterance]) -> frozenset[int]:
    """Where the lines begin that only count, one after another: ``1 PROGRESS NOTES``, ``2 THE INJECTION RECORD``."""
    numbers = [(int(m.group()), s.start) if (m := _NUMBER.match(s.text)) else None for s in sentences]
    pairs = [(a, b) for a, b in pairwise(numbers) if a and b and b[0] == a[0] + 1]
    return frozenset(start for pair in pairs for _, start in pair)


def _is_over_list(sentence: Utterance) -> bool:
    """Whether a sentence is a line without an end, as stands over a list: ``What we still need from you``."""
    return sentence.text[-1:].isalpha() and len(sentence.text.split()) <= _HEADING_WORDS


def _is_told(sentence: Utterance) -> bool:
    """Whether what stands beside a label is a sentence: ``Reason: The diary was not attached.``."""
    whole = sentence.text.rstrip().endswith(".") and len(sentence.text.split()) >= _WHOLE
    return sentence.zone is Zone.REFERENCE and whole


def _is_heading(sentence: Utterance) -> bool:
    return sentence.text.isupper() and len(sentence.text) < 60


def _without_bundle(found: list[Request], items: list[Request], language: Language) -> list[Request]:
    """The requests but for a bundle ("we need medical records:") whose papers are then listed one by one."""
    broad = {entry.evidence for entry in language.knowledge.requests if entry.broad}
    listed = {request.evidence_type for request in items} - broad
    if len(listed) < _LISTED_APART:
        return found
    return [request for request in found if request.evidence_type not in broad or request in items]


def _named(sentence: Utterance, language: Language, sort: Asking, *, asked: bool) -> list[Hit]:
    """The evidence that the sentence names, narrower words before broad ones."""
    entries = {entry.id: entry for entry in language.knowledge.requests}
    blocked = {hit.key for hit in hits(sentence, language, Subject.REQUEST_UNLESS)}
    named = [hit for hit in hits(sentence, language, Subject.REQUEST) if hit.key not in blocked]
    named = [hit for hit in named if asked or not _IN_GENERAL.search(_before(sentence, hit))]
    if sort in (Asking.PLAIN, Asking.MISSING):
        named = [hit for hit in named if _is_asked(sentence, hit, language=language, sort=sort)]
    narrow = _first_of_overlapping([hit for hit in named if not entries[hit.key].broad])
    if sort is Asking.LIST and _ITEM.match(sentence.text):
        narrow = [hit for hit in narrow if not _is_content(sentence, hit, narrow)]
    broad = [hit for hit in named if entries[hit.key].broad and not any(_overlap(hit, other) for other in narrow)]
    return [
        hit
        for hit in narrow + broad
        if not (
            sort is not Asking.VAIN
            and (hit.key == _DOCTORS_LETTER or entries[hit.key].evidence in _OF_EVERY_APPEAL)
            and (sentence.zone in _GENERAL or (sort is Asking.LIST and said(sentence, hit.start) is Stance.RIGHTS))
        )
    ]


def _first_of_overlapping(hits: list[Hit]) -> list[Hit]:
    """Of papers named by the same words the one that begins first, then the longest: what a paper is stands first.

    ``occupational therapy notes from the last visit`` are therapy notes.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not any(_overlap(hit, other) and hit.key != other.key for other in kept):
            kept.append(hit)
    return kept


def _is_asked(sentence: Utterance, hit: Hit, *, language: Language, sort: Asking) -> bool:
    """Whether the words of asking are near the evidence, and no condition or right takes them away."""
    cues = [cue for cue in hits(sentence, language, Subject.ASKING) if cue.key == f"ask.{sort.value}"]
    near = any(min(abs(hit.start - cue.end), abs(cue.start - hit.end)) <= 14 for cue in cues)
    stance = said(sentence, hit.start)
    if sort is Asking.MISSING:
        doc = sentence.sentence.doc
        if _SAYS.match(doc[hit.end : min(hit.end + 4, sentence.end)].text):
            return False
        if hit.key == _LITERATURE and not _HANDED_IN.search(sentence.text):
            return False
        none = stance is Stance.RIGHTS and _NONE_OF.search(_before(sentence, hit))
        return near and (stance in {Stance.STATED, Stance.DECIDED} or bool(none))
    return near and stance in {Stance.STATED, Stance.DECIDED, Stance.INVITED} and "may" not in _words(sentence, hit)


def _words(sentence: Utterance, hit: Hit) -> set[str]:
    return {token.lower_ for token in sentence.sentence.doc[sentence.start : hit.start]}


def _before(sentence: Utterance, hit: Hit) -> str:
    return sentence.sentence.doc[sentence.start : hit.start].text


def _is_content(sentence: Utterance, hit: Hit, others: list[Hit]) -> bool:
    """Whether it is what another paper of the item is to show: ``progress note that shows the prior therapy``."""
    doc = sentence.sentence.doc
    return any(other.end <= hit.start and _CONTENT.search(doc[other.end : hit.start].text) for other in others)


def _overlap(a: Hit, b: Hit) -> bool:
    return a.start < b.end and b.start < a.end


def _request(reading: Reading, sentence: Utterance, hit: Hit, *, language: Language, sort: Asking) -> Request:
    entry = next(entry for entry in language.knowledge.requests if entry.id == hit.key)
    confidence = {Asking.LIST: _LISTED, Asking.PLAIN: _ASKED}.get(sort, _MISSING)
    start, end = sentence.span
    lead = _ITEM.match(reading.text.content[start:end])
    if lead:
        end = _end_of_item(reading, start, end)
        start += lead.end()
    base = finding(reading, (start, end), value=None, rule=f"{entry.id}.{sort.value}", confidence=confidence)
    return _as_request(base, evidence=entry.evidence)


def _end_of_item(reading: Reading, start: int, end: int) -> int:
    """Where an item ends: a line with a capital that begins under its sign, not under its words, is a heading."""
    content = reading.text.content
    words = words_at(reading.text, start, end)
    if len(words) < _WORDS_OF_ITEM:
        return end
    under_sign = (words[0].box.x0 + words[1].box.x0) / 2
    for line in (line for line in reading.lines if start < line.start < end):
        first = next((word for word in words if word.start >= line.start), None)
        if first and first.box.x0 < under_sign and content[first.start].isupper():
            return start + len(content[start : line.start].rstrip())
    return end


def _coded(reading: Reading, language: Language, *, known: set[str]) -> list[Request]:
    codes = find_codes(reading, language)
    unasked = any(code.value in _NEVER_ASKED_FOR for code in codes.carc)
    table = language.knowledge.codes.rarc.codes
    found = []
    for code in codes.rarc:
        entry = table.get(code.value or "")
        if unasked and entry is not None and entry.evidence == _APPROVAL:
            continue
        if entry is not None and entry.evidence is not None and entry.evidence not in known:
            base = Finding(
                value=None,
                text=code.text,
                page=code.page,
                boxes=code.boxes,
                confidence=_CODE,
                rule=f"code.{code.value}",
            )
            found.append(_as_request(base, evidence=entry.evidence))
    return found


def _as_request(base: Finding, *, evidence: str) -> Request:
    return Request(
        value=base.text, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
        evidence_type=evidence,
    )  # fmt: skip


def _once(found: Iterable[Request]) -> tuple[Request, ...]:
    chosen: dict[tuple[str, str], Request] = {}
    for request in found:
        chosen.setdefault((request.evidence_type, request.text), request)
    return tuple(chosen.values())
