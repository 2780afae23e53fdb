"""What became of a medicine: the cues of outcomes that are said of it, and what they come to."""

import re
from itertools import pairwise

from pipeline.charts.boxes import BOX
from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.left_over import is_told_well
from pipeline.charts.mentions import JOINED, Mention, mentions_of
from pipeline.charts.statements import Hit, Statement
from pipeline.charts.trial_words import DOSE, SIG, because, is_negated, side_effect, words_of
from pipeline.values.chart import Outcome

_ON = re.compile(r"(?:^|[\s(])(?:on|takes?|taking|uses?|using)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TRIED_ON = re.compile(r"\b(?:tried|trialed|trialled)\s+(?:\w+\s+){0,2}on\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What was tried is not taken for that: "I tried her on ..."."""
_OF_ALL = re.compile(
    r"\s*(?:\([^)]{0,60}\))?\s*(?:[,.;:)\u2013\u2014-]\s*|-+>\s*){0,2}"
    r"(?:were|have|both|all|neither|each|none|nothing|no (?:one|relief|benefit) (?:of|from"
    r"|with) (?:any|all|these|them)|not one|without)\b",
    re.IGNORECASE,
)
"""What is said of all the medicines before it: "propranolol 80 mg and topiramate 100 mg were ineffective"."""


def outcome_cues(statement: Statement, mention: Mention, clinical: Clinical) -> dict[str, Hit]:
    """The cue of each outcome that speaks of this medicine.

    What stands between it and the next medicine is its own; what leads the whole list, or stands right before it, is
    said of it too, but yields to an outcome of its own.
    """
    found: dict[str, Hit] = {}
    said = _meant(statement, clinical)
    held = [h for h in said if h.key == "ongoing"]
    # "despite current therapy with": it goes on
    hits = [h for h in said if h.key != "failure" or not any(o.start <= h.start and h.end < o.end for o in held)]
    keys = {hit.key for hit in hits}
    for hit in hits:
        if (
            hit.key == "side_effect"
            and re.search(r"\bfor\s+(?:(?:the|her|his|my)\s+)?$", statement.text[: hit.start])
            and "stopped" not in found
        ):
            continue  # what it was taken for
        if hit.key == "side_effect" and _TREATED_WITH.match(statement.text[hit.end : mention.first]):
            continue  # "hypertension treated with amlodipine"
        if hit.key == "intolerance" and "stopped" not in keys and _is_spoken_of(statement, hit, mention):
            continue  # "propranolol side effects" are a subject to speak of
        if hit.start >= mention.last and _DESPITE_ITS_HARM.match(statement.text, hit.start):
            continue  # "takes topiramate despite tingling"
        if mention.last <= hit.start and hit.end <= mention.until and not _leads_to_next(statement, hit, mention):
            found.setdefault(hit.key, hit)
    shared = _shared_from(statement, mention) if not found else None
    for hit in hits if shared is not None else ():
        if shared is not None and hit.start >= shared:
            found.setdefault(hit.key, hit)
    told = {"failure", "intolerance", "side_effect", "contraindicated"} & found.keys()
    if (
        "ongoing" in found
        and _STILL_TAKEN.fullmatch(SIG.sub("", DOSE.sub("", statement.text[mention.last : found["ongoing"].start])))
    ) or ("ongoing" in found and _OWN_VERB.match(statement.text, mention.last)):
        told |= {"ongoing"}
    for hit in reversed(hits):
        if hit.key == "side_effect" and _TREATED_WITH.match(statement.text[hit.end : mention.first]):
            continue
        if hit.end > mention.first or not _leads(statement, hit, mention):
            continue
        if hit.key == "intolerance" and _is_spoken_of(statement, hit, mention):
            continue
        yields = {"failure": told, "side_effect": told, "contraindicated": told, "intolerance": told - {"side_effect"}}
        found.setdefault("tried" if yields.get(hit.key) else hit.key, hit)
    return found


def _is_spoken_of(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether side effects are what was talked about: "side effects of topiramate were explained"."""
    if hit.start >= mention.last:
        return not statement.text[mention.last : hit.start].strip()
    ahead = hit.end <= mention.first and _OF_IT.fullmatch(statement.text[hit.end : mention.first])
    return bool(ahead) and _TALKED.search(statement.text, mention.last) is not None


_OF_IT = re.compile(r"\s*(?:of|from|with|to|and risks of)\s+(?:the\s+)?", re.IGNORECASE)
_TALKED = re.compile(
    r"\b(?:explained|discuss\w*|review\w*|counsel\w*|went over|gone over|talked|taught|described)\b", re.I
)
_STILL_TAKEN = re.compile(r"[\s,:(\u2013\u2014-]*(?:(?:is|now|remains|still|since)\s*){0,2}", re.IGNORECASE)
"""What stands between a medicine and the word that it goes on: "Failed: gabapentin, amitriptyline ongoing"."""
_OWN_VERB = re.compile(r"\s*(?:is|are|remains?|continues?)\b(?!\s+not\b)", re.IGNORECASE)
"""Behind a medicine: its own verb, so that it is no more an item of a list that something leads."""
_DESPITE_ITS_HARM = re.compile(r"despite\s+(?!this|that|which|it\b|good|full|daily|adequate)", re.IGNORECASE)
_TREATED_WITH = re.compile(
    r"[\w\s]{0,20}\b(?:treated|managed|controlled|relieved|helped|treats|manages)\s+(?:well\s+)?(?:with|by|on)\b"
    r"|\s*,?\s*for which\b",
    re.IGNORECASE,
)


def _meant(statement: Statement, clinical: Clinical) -> tuple[Hit, ...]:
    """The cues of outcomes that are said of what was: not inside words that mean nothing, nor in a clause of "if"."""
    said = statement.of(Subject.OUTCOME)
    void = [h for h in said if h.key == _VOID]
    crossed = len([h for h in said if h.key in _CHOICES]) > 1 and any(
        h.key in _CHOICES and _CROSS.search(statement.text, 0, h.start) for h in said
    )
    return tuple(
        h
        for h in said
        if not any(h is not v and v.start < h.end <= v.end for v in void)
        and not _is_supposed(statement, h, clinical)
        and not _is_unticked(statement.text, h.start)
        and not _ASKED.match(statement.text, h.end)
        and not (h.key == "failure" and is_told_well(statement.text, h.start, h.end))
        and not (h.key == "failure" and _AT_FIRST.match(statement.text, h.end))
        and not (crossed and h.key in _CHOICES and not _CROSS.search(statement.text, 0, h.start))
    )


_AT_FIRST = re.compile(
    r"\s*(?:at first|initially|in the beginning),?\s+(?:(?:and|but)\s+)?(?:then|later|after)\b", re.I
)
"""Behind a failure: it was none in the end."""
_CHOICES = frozenset({"failure", "intolerance", "contraindicated"})
_CROSS = re.compile(r"(?:^|\s)[xX\u2713\u2714]\s+(?:[A-Z]\w+\s)?$")
"""Right before a choice of a form that is printed without boxes: "Intolerance   X Inadequate response"."""


def _is_unticked(text: str, place: int) -> bool:
    """Whether the box before ``place`` is empty in a line that prints several: "[x] ineffective [ ] not tolerated"."""
    boxes = [*BOX.finditer(text)]
    before = [box for box in boxes if box.end() <= place]
    return len(boxes) > 1 and bool(before) and not before[-1]["on"]


_ASKED = re.compile(r"\s?\?(?!\s*(?:yes|y)\b)", re.IGNORECASE)
"""What makes a question of an outcome: "failed?"."""


def _is_supposed(statement: Statement, hit: Hit, clinical: Clinical) -> bool:
    """Whether an ending is only thought of: "and, if it brings no reduction, an antibody"."""
    return hit.key in ENDINGS and clinical.words.supposed.found_in(
        _UNTIL_THEN.sub("", _clause_before(statement.text, hit.start))
    )


_UNTIL_THEN = re.compile(
    r"\b(?:until|till)\s+(?:(?:early|late|mid|the end of)\s+)?(?:last\b|this\b|\d|(?-i:[A-Z])[a-z]+\.?\s+\d)",
    re.IGNORECASE,
)
"""When it ended, not what was waited for: "until January 2026"."""


def _clause_before(text: str, place: int) -> str:
    """The words of the clause that stand before ``place``."""
    return _CLAUSE_ENDS.split(text[:place])[-1]


def is_not_barred(statement: Statement, hit: Hit) -> bool:
    """Whether the words right before a contraindication take it back: "is not contraindicated"."""
    lead = statement.text[: hit.start]
    return is_negated(statement, hit) or bool(_NOT.search(lead) or _WISHED.search(lead))


_NOT = re.compile(r"\b(?:not|isn't|aren't|never)\s+(?:\w+\s+)?$", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:'d like|would (?:like|rather|prefer)|wants?|wish\w*|prefers?|hop\w+)\s+(?:to\s+)?$", re.IGNORECASE
)
"""Before what is avoided: the patient's wish, which bars nothing."""
_OFF = re.compile(r"(?:[,;-]|->|\u2192)\s*(?:now\s+)?off\s*[.;,)]*\s*$", re.IGNORECASE)
"""A word at the end that says that it is taken no more: "LFTs bumped, off"."""
_SCANT = re.compile(
    r"(?:\s-+|[:,(\u2013\u2014]|->|\u2192)\s*(?P<how>minimal|partial|poor|nil|nothing|slight|transient|temporary|negligible|marginal|modest)\s*[).]*\s*$",
    re.IGNORECASE,
)
"""One word at the end of an item of what was tried, that says how little it did."""
_ANSWERED = re.compile(
    r"(?:\d{2}|\d\)?|\b(?:mos?|months?|wks?|weeks?|yrs?|years?|x\d)\.?)\)?[\s,:;|-]+"
    r"(?P<how>nothing|none|no|nil|zip|zero|no help|plateau\w*)"
    r"\s*(?:$|[,;.(])",
    re.IGNORECASE,
)
"""Behind its time, a word that answers what it did: "citalopram 40   5/21-9/21   nothing"."""
_FEW_PERCENT = re.compile(
    r"\b(?:maybe|perhaps|only|about|around|roughly|~|at most)?\s*(?P<n>\d{1,2})\s*(?:%|per ?cent)"
    r"(?!\s*(?:cream|gel|solution|ointment|topical|wipes?|lotion|nightly))(?:\s+(?:less|better|fewer|improve\w*|reduc\w*|relief|benefit|help\w*|drop|decreas\w*)|(?=\s*(?:[,.;)]|$)))",
    re.IGNORECASE,
)
_NO_MORE_THAN = 25
"""By so many percent what is told of a trial that ended was hardly better."""
_NO_ILLNESS = re.compile(
    r"\b(?:cost\w*|price|insur\w*|coverage|cover\w*|den(?:ied|ial)|auth\w*|PA|afford\w*|fear\w*|worr\w*|afraid|prefer\w*"
    r"|wish\w*|want\w*|choice|suppl\w*|back-?order\w*|shortage\w*|pharmacy|formulary|plan|payer|copay\w*|travel\w*)\b",
    re.IGNORECASE,
)
"""Causes for which a medicine was not given that bar nothing: cost, coverage, a wish."""
_VOID = "plain"
"""The outcome whose words only look like another's: "no change in dose"."""
ENDINGS = frozenset({"failure", "intolerance", "side_effect", "stopped", "harm"})
"""Outcomes that end a trial."""
_CLAUSE_ENDS = re.compile(r"[,;:.()]\s|\b(?:but|then)\b", re.IGNORECASE)


def _shared_from(statement: Statement, mention: Mention) -> int | None:
    """Where what is said of a whole list begins: behind its last medicine, with only doses between them."""
    mentions = mentions_of(statement)
    place = next(n for n, m in enumerate(mentions) if m.first == mention.first)
    rest = mentions[place + 1 :]
    for one, following in pairwise([mention, *rest]):
        between = SIG.sub("", DOSE.sub("", statement.text[one.last : following.first]))
        if not JOINED.fullmatch(_UP_TO.sub("", between)):
            return None
    if not rest or len(rest[-1].drugs) > 1:
        return None
    last = rest[-1].last
    tail = DOSE.sub(lambda m: " " * len(m[0]), statement.text[last:])
    found = _OF_ALL.match(tail)
    return last if found else None


def _list_begins(statement: Statement, mention: Mention) -> int:
    """Where the list of medicines begins in which this one stands: "on Eliquis 5 bid, metoprolol 25 bid"."""
    begin = mention.first
    for one in reversed([m for m in mentions_of(statement) if m.first < mention.first]):
        between = _BRACKETED.sub("", statement.text[one.last : begin])
        if not JOINED.fullmatch(SIG.sub("", DOSE.sub("", between))):
            break
        begin = one.first
    return begin


_BRACKETED = re.compile(r"\([^()]*\)")
_UP_TO = re.compile(r"\b(?:up to|to|at|daily|nightly|a day|then|next|later|followed by)\b", re.IGNORECASE)


def _leads(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether a cue before the medicine is said of it: it opens the list in which the medicine stands."""
    drugs = [d for d in statement.of(Subject.DRUG)]
    following = next((d for d in drugs if d.start >= hit.end), None)
    if following is None or (
        _is_bracketed(statement.text, hit.start) and ")" in statement.text[hit.end : mention.first]
    ):
        return False
    gap = statement.text[hit.end : following.start]
    if any(d.end <= hit.start for d in drugs) and (
        len(gap.split()) > 2 or re.search(r"[,(:]|\s[-\u2013\u2014]+\s", gap)
    ):
        return False  # it ends what is said of the medicine before it
    between = statement.text[hit.end : mention.first]
    if _LIST_ENDS.search(between):
        return False
    told = [
        h for h in statement.of(Subject.OUTCOME)
        if following.start < h.start < mention.first and h.key != "tried" and not _is_bracketed(statement.text, h.start)
    ]  # fmt: skip
    return following.start >= mention.first or not any(not _leads_to_drug(statement, h, mention) for h in told)


_LIST_ENDS = re.compile(r";|\.\s|\b(?:but|however|now|currently|while|whereas|although)\b", re.IGNORECASE)


def _is_bracketed(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def _leads_to_drug(statement: Statement, hit: Hit, mention: Mention) -> bool:
    return hit.end <= mention.first and len(statement.text[hit.end : mention.first].split()) <= 2


def _leads_to_next(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether a cue belongs to the medicine that follows: "..., and failed propranolol"."""
    if mention.until == len(statement.text):
        return False
    gap = statement.text[hit.end : mention.until]
    return (
        len(gap.split()) <= 2
        and hit.key in {"failure", "tried", "contraindicated", "stopped", "ongoing"}
        and not re.search(r"[,;.():]|\s[-\u2013\u2014]+\s|^\s*(?:and|or|then)\b", gap)
    )


_BEHIND = re.compile(r"[\s,]*(?:\s-+|[:(\u2013\u2014]|-+>|=>|\u2192|\.{2,})\s*(?:\w+\s+){0,2}", re.IGNORECASE)
"""What stands between a medicine with its dose and what it did: a dash, a colon, an arrow, a bracket, dots."""
_STORY = {None, "present", "assessment"}
"""The sections in which a medicine with an effect right behind it was tried; in others that is its use."""


def tells_harm(statement: Statement, mention: Mention, cues: dict[str, Hit], clinical: Clinical) -> bool:
    """Whether an item is a medicine and right behind it what it did, of which no medicine is the cure."""
    hit = cues.get("side_effect") or cues.get("intolerance") or cues.get("harm")
    if hit is None or statement.section not in _STORY or hit.start < mention.last or "ongoing" in cues:
        return False
    own = statement.text[mention.last : mention.until]
    gap = _UP_TO.sub("", SIG.sub("", DOSE.sub("", statement.text[mention.last : hit.start])))
    said = own[hit.start - mention.last :]
    if clinical.words.borne.found_in(own):
        return False
    did = _DID.match(_UP_TO.sub("", SIG.sub("", DOSE.sub("", own))))
    plainly = clinical.words.plain_harm.found_in(said)
    return (_BEHIND.fullmatch(gap) is not None and plainly) or (did is not None and (plainly or hit.key == "harm"))


_DID = re.compile(
    r"\s*(?:,?\s*(?:which|and it|but it|it)\s+)?(?:(?:also|only|just|really|always)\s+){0,2}"
    r"(?:(?:made|gave|left|turned|put|sent|knocked|wiped|dried|dropped|lowered)\s+"
    r"(?:me|her|him|them|my|his|the (?:patient|child|boy|girl)|patient|pt)\b"
    r"|(?:had|has)\s+(?:her|him|me)\b|(?:caused|triggered|brought on|produced|induced|provoked)\b)",
    re.IGNORECASE,
)
"""Right behind a medicine: what it did to the patient, in a story: "Elavil knocked her out"."""


_PASSED = re.compile(
    r"(?:\s+[\w-]+){0,3}?,?\s*(?:at first|initially|early on|in the beginning)?,?\s*(?:and|but|which|that)\s+"
    r"(?:(?:it|they|this|these|has|have|since|soon|later|then|quickly)\s+){0,3}"
    r"(?:passed|resolved|went away|settled|faded|cleared|subsided|abated|eased|disappeared|got better|improved)\b",
    re.IGNORECASE,
)
"""Behind what a medicine did: that it is over, and no reason to stop."""

_MOVED = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,3}(?:\.\d)?)\s*(?:to|-+>|=>|\u2192)\s*(?P<b>\d{1,3}(?:\.\d)?)(?![\d/.]*\d|\s*(?:mg|mcg|units?|U)\b)"
)
_COUNTED = re.compile(
    r"\b(?:days?|HAs?|MHDs?|headaches?|migraines?|attacks?|leaks?|pads?|voids?|spasms?|pain|A1c|episodes?|accidents?)\b",
    re.IGNORECASE,
)
_LITTLE = 0.2
"""By less than this share of it a count that is told of a trial has hardly fallen."""


def _hardly_moved(own: str) -> str | None:
    """The words that tell of an item of what was tried that a count hardly fell: "headache days 25 to 24"."""
    m = _MOVED.search(own)
    if m is None or not _COUNTED.search(own) or float(m["a"]) <= 0:
        return None
    first, last = float(m["a"]), float(m["b"])
    return m[0] if first * (1 - _LITTLE) < last <= first * (1 + _LITTLE) else None


def outcome_of(
    statement: Statement, mention: Mention, cues: dict[str, Hit], *, ended: bool
) -> tuple[Outcome | None, str | None]:
    """The outcome and its reason; ``ended``: it stands under what was tried, or for a time."""
    own = statement.text[mention.last : mention.until]
    stopped = ended or bool({"stopped", "tried"} & cues.keys()) or bool(_OFF.search(own))
    if "unjudged" in cues and "stopped" not in cues:
        return (Outcome.ONGOING if "ongoing" in cues else None), None
    if "contraindicated" in cues and not is_not_barred(statement, cues["contraindicated"]):
        why = because(statement, cues["contraindicated"], mention)
        if why is None or not _NO_ILLNESS.search(why):
            return Outcome.CONTRAINDICATED, why
    if "intolerance" in cues and not is_negated(statement, cues["intolerance"]):
        return Outcome.INTOLERANCE, side_effect(statement, cues, "intolerance")
    kept = "ongoing" in cues and not {"stopped", "failure"} & cues.keys()
    harmed = "side_effect" in cues and stopped and not kept and not is_negated(statement, cues["side_effect"])
    passed = "stopped" not in cues and any(
        _PASSED.match(statement.text, cues[k].end) for k in ("side_effect", "harm") if k in cues
    )
    if passed:
        harmed, stopped = False, False
    if harmed and ("failure" not in cues or cues["failure"].end <= mention.first):
        return Outcome.INTOLERANCE, words_of(statement, cues["side_effect"], mention)
    if "harm" in cues and stopped and not kept and "failure" not in cues:
        return Outcome.INTOLERANCE, words_of(statement, cues["harm"], mention)
    if "failure" in cues:
        return Outcome.FAILURE, words_of(statement, cues["failure"], mention)
    if ended and "ongoing" not in cues and (hardly := _hardly_moved(own)):
        return Outcome.FAILURE, hardly
    if ended and (scant := _SCANT.search(own) or _ANSWERED.search(own)):
        return Outcome.FAILURE, scant["how"].casefold()
    if ended and "ongoing" not in cues and (few := _FEW_PERCENT.search(own)) and int(few["n"]) <= _NO_MORE_THAN:
        return Outcome.FAILURE, few[0].casefold()
    if "stopped" in cues:
        return None, because(statement, cues["stopped"], mention)
    lead = statement.text[: _list_begins(statement, mention)]
    if "ongoing" in cues or (_ON.search(lead) and not _TRIED_ON.search(lead)):
        return Outcome.ONGOING, None
    return None, None
