"""Which rules of ``models/denial_reasons`` fire in a sentence, where in it, and how far each is believed."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.extract.reasons.words import by_key, words_of
from pipeline.knowledge.reasons import ReasonRule, Stance
from pipeline.language import Language
from pipeline.language.context import Hit, Utterance, hits, senses
from pipeline.language.matchers import Subject

# How far a match of each sort is believed, before it is measured on letters.
_PHRASE, _TOGETHER, _WEAK = 0.88, 0.8, 0.6


def fired(sentence: Utterance, language: Language, *, across: bool = False) -> list[tuple[ReasonRule, range, float]]:
    """The rules that fire in a sentence, each with its tokens and how far it is believed.

    ``across`` asks only those that may be said in two sentences, of two sentences that were joined.
    """
    doc, key = sentence.sentence.doc, f"fired:{across}:{sentence.start}:{sentence.end}"
    known: list[tuple[ReasonRule, range, float]] | None = doc.user_data.get(key)
    if known is not None:
        return known
    phrases = {} if across else by_key(hits(sentence, language, Subject.REASON))
    words = words_of(sentence, language)
    named = frozenset(words)
    found = []
    reasons = language.knowledge.reasons
    places = {place for name in (*phrases, *words) for place in reasons.rules_by_word.get(name, ())}
    for rule in (reasons.rules[place] for place in sorted(places)):
        if across and not rule.across:
            continue
        if rule.id not in phrases and not any(map(named.issuperset, rule.groups)):
            continue
        if has_any(rule.unless, words) or (rule.needs_any and not has_any(rule.needs_any, words)):
            continue
        best = _best(rule, sentence, phrases=phrases, words=words)
        if best:
            found.append((rule, best[0], _WEAK if rule.weak else best[1]))
    doc.user_data[key] = found
    return found


def _best(
    rule: ReasonRule, sentence: Utterance, *, phrases: Mapping[str, list[Hit]], words: Mapping[str, list[Hit]]
) -> tuple[range, float] | None:
    if not rule.phrase_needs or has_any(rule.phrase_needs, words):
        for hit in phrases.get(rule.id, ()):
            if _counts(rule, sentence, hit.start):
                return range(hit.start, hit.end), _PHRASE
    for group in (*rule.together, *rule.ordered):
        listed = [words.get(name, []) for name in group]
        for at in _near_each_other(listed, within=rule.within, ordered=group in rule.ordered):
            if _counts(rule, sentence, at.start):
                return at, _TOGETHER
    return None


def _counts(rule: ReasonRule, sentence: Utterance, at: int) -> bool:
    allowed = {Stance.STATED, Stance.DECIDED}
    if rule.appeal_talk:
        allowed.add(Stance.RIGHTS)
    if rule.demands:
        allowed.add(Stance.INVITED)
    return allowed.issuperset(senses(sentence, at, general_too=rule.general))


def _near_each_other(groups: Sequence[list[Hit]], *, within: int, ordered: bool = False) -> Iterable[range]:
    """Where one hit of each group stands, none over another, all inside ``within`` tokens."""
    if not all(groups):
        return
    for first in groups[0]:
        chosen = [first]
        for group in groups[1:]:
            free = [hit for hit in group if all(hit.end <= c.start or c.end <= hit.start for c in chosen)]
            if ordered:
                free = [hit for hit in free if hit.start >= chosen[-1].end]
            if not free:
                break
            chosen.append(min(free, key=lambda hit: abs(hit.start - first.start)))
        else:
            start, end = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
            if end - start <= within + len(groups):
                yield range(start, end)


def has_any(names: Iterable[str], words: Mapping[str, list[Hit]]) -> bool:
    """Whether one of the named words stands among those found."""
    return any(name in words for name in names)
