"""What a letter says of reasons and does not give as its own: what a rule lists, and why it was decided before."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pipeline.extract.reasons.words import words_of
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Language
from pipeline.language.clauses import Clause, clauses_of
from pipeline.language.context import Scope, Stance, Utterance, hits, part_of
from pipeline.language.matchers import Subject
from pipeline.language.words import words_of as tokens_of
from pipeline.language.zones import Zone

# The sign or number of an entry of a list.
ENTRY = re.compile(r"\s*(?:[-*•◦▪‣·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S", re.IGNORECASE)
_REQUIRES = frozenset({"requirement", "only_with"})
# The list says what is missing: "These requirements are not met:".
_UNMET = re.compile(r"\b(?:not|n't|no|never|unmet|fail\w*|lack\w*|missing|denied|because|reasons?)\b", re.IGNORECASE)
# The list names what the reader shall send.
_ASKS_FOR = re.compile(r"\b(?:send|includ\w+|enclos\w+|provid(?:e|ing)|attach\w*|submit\w*|bring|add)\b", re.IGNORECASE)
_REMEDY = r"(?:appeal\w*|hearing|look again|another look|reconsider\w*|redetermin\w*|dispute\w*|grievance|disagree)"
# A remedy and a limit or a right to it, offered to the reader and not told of.
_OFFERS = Seldom(
    rf"\b{_REMEDY}\b.*\b(?:days|months|right|rights)\b|\b(?:days|months|right|rights)\b.*\b{_REMEDY}\b",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(
    r"\b(?:received|was|were|did|came|not|never|late|expired|passed|ended|we (?:will|must)|decided|answered)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:you|they|members?|providers?|physician|patient|enrollee) (?:\w+ )?(?:may|can|have the right)\b"
    r"|^\W*(?:if|to|ask|write|send|call|fax)\b",
    re.IGNORECASE,
)
# A heading behind which the decision and its ground are told after all, as on a page that is attached.
_GROUNDS = re.compile(
    r"\b(?:rationale|reasons?|why|basis|determination|decision|findings?|explanation|analysis)\b", re.IGNORECASE
)
_WHY = re.compile(
    r"\W*why (?:did |do |have |are |was |were |is )?(?:we|your|the|this|it|payment|coverage)\b", re.IGNORECASE
)
_REMEDIES = re.compile(r"\b(?:appeal\w*|review|you|your|if|next|rights?|owe|other)\b", re.IGNORECASE)
_HEADING = 60
_SUMS_UP = re.compile(
    r"\W*(?:for (?:this|that|these|all (?:of )?these) reasons?|therefore|thus|accordingly|as a result|consequently"
    r"|so,)\b",
    re.IGNORECASE,
)
_NOT_THE_REASON = re.compile(
    r"\b(?:reasons?|causes?|problem|grounds?|basis|issue|concern|why|matters?)\b", re.IGNORECASE
)
# The reader is told what to do, and nothing of what was found.
_DIRECTS = re.compile(
    r"\W*(?:(?:please|kindly|then|next|first|also),? )?(?:bill|send|forward|submit|resubmit|file|refile|call|ask|fax"
    r"|mail|check|verify|attach|enclose|include|correct|contact|obtain|get|provide|have|use|keep|write)\s"
    r"(?!no\b)(?=[a-z#0-9])",
    re.IGNORECASE,
)
_TOLD_TOO = re.compile(
    r"\b(?:because|since|as|was|were|is|are|did|does|has|had|came|lacks?|missing|denied)\b|n['\u2019]t\b|[:|]",
    re.IGNORECASE,
)
# What may be overlooked of what was filed, and what no later sentence takes back.
_WAS_LATE = re.compile(
    r"\b(?:late|untimely|after|past|deadline|limit|days?|time|missed|without|unsigned|form|signature)\b", re.IGNORECASE
)
_DECIDES = re.compile(
    r"\b(?:denied|denies|deny|refused|not (?:approved|covered|paid|payable)|because|since|reason|experimental"
    r"|criteria)\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:is|are|was|were|did|does|do|has|have|had)\b|n['’]t\b", re.IGNORECASE)
_DENIED = (
    r"(?:denied|declined|refused|rejected|returned|turned down|said no|not (?:approved|paid|covered)"
    r"|did not (?:approve|pay))"
)
_YEAR = r"(?:19|20)\d\d\b"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}\b|[A-Z][a-z]{2,8},? \d{4}|\d{1,2}/\d{1,2}\b|\d{4}-\d\d-\d\d)"
_PAPER = r"(?:decision|denial|determination|answer|letter|notice)"
# Of this decision such a word is only said where there was one before it.
_FORMER = r"(?:[Ff]irst|[Oo]riginal|[Ii]nitial|[Ee]arlier|[Pp]revious|[Pp]rior|[Ff]ormer|[Ll]ast)"
# What may be sent again, and what the reader is told to do.
_REMEDIES_TOLD = re.compile(
    r"\b(?:may|can|could|should|must)\b[^.;]*\b(?:again|re-?(?:sent|submitted|filed))\b"
    r"|\b(?:new|another|corrected|replacement) (?:\w+ )?(?:request|claim|order) (?:may|can|should|must|needs?)\b"
    r"|(?:^|, )\W*(?:then )?(?:add|send|attach|enclose|include|order|ask|call|write|put|keep|tell|use|submit|resubmit) "
    r"(?:a|an|the|it|your|us|at|each|every|all|any|that|them)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:[Oo]n|[Ii]n) (?:our (?:letter|notice|decision) (?:of|from|dated) )?(?:{_DAY}|{_YEAR}|[A-Z][a-z]{{2,8}}\b)"
    rf"[^.;]{{0,30}}\b(?:we|plan|was|were) (?:\w+ )?(?:{_DENIED}|said|told|wrote)"
    rf"|\b(?:was|were|been|we|plan) (?:\w+ )?{_DENIED}(?: \w+){{0,3}} (?:on|in|by letter of) {_DAY}"
    rf"|\b(?:and|then) {_DENIED} on {_DAY}"
    rf"|\b(?:was|were|had been|we) (?:first|originally|initially|previously) {_DENIED}"
    rf"|\bhad (?:\w+ )?been (?:\w+ )?{_DENIED}"
    rf"|\b{_FORMER} (?:request|claim|submission|order|prescription|appeal)\b[^.;]{{0,60}}\b{_DENIED}"
    rf"|\b{_FORMER} {_PAPER}\b[^.;]{{0,30}}\b(?:said|gave|cited|rested|stated|told|because|was based|was that)\b"
)

# A denial that stood after an appeal before this one: "On May 3 the plan upheld its denial".
_KEPT = r"(?:affirmed|upheld|maintained|confirmed|sustained|stood by)"
_KEPT_BEFORE = re.compile(
    rf"\b[Oo]n {_DAY}[^.;]{{0,60}}\b{_KEPT}\b|\b{_KEPT}\b[^.;]{{0,60}}\b(?:on|in|by letter of) {_DAY}"
)


def without_criteria(sentences: Iterable[Utterance], language: Language) -> tuple[Utterance, ...]:
    """The sentences but for the entries of a list of what a rule asks for, or the reader shall send.

    It is opened so ("Covered only when:", "The policy requires:"), or stands in the zone of criteria and says nothing
    of this case.
    """
    found: list[Utterance] = []
    listing = False
    for sentence in sentences:
        listing = opens_criteria(sentence, language) or (listing and ENTRY.match(sentence.text) is not None)
        bare = sentence.zone is Zone.CRITERIA and not _STATES.search(sentence.text)
        if not (listing or bare) or not ENTRY.match(sentence.text):
            found.append(sentence)
    return tuple(found)


def opens_criteria(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence opens a list of what a rule asks for, or of what the reader shall send."""
    if not sentence.text.rstrip().endswith(":") or _UNMET.search(sentence.text):
        return False
    conditional = any(cue.stance is Stance.CONDITIONAL for cue in sentence.cues)
    return (
        conditional
        or _ASKS_FOR.search(sentence.text) is not None
        or not _REQUIRES.isdisjoint(words_of(sentence, language))
    )


def tells_of_earlier(sentence: Utterance) -> bool:
    """Whether a sentence tells of a decision before this one: "On May 3 we denied the drug because no notes came"."""
    return told_before(sentence.text) and not any(cue.stance is Stance.DECIDED for cue in sentence.cues)


def after_rights(sentences: Iterable[Utterance]) -> frozenset[int]:
    """The first tokens of the sentences behind the first offer of an appeal: of general words, and of no reason.

    A heading of the decision or its ground, as on a page that is attached, ends them.
    """
    found: set[int] = set()
    offered = False
    for sentence in sentences:
        if _OFFERS.search(sentence.text) and (_INVITES.search(sentence.text) or not _TOLD.search(sentence.text)):
            offered = True
        elif offered and heads_grounds(sentence.text):
            offered = False
        if offered:
            found.add(sentence.start)
    return frozenset(found)


def heads_grounds(text: str) -> bool:
    """Whether a line is the heading of the decision or its ground: "Basis for the determination"."""
    if len(text) > _HEADING or text[-1] in ".;,!":
        return False
    if _WHY.match(text):
        return True
    return _GROUNDS.search(text) is not None and not _REMEDIES.search(text)


def without_asides(sentences: Iterable[Utterance], language: Language) -> tuple[Utterance, ...]:
    """The sentences without what only stands beside the reasons: what is granted, who has to pay."""
    found: list[tuple[Utterance, ...]] = []
    last = ""
    for one in sentences:
        if found and _WAS_LATE.search(last) and not _DECIDES.search(last) and _takes_back(one, language):
            found[-1] = ()
        found.append(beside_asides(one, language))
        last = one.text
    return tuple(part for parts in found for part in parts)


def _takes_back(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence says that the one before it made no difference: "It came late. We heard it all the same."."""
    known = language.knowledge.reasons.asides_by_id
    words = {word.casefold() for word in tokens_of(sentence.sentence.doc)[sentence.start : sentence.end]}
    entries = (known[hit.key] for hit in hits(sentence, language, Subject.REASON_ASIDE))
    return any(one.before and one.unless_said.isdisjoint(words) for one in entries)


def beside_asides(sentence: Utterance, language: Language) -> tuple[Utterance, ...]:
    """What is left of a sentence but for the clauses that words of ``models/reason_asides.yaml`` say give no reason.

    "We agree that you need care, but the drug is experimental" -> "but the drug is experimental".
    """
    found = hits(sentence, language, Subject.REASON_ASIDE)
    if not found:
        return (sentence,)
    clauses = clauses_of(sentence.sentence.doc, sentence.start, sentence.end)
    words = [word.casefold() for word in tokens_of(sentence.sentence.doc)]
    aside = [False] * len(clauses)
    for hit in found:
        entry = language.knowledge.reasons.asides_by_id[hit.key]
        touched = [at for at, one in enumerate(clauses) if hit.start < one.end and one.start < hit.end]
        first, last = touched[0], touched[-1]
        # A ground behind it opens with the word that takes it back: "for the same reason, because no order came".
        reach = clauses[last].end + (last + 1 < len(clauses) and clauses[last + 1].ground)
        if not entry.unless_said.isdisjoint(words[clauses[first].start : reach]):
            continue
        if entry.back and not any(word.isalpha() for word in words[hit.end : clauses[last].end]):
            first = 0
        while entry.grounds and last + 1 < len(clauses) and clauses[last + 1].ground:
            last += 1
        aside[first : last + 1] = [True] * (last + 1 - first)
    if not any(aside):
        return (sentence,)
    left = groupby(zip(clauses, aside, strict=True), key=itemgetter(1))
    runs = [[clause for clause, _ in run] for is_aside, run in left if not is_aside]
    return tuple(part_of(sentence, run[0].start, run[-1].end) for run in runs)


def parted(sentence: Utterance, taken: Collection[Stance], *, keep: bool = False) -> tuple[Utterance, ...]:
    """The runs of clauses of a sentence that no such stance takes; the whole where none does, or all.

    "It was not paid since the lab is out of network, and no exception was asked for" -> what stands before "and". A
    stance of other sorts that reaches over the whole sentence does so over its parts; ``keep``: the others stay too.
    """
    at = [cue.start for cue in sentence.cues if cue.stance in taken]
    if not at:
        return (sentence,)
    clauses = clauses_of(sentence.sentence.doc, sentence.start, sentence.end)
    told = [(one, any(one.start <= place < one.end for place in at)) for one in clauses]
    # What is said not to be the reason stands before: "There is a limit, but that is not the reason."
    back = max(
        (place for place, (one, is_taken) in enumerate(told) if is_taken and _is_not_why(sentence, one)), default=-1
    )
    told = [(one, is_taken or place < back) for place, (one, is_taken) in enumerate(told)]
    if all(is_taken for _, is_taken in told):
        return (sentence,)
    runs = [(of, [clause for clause, _ in run]) for of, run in groupby(told, key=itemgetter(1))]
    lasting = tuple(cue for cue in sentence.cues if cue.stance not in taken and cue.scope is Scope.SENTENCE)
    found = []
    for is_taken, run in runs:
        if keep or not is_taken:
            part = part_of(sentence, run[0].start, run[-1].end)
            over = (cue._replace(start=min(max(cue.start, part.start), part.end - 1)) for cue in lasting)
            found.append(replace(part, cues=tuple(dict.fromkeys((*over, *part.cues)))))
    return tuple(found)


def _is_not_why(sentence: Utterance, clause: Clause) -> bool:
    return _NOT_THE_REASON.search(sentence.sentence.doc[clause.start : sentence.end].text) is not None


def tells_remedy(sentence: Utterance) -> bool:
    """Whether a sentence tells what may be sent again or done: "A request may be sent as often as needed"."""
    return _REMEDIES_TOLD.search(sentence.text) is not None


def directs(sentence: Utterance) -> bool:
    """Whether a sentence only tells the reader what to do: "Bill the other plan first, not later than in May"."""
    return _DIRECTS.match(sentence.text) is not None and _TOLD_TOO.search(sentence.text) is None


def concludes(sentence: Utterance) -> bool:
    """Whether a sentence only sums up what was said: "For this reason the request does not follow our policy"."""
    return _SUMS_UP.match(sentence.text) is not None


def told_before(text: str) -> bool:
    """Whether the words tell of a denial of an earlier day."""
    return _BEFORE.search(text) is not None


def kept_before(text: str) -> bool:
    """Whether the words tell of a denial that was upheld on an earlier day."""
    return _KEPT_BEFORE.search(text) is not None
