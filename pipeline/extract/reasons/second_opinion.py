"""Reasons that no rule knows: sentences of a denial that the second opinion takes for one, believed less than a rule.

Asked only of sentences that state something in the parts of a letter where reasons are given, and only where no rule
fired that it does not doubt. It is stricter where the rules already found why.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import reduce
from itertools import pairwise

from pipeline.extract.dates import Dates
from pipeline.extract.opinions import SILENT, best
from pipeline.extract.reasons import ABOUT_APPEALS, Reasons
from pipeline.extract.reasons.asides import concludes, parted, tells_of_earlier, tells_remedy
from pipeline.extract.reasons.compared import compared
from pipeline.extract.reasons.doubts import is_explained, known_to_rules
from pipeline.extract.reasons.entries import entries_of, wholes
from pipeline.extract.reasons.opinion import only_decides, reason_of
from pipeline.extract.reasons.passages import Known
from pipeline.extract.reasons.sentences import sentences_told
from pipeline.extract.reasons.ties import falls_out
from pipeline.extract.reasons.words import STOPS, is_whole
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Language, Reading
from pipeline.language.context import Stance, Utterance, joined, takes_all, utterances
from pipeline.language.reading import finding
from pipeline.language.words import words_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Reason
from pipeline.values.vocabulary import Category

_ASKED = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY})
# On a page without a greeting the text may stand among the labels: there only what is a whole sentence is asked about.
_AMONG_LABELS = frozenset({Zone.REFERENCE, Zone.GREETING, Zone.TABLE, Zone.LETTERHEAD, Zone.ADDRESS})
# How probable an answer must be: the best one of a letter in which the rules found no reason, one more there, and one
# that is more particular than the general ones of the rules, one beside a reason of the rules.
_ALONE, _MORE, _INSTEAD, _BESIDE = 0.45, 0.7, 0.55, 0.9
# And that of an entry of a list of grounds.
_LISTED, _LISTED_BESIDE = 0.3, 0.65
_STATED = frozenset({Stance.DECIDED})
# Why so much, there or at that level is not needed: beside one of these "not needed" says the same again.
_TELL_NEED = frozenset({Category.LEVEL_OF_CARE, Category.QUANTITY_LIMIT, Category.SITE_OR_SOURCE_OF_DRUG})
# What all sentences together make of a reason that none tells outright, and how far it is ahead of the next one.
_HINTED, _FURTHER = 0.4, 2.5
_NO_FINDING = frozenset({Stance.CONDITIONAL, Stance.DISCLAIMED, Stance.INVITED})
_NONE = frozenset({SILENT, Category.NOT_A_DENIAL.value})
# Why an appeal was dismissed is one of two grounds: less is enough.
_GROUND = 0.05
_NEVER = frozenset({Zone.BOILERPLATE, Zone.CONTACTS, Zone.LETTERHEAD, Zone.ADDRESS, Zone.SIGNATURE, Zone.REFERENCE})
# An answer of the model is believed so much of its probability.
_BELIEF = 0.7
# And what was counted out.
_COUNTED = 0.75
_RULE_ASKS = Seldom(
    r"\b(?:guidelines?|criteria|criterion|policy|ODG|MCG|InterQual|ACOEM|MTUS|LCD|NCD|chapter|rule|bulletin|standard)\b"
    r"[^.;]{0,60}\b(?:requires?|asks?(?: for)?|calls? for|needs?|supports?|recommends?|covers?|allows?)\b",
    re.IGNORECASE,
)
_OF_NEED = re.compile(r"\b(?:necess\w*|needs?|needed|unnecessary|warranted|indicated|justif\w*|help)\b", re.IGNORECASE)
# What is no sentence: a few words, or more without a stop; a label with its value, unless the label says "why".
_FEWEST_WORDS, _LABELLED, _LONG = 3, 5, 10
_LABEL = re.compile(r"\W*(?:[\w/&#.'’()-]+\s+){0,4}[\w/&#.'’()-]+\s*[:#|]\s")
# A sentence behind a colon: "Good news: the scan you asked for can go ahead."
_SPEAKS = re.compile(
    r"\b(?:we|you|is|are|was|were|has|have|had|can|cannot|could|will|did|does|leaves?|pays?|covers?|asks?|wants?|lists?"
    r"|shows?|says?|requires?|allows?|came|went)\b",
    re.IGNORECASE,
)
_TELLS_WHY = re.compile(
    r"reason|rationale|denial|denied|determination|decision|explanation|basis|finding|comment|why|note|remark|message"
    r"|discussion|summary",
    re.IGNORECASE,
)


def reasons_told(
    reading: Reading, language: Language, *, reasons: Reasons, dates: Dates, dismissed: bool = False
) -> tuple[Reason, ...]:
    """The reasons of the rules with those that counting or only the second opinion tells.

    Of an appeal that was not heard it is told why that was; the reasons of the claim were not looked at, and count
    where nothing else is told.
    """
    if dismissed:
        stated = tuple(reason for reason in reasons.stated if reason.category in ABOUT_APPEALS)
        reasons = replace(reasons, stated=stated, doubted=reasons.doubted if stated else reasons.stated)
    counted = _counted(reading, language, dates=dates, dismissed=dismissed)
    known = {reason.category for reason in reasons.stated}
    counted = tuple(reason for reason in counted if reason.category not in known)
    reasons = replace(
        reasons,
        stated=(*reasons.stated, *counted),
        unlikely=reasons.unlikely - {reason.category for reason in counted},
    )
    told = second_opinions(reading, language, reasons=reasons, firm=bool(reasons.stated), dismissed=dismissed)
    # That a line was not denied is no reason beside those for which others were.
    denied = tuple(reason for reason in told if reason.category is not Category.NOT_A_DENIAL)
    return denied or told


def _counted(reading: Reading, language: Language, *, dates: Dates, dismissed: bool) -> tuple[Reason, ...]:
    """The reasons that two days or two numbers tell beside each other."""
    written = date.fromisoformat(dates.letter_date.value) if dates.letter_date and dates.letter_date.value else None
    known = Known(written, tuple(date.fromisoformat(one.value) for one in dates.dates_of_service if one.value))
    told = [one for one in _told(reading, language) if one.zone not in _NEVER or is_whole(one)]
    found = compared(told, words=language.knowledge.reasons.compared, known=known, appeals=dismissed)
    return tuple(_reason(reading, one.told, one.category, confidence=_COUNTED, mechanism="compared") for one in found)


def second_opinions(
    reading: Reading, language: Language, *, reasons: Reasons, firm: bool, dismissed: bool = False
) -> tuple[Reason, ...]:
    """The reasons with those that only the second opinion sees.

    ``firm``: the rules found one in the words; ``dismissed``: the letter says why an appeal was not heard.
    """
    known = {reason.category for reason in reasons.stated}
    general = _general(reasons.stated, language) if firm else frozenset()
    found: dict[Category, Reason] = {}
    bare: dict[Category, Reason] = {}
    aside: dict[Category, Reason] = {}
    confirmed: set[Category] = set()
    measured = _beside_a_rule(reading, language)
    for sentence in _asked(reading, language, of_appeals=dismissed and not firm):
        answer, likely = best(reason_of(sentence, language))
        if answer == SILENT:
            continue
        category = Category(answer)
        if category is Category.MEDICAL_NECESSITY and not measured.isdisjoint(range(sentence.start, sentence.end)):
            category = Category.CRITERIA_NOT_MET
        if likely < (_INSTEAD if category in general else _BESIDE if firm and category not in known else _ALONE):
            continue
        if dismissed and category not in ABOUT_APPEALS:
            continue
        if category is Category.MEDICAL_NECESSITY and not known.isdisjoint(_TELL_NEED):
            continue
        of_now = aside if tells_of_earlier(sentence) or concludes(sentence) else found
        if of_now is found and not falls_out(sentence.text):
            of_now = bare
        if category in known and of_now is found:
            confirmed.add(category)
        if category in known or (category in of_now and of_now[category].confidence >= likely * _BELIEF):
            continue
        of_now[category] = _reason(reading, sentence, category, confidence=round(likely * _BELIEF, 3))
    # Why it was decided before, and what only sums up, counts where no reason of this decision is told.
    if not found and not known:
        found = bare or aside
    ranked = sorted(found.values(), key=lambda reason: -reason.confidence)
    seen = (*ranked[:1], *(r for r in ranked[1:] if r.confidence >= _MORE * _BELIEF))
    if not _TELL_NEED.isdisjoint(reason.category for reason in seen):
        seen = tuple(reason for reason in seen if reason.category is not Category.MEDICAL_NECESSITY)
    given = {reason.category for reason in seen} | known
    # An entry is believed more easily than running text, but beside another reason it has to be as probable as that.
    enough = 0.0 if dismissed or not given else (_LISTED_BESIDE if known else _MORE)
    for reason in _of_entries(reading, language, dismissed=dismissed):
        if reason.category in given:
            confirmed.add(reason.category)
        elif reason.confidence >= enough * _BELIEF:
            confirmed.add(reason.category)
            given.add(reason.category)
            seen = (*seen, reason)
    if any(reason.category in general for reason in seen):
        return seen
    # What the rules said is taken back only where something else is said.
    if dismissed and not firm and not seen:
        seen = _of_dismissal(reading, language)
    if seen:
        # What rules found and the second opinion does not is left out beside what it finds.
        unlikely = reasons.unlikely - confirmed
        return (*(r for r in reasons.stated if r.category not in unlikely), *seen)
    found_elsewhere = reasons.elsewhere or reasons.stated or reasons.doubted
    return found_elsewhere or (() if dismissed else _hinted(reading, language))


def _hinted(reading: Reading, language: Language) -> tuple[Reason, ...]:
    """The reason that several sentences hint at, or one beside a condition; asked where nothing else tells any."""
    unlikely: dict[str, float] = {}
    most: dict[str, tuple[float, Utterance]] = {}
    told = [
        one for one in _told(reading, language) if one.zone not in _NEVER | {Zone.RIGHTS} or is_whole(one)
    ]  # fmt: skip
    known = known_to_rules(told, language)
    for sentence in told:
        if is_explained(sentence, language, known=known):
            continue
        for part in parted(sentence, _NO_FINDING):
            open_one = _NO_FINDING.isdisjoint(cue.stance for cue in part.cues)
            if not open_one or not is_said(part) or tells_remedy(part) or only_decides(part, language):
                continue
            for answer, likely in reason_of(part, language).items():
                unlikely[answer] = unlikely.get(answer, 1.0) * (1 - likely)
                if likely > most.get(answer, (0.0, part))[0]:
                    most[answer] = likely, part
    hinted = sorted((1 - doubt, answer) for answer, doubt in unlikely.items() if answer not in _NONE)
    if len(hinted) < 2 or hinted[-1][0] < max(_HINTED, _FURTHER * hinted[-2][0]):
        return ()
    answer = hinted[-1][1]
    likely, part = most[answer]
    return (_reason(reading, part, Category(answer), confidence=round(likely * _BELIEF, 3), mechanism="hinted"),)


def _beside_a_rule(reading: Reading, language: Language) -> frozenset[int]:
    """The first tokens of sentences before or behind one that tells what a guideline asks for.

    What was found beside it fails that criterion, where nothing is said of need: "The strength is full. The guideline
    requires weakness."
    """
    found: set[int] = set()
    for first, second in pairwise(_told(reading, language)):
        for rule, told in ((first, second), (second, first)):
            if _RULE_ASKS.search(rule.text) and not _OF_NEED.search(told.text):
                found.add(told.start)
    return frozenset(found)


def _of_entries(reading: Reading, language: Language, *, dismissed: bool) -> Iterator[Reason]:
    """The reason of each entry of a list of grounds that no rule explains."""
    sentences = _told(reading, language)
    known = known_to_rules(sentences, language)
    for entry in entries_of(sentences, language):
        if any(is_explained(one, language, known=known) for one in entry):
            continue
        likely: dict[str, tuple[float, Utterance]] = {}
        for first, last in wholes(entry):
            if all(not _is_open(one, _STATED) for one in entry[first : last + 1]):
                continue
            run = reduce(joined, entry[first : last + 1])
            for answer, belief in reason_of(run, language).items():
                allowed = answer in ABOUT_APPEALS if dismissed else answer != SILENT
                if allowed and belief > likely.get(answer, (0.0, run))[0]:
                    likely[answer] = belief, run
        answer, (most, run) = max(likely.items(), key=lambda one: one[1][0], default=(SILENT, (0.0, entry[0])))
        if most >= (_GROUND if dismissed else _LISTED):
            yield _reason(reading, run, Category(answer), confidence=round(most * _BELIEF, 3))


def _of_dismissal(reading: Reading, language: Language) -> tuple[Reason, ...]:
    """Why an appeal was not heard, by the sentence that most probably says so: it was one of two grounds."""
    spoken = [one for one in utterances(reading, language) if one.zone not in _NEVER and is_said(one)]
    likely = [
        (reason_of(one, language).get(ground.value, 0.0), ground, one) for one in spoken for ground in ABOUT_APPEALS
    ]
    most, ground, sentence = max(likely, key=lambda found: found[0], default=(0.0, None, None))
    if ground is None or sentence is None or most < _GROUND:
        return ()
    return (_reason(reading, sentence, ground, confidence=round(most * _BELIEF, 3)),)


def _general(reasons: Sequence[Reason], language: Language) -> frozenset[Category]:
    """The categories to which every reason of the rules gives way where the letter says them: it is a general one."""
    rules = {rule.id: frozenset(rule.yields_to) for rule in language.knowledge.reasons.rules}
    yielding = [rules.get(reason.rule.removesuffix(".across"), frozenset()) for reason in reasons]
    return frozenset.intersection(*yielding) if yielding else frozenset()


def _reason(
    reading: Reading, sentence: Utterance, category: Category, *, confidence: float, mechanism: str = "opinion"
) -> Reason:
    answer = category.value
    base = finding(reading, sentence.span, value=answer, rule=f"{mechanism}.{answer}", confidence=confidence)
    return Reason(
        value=answer, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
        category=category, subcategory=None,
    )  # fmt: skip


def likeliest(reading: Reading, language: Language) -> float:
    """How probable the most probable reason is that a sentence of the letter gives; 0 where none is given."""
    answers = (best(reason_of(one, language)) for one in _asked(reading, language))
    return max((likely for answer, likely in answers if answer != SILENT), default=0.0)


def _asked(reading: Reading, language: Language, *, of_appeals: bool = False) -> Iterator[Utterance]:
    """Sentences that state something which no rule explains; of two that follow each other, also both as one.

    ``of_appeals`` takes those that speak of appeals too.
    """
    allowed = _STATED | {Stance.RIGHTS} if of_appeals else _STATED
    zones = _ASKED | ({Zone.RIGHTS} if of_appeals else set())
    placed = [
        one for one in _told(reading, language)
        if (one.zone in zones or (one.zone in _AMONG_LABELS and (is_whole(one) or tells_why(one)))) and is_said(one)
    ]  # fmt: skip
    known = known_to_rules(placed, language)
    unknown = [one for one in placed if not is_explained(one, language, known=known) and not tells_remedy(one)]
    yield from (one for one in unknown if _is_open(one, allowed) and not only_decides(one, language))
    for first, second in pairwise(unknown):
        # A rule with its condition tells why together with what was found, which alone must state something.
        rule = _is_open(first, allowed | {Stance.CONDITIONAL, Stance.INVITED})
        if rule and _is_open(second, allowed) and first.end <= second.start <= first.end + 2 and not concludes(second):
            both = joined(first, second)
            if not only_decides(both, language):
                yield both


def _told(reading: Reading, language: Language) -> list[Utterance]:
    """The sentences that may tell why and do not stand behind an offer of an appeal."""
    sentences, after = sentences_told(reading, language)
    return [one for one in sentences if one.start not in after]


def _is_open(sentence: Utterance, allowed: Set[Stance]) -> bool:
    """Whether nothing takes the force of the whole sentence."""
    return all(cue.stance in allowed or not takes_all(sentence, cue) for cue in sentence.cues)


def tells_why(sentence: Utterance) -> bool:
    """Whether a label that announces a reason or a remark begins the sentence: "| Note | plan pays for eight |"."""
    label = _LABEL.match(sentence.text)
    return label is not None and _TELLS_WHY.search(label[0]) is not None


def is_said(sentence: Utterance) -> bool:
    """Whether it is a sentence, and no label with its value, cell or heading."""
    words = sum(word.isalpha() for word in words_of(sentence.sentence.doc)[sentence.start : sentence.end])
    if words < _FEWEST_WORDS:
        return False
    if tells_why(sentence):
        return sentence.text[-1] in STOPS or words > _LABELLED
    if _LABEL.match(sentence.text) and not (is_whole(sentence) and _SPEAKS.search(sentence.text)):
        return False
    return sentence.text[-1] in STOPS or words >= _LONG
