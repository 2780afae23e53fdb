"""What papers a sentence names that asks for some or says that some were missing."""

from collections.abc import Sequence

from pipeline.extract.requests.acts import Acts, Way, Words, acts_of
from pipeline.extract.requests.layout import ITEM, VERBS, is_fragment, unticked
from pipeline.extract.requests.places import GENERAL
from pipeline.knowledge.requests import Act, RequestPhrases
from pipeline.language import Language
from pipeline.language.clauses import clauses_of
from pipeline.language.context import Hit, Stance, Utterance, hits, said
from pipeline.language.matchers import Subject
from pipeline.language.words import words_of

OF_EVERY_APPEAL = frozenset({"ev.denial_letter", "ev.aor", "ev.policy", "ev.card", "ev.member_consent", "ev.wol"})
"""Papers that every appeal takes along; their mention in the rights asks for nothing."""
_SAID = frozenset({Stance.STATED, Stance.DECIDED, Stance.INVITED, Stance.CONDITIONAL})
_DOCTORS_LETTER = "rq.doctors_letter"
_NEAR, _ANY_WITHIN, _WHY_WITHIN, _NONE_WITHIN, _RECORD_WITHIN = 14, 3, 6, 2, 6
"""So many words are between a paper and those that ask for it, name it in general, say that there is none, or that it
is a record."""
_DENIES = frozenset({"not", "n't", "no", "never", "nor"})
_MAY = "may"
_ENDS_LIST = frozenset({".", ";", ":"})


def named(sentence: Utterance, language: Language, way: Way, *, asked: bool) -> list[Hit]:
    """The evidence that the sentence names, narrower words before broad ones."""
    entries = {entry.id: entry for entry in language.knowledge.requests}
    blocked = {hit.key for hit in hits(sentence, language, Subject.REQUEST_UNLESS)}
    named = [hit for hit in hits(sentence, language, Subject.REQUEST) if hit.key not in blocked]
    if not named:
        return []
    acts = acts_of(sentence, language)
    named = _but_unticked(sentence, _but_settled(sentence, acts, named))
    named = [hit for hit in named if asked or not _in_general(sentence, acts, hit)]
    if way is Way.LIKELY:
        named = [hit for hit in named if _is_likely(sentence, acts, hit, entry=entries[hit.key])]
    if way in (Way.PLAIN, Way.MISSING):
        named = [hit for hit in named if _is_asked(sentence, acts, hit, entry=entries[hit.key], way=way)]
    narrow = _first_of_overlapping([hit for hit in named if not entries[hit.key].broad])
    if way is Way.LIST and ITEM.match(sentence.text):
        narrow = [hit for hit in narrow if not _is_content(acts, hit, narrow)]
    broad = [hit for hit in named if entries[hit.key].broad and not any(_overlap(hit, other) for other in narrow)]
    return [
        hit
        for hit in narrow + broad
        if not (
            way is not Way.VAIN
            and (hit.key == _DOCTORS_LETTER or entries[hit.key].evidence in OF_EVERY_APPEAL)
            and (sentence.zone in GENERAL or (way is Way.LIST and said(sentence, hit.start) is Stance.RIGHTS))
        )
    ]


def _but_settled(sentence: Utterance, acts: Acts, named: list[Hit]) -> list[Hit]:
    """The papers but for those of clauses that say they need not come, or are there."""
    settled = acts.get(Act.SETTLED)
    if not settled:
        return named
    clauses = clauses_of(sentence.sentence.doc, sentence.start, sentence.end)
    out = [one for one in clauses if any(words.start < one.end and one.start < words.end for words in settled)]
    return [hit for hit in named if not any(one.start <= hit.start < one.end for one in out)]


def _but_unticked(sentence: Utterance, named: list[Hit]) -> list[Hit]:
    """The papers but for those behind a box that nobody ticked, where several stand in a line."""
    out = unticked(sentence.text) if named else ()
    if not out:
        return named
    doc, base = sentence.sentence.doc, sentence.sentence.start_char
    return [hit for hit in named if not any(start <= doc[hit.start].idx - base < end for start, end in out)]


def _first_of_overlapping(hits: list[Hit]) -> list[Hit]:
    """Of papers named by the same words the one that begins first, then the longest: what a paper is stands first.

    ``occupational therapy notes from the last visit`` are therapy notes.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not any(_overlap(hit, other) and hit.key != other.key for other in kept):
            kept.append(hit)
    return kept


def _is_asked(sentence: Utterance, acts: Acts, hit: Hit, *, entry: RequestPhrases, way: Way) -> bool:
    """Whether the words of asking are near the evidence, and no condition or right takes them away."""
    cues = _cues(sentence, acts, hit, way=way)
    if not any(min(abs(hit.start - cue.end), abs(cue.start - hit.end)) <= _NEAR for cue in cues):
        return False
    stance = said(sentence, hit.start)
    if way is Way.PLAIN:
        words = words_of(sentence.sentence.doc)[sentence.start : hit.start]
        return stance in {Stance.STATED, Stance.DECIDED, Stance.INVITED} and _MAY not in words
    if _is_there(acts, hit) or not _is_paper(sentence, acts, hit, entry=entry):
        return False
    return stance in {Stance.STATED, Stance.DECIDED} or _is_none(acts, hit, stance)


def _cues(sentence: Utterance, acts: Acts, hit: Hit, *, way: Way) -> Sequence[Words]:
    """The words that may ask for a paper, or say in its clause that it is missing."""
    if way is Way.PLAIN:
        return acts.get(Act.PLAIN, ())
    cues = [*acts.get(Act.MISSING, ())]
    if is_fragment(sentence):
        cues += [words for words in acts.get(Act.NONE_OF, ()) if 0 <= hit.start - words.end <= 1]
    clauses = clauses_of(sentence.sentence.doc, sentence.start, sentence.end)
    own = next(one for one in clauses if one.start <= hit.start < one.end)
    words = words_of(sentence.sentence.doc)
    return [
        cue
        for cue in cues
        if (cue.start < own.end and own.start < cue.end)
        # Two subjects of one verb: "The diary and the office note were not attached."
        or (hit.end < cue.start and VERBS.isdisjoint(words[hit.end : cue.start - 1]) and own.end < cue.start)
    ]


def _is_likely(sentence: Utterance, acts: Acts, hit: Hit, *, entry: RequestPhrases) -> bool:
    """Whether a paper may be meant in a sentence that most probably asks: said as such, or that there is none."""
    if _is_there(acts, hit) or not _is_paper(sentence, acts, hit, entry=entry):
        return False
    stance = said(sentence, hit.start)
    return stance in _SAID or _is_none(acts, hit, stance)


def _is_there(acts: Acts, hit: Hit) -> bool:
    """Whether a paper is said to tell something, so that it is at hand."""
    return any(words.start == hit.end for words in acts.get(Act.IS_THERE, ()))


def _is_paper(sentence: Utterance, acts: Acts, hit: Hit, *, entry: RequestPhrases) -> bool:
    """Whether what is missing is a paper, where the same words name what was done: ``no record of earlier drugs``."""
    if entry.handed_in and Act.HANDED_IN not in acts:
        return False
    if not entry.on_paper:
        return True
    words = words_of(sentence.sentence.doc)
    return any(
        one.start < hit.end and hit.start - one.end <= _RECORD_WITHIN and _DENIES.isdisjoint(words[one.end : hit.start])
        for one in acts.get(Act.ON_PAPER, ())
    )


def _is_none(acts: Acts, hit: Hit, stance: Stance) -> bool:
    """Whether there is none of a paper, although the sentence speaks of rights."""
    none = acts.get(Act.NONE_OF, ())
    return stance is Stance.RIGHTS and any(0 <= hit.start - words.end <= _NONE_WITHIN for words in none)


def _in_general(sentence: Utterance, acts: Acts, hit: Hit) -> bool:
    """Whether a paper is named in general: ``any notes``, ``papers such as notes``, ``why the notes differ``."""

    def before(act: Act) -> Sequence[Words]:
        return [words for words in acts.get(act, ()) if words.end <= hit.start]

    if any(hit.start - words.end <= _ANY_WITHIN for words in before(Act.ANY)):
        return True
    spelled = words_of(sentence.sentence.doc)
    if any(
        hit.start - words.end <= _WHY_WITHIN and _ENDS_LIST.isdisjoint(rest) and "," not in rest
        for words in before(Act.WHY)
        for rest in (spelled[words.end : hit.start],)
    ):
        return True
    return any(_ENDS_LIST.isdisjoint(spelled[words.end : hit.start]) for words in before(Act.GENERAL))


def _is_content(acts: Acts, hit: Hit, others: list[Hit]) -> bool:
    """Whether it is what another paper of the item is to show: ``progress note that shows the prior therapy``."""
    return any(
        other.start < words.start and words.end <= hit.start for words in acts.get(Act.SHOWS, ()) for other in others
    )


def _overlap(a: Hit, b: Hit) -> bool:
    return a.start < b.end and b.start < a.end
