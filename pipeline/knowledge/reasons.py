"""Schema of ``models/denial_reasons/``, ``reason_words``, ``reason_asides`` and ``context``: why payers decide so.

A rule fires on a phrase of its own, or where words of every group of ``together`` stand in one sentence. The stances
say which sentences speak of this decision at all.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import product

from pydantic import Field, model_validator

from pipeline.knowledge.entry import Exemplified, Strict, Verified
from pipeline.knowledge.load import load_entries, load_record
from pipeline.values.vocabulary import Category

# Words long enough to be known again when a scan misread them.
_LONG = re.compile(r"[A-Za-z]{7,}(?![\w*])")


class Stance(StrEnum):
    """In what sense words of a sentence are said; only what is ``stated`` can be a reason."""

    STATED = "stated"
    CONDITIONAL = "conditional"
    DISCLAIMED = "disclaimed"
    RIGHTS = "rights"
    DECIDED = "decided"
    INVITED = "invited"


class Scope(StrEnum):
    """How far a stance reaches from its cue; the cue of a clause is none where the clause says no."""

    SENTENCE = "sentence"
    AFTER = "after"
    CLAUSE = "clause"


class StanceEntry(Exemplified):
    """Cues of a stance."""

    stance: Stance
    scope: Scope
    phrases: tuple[str, ...] = Field(min_length=1)


class AsideEntry(Exemplified):
    """What a letter says beside its reasons: the clause that says it gives none, other clauses may.

    ``unless_said``: words of the clause that take it back. ``grounds``: a ground behind it is its own ("because ...").
    ``back``: where it ends its clause, it is said of the clauses before it too ("..., but we did not rely on that");
    ``before``: where it stands in the first clause it is said of the sentence before it ("It came late. We heard it.").
    """

    phrases: tuple[str, ...] = Field(min_length=1)
    unless_said: frozenset[str] = frozenset()
    grounds: bool = False
    back: bool = False
    before: bool = False


class ReasonRule(Exemplified):
    """One way in which letters give a reason.

    ``together``: groups of names of ``reason_words.yaml``; words of one group within ``within`` tokens fire the rule;
    ``ordered`` is the same with the words in this order. ``phrase_needs`` and ``needs_any``: words of which one must
    stand in the sentence for a phrase, or for any hit, to count. ``unless``: words that take the rule back.

    ``weak``: less sure. ``yields_to``: dropped where one of these categories was found in the letter, but for a
    sentence with words of ``yields_unless``; ``elaborates``: after a colon it names what it means, and then yields only
    to what that sentence says. ``narrower``: categories of which one in the same sentence says it more exactly.
    ``last_resort``: dropped where any other was found.

    ``across``: may be said in two sentences, what is asked for and then that it is not so (``Send a form. You did
    not.``). ``appeal_talk``: may stand in a sentence about appeals. ``general``: may be said as a rule for all claims.
    ``demands``: may be said as a demand (``please bill the primary payer``).
    """

    category: Category
    subcategory: str | None = None
    phrases: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    ordered: tuple[tuple[str, ...], ...] = ()
    within: int = Field(default=12, ge=2, le=60)
    phrase_needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    weak: bool = False
    last_resort: bool = False
    yields_to: tuple[Category, ...] = ()
    yields_unless: tuple[str, ...] = ()
    narrower: tuple[Category, ...] = ()
    elaborates: bool = False
    across: bool = False
    appeal_talk: bool = False
    general: bool = False
    demands: bool = False
    examples: tuple[str, ...] = Field(min_length=3)
    counter_examples: tuple[str, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _can_fire(self) -> "ReasonRule":
        if not self.phrases and not self.together and not self.ordered:
            raise ValueError("a rule needs phrases or words that stand together")
        return self

    @cached_property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The words of each group that fires the rule, without order."""
        return tuple(frozenset(group) for group in (*self.together, *self.ordered))

    def words(self) -> set[str]:
        """The names of ``reason_words.yaml`` it refers to."""
        return {*self.phrase_needs, *self.needs_any, *self.unless, *self.yields_unless}.union(
            *self.together, *self.ordered
        )


class ReasonWords(Strict):
    """Named lists of phrases from which rules are built."""

    source: str
    verified: Verified = Verified.KNOWN
    words: dict[str, tuple[str, ...]]


class ComparedWords(Strict):
    """Words by which days and numbers are compared; ``*`` stands for any ending."""

    source: str
    verified: Verified = Verified.KNOWN
    words: dict[str, tuple[str, ...]]

    def places_in(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Where the words of each name stand in a text, from and to; names of which no word does are left out."""
        found: dict[str, list[tuple[int, int]]] = {}
        for word in _WORD.finditer(text):
            for name, rest in self._begun_by(word[0].casefold()):
                if rest is None:
                    found.setdefault(name, []).append(word.span())
                elif hit := rest.match(text, word.end()):
                    found.setdefault(name, []).append((word.start(), hit.end()))
        return found

    def _begun_by(self, word: str) -> list[tuple[str, re.Pattern[str] | None]]:
        """The names of which a word is one, and those of which it begins one, with the rest; looked up once."""
        if word not in self._known:
            self._known[word] = [
                (name, rest)
                for name, first, rest in self._filed
                if word == first or (first.endswith("*") and word.startswith(first[:-1]))
            ]
        return self._known[word]

    @cached_property
    def _filed(self) -> list[tuple[str, str, re.Pattern[str] | None]]:
        """Every entry with its name: its first word, and what finds the rest of one that has several."""
        split = [(name, _ENTRY.findall(words)[0]) for name, every in self.words.items() for words in every]
        return [(name, first, _rest_of(rest) if rest else None) for name, (first, rest) in split]

    @cached_property
    def _known(self) -> dict[str, list[tuple[str, re.Pattern[str] | None]]]:
        """What was looked up, by word."""
        return {}


_WORD = re.compile(r"(?<!\w)[a-z]+(?![a-z])", re.IGNORECASE | re.ASCII)
_ENTRY = re.compile(r"^([a-z]+\*?)(.*)")


def _rest_of(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words).replace(re.escape("*"), "[a-z]*") + r"(?!\w)", re.IGNORECASE)


class ReasonKnowledge(Strict):
    """Rules, words, stances and asides."""

    rules: tuple[ReasonRule, ...]
    words: ReasonWords
    stances: tuple[StanceEntry, ...]
    asides: tuple[AsideEntry, ...]
    compared: ComparedWords

    @cached_property
    def asides_by_id(self) -> Mapping[str, AsideEntry]:
        """The asides by their ids."""
        return {one.id: one for one in self.asides}

    @cached_property
    def rules_by_word(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the rules among ``rules``, by a name that one of their groups has, or by their own id."""
        found: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for name in {rule.id, *(min(group) for group in rule.groups)}:
                found.setdefault(name, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def long_words(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The words of seven letters and more of all phrases, by first letter and length."""
        texts = [phrase for rule in self.rules for phrase in rule.phrases]
        texts += [phrase for listed in self.words.words.values() for phrase in listed]
        found: dict[tuple[str, int], list[str]] = {}
        for word in sorted({word.casefold() for text in texts for word in _LONG.findall(text)}):
            found.setdefault((word[0], len(word)), []).append(word)
        return {key: tuple(listed) for key, listed in found.items()}

    @model_validator(mode="after")
    def _refers_to_known_words(self) -> "ReasonKnowledge":
        used = set().union(*(rule.words() for rule in self.rules))
        known = set(self.words.words)
        if used - known:
            raise ValueError(f"reason_words.yaml has no {', '.join(sorted(used - known))}")
        return self


def load_reasons() -> ReasonKnowledge:
    """The rules of denial reasons.

    Raises:
        UsageError: naming the file and entry that is wrong.
    """
    return ReasonKnowledge(
        rules=load_entries("denial_reasons", ReasonRule),
        words=load_record("reason_words.yaml", ReasonWords),
        stances=load_entries("context.yaml", StanceEntry),
        asides=load_entries("reason_asides.yaml", AsideEntry),
        compared=load_record("compared_words.yaml", ComparedWords),
    )


# Letters write numbers in words too; ``one`` is left out, it stands for things as well.
_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty"
    "|fifty|sixty|ninety"
)
# ``pre-certif*``: the tokenizer splits at the hyphen, and only the last part is a beginning.
_HYPHENED_BEGINNING = re.compile(r"(?<![\w|\[])(\w+)-(\w+\*)(?![\w|\]])")
_SPLIT_BY_TOKENIZER = re.compile(r"[^\w*]|^cannot$", re.IGNORECASE)


def spelled_out(phrase: str) -> tuple[str, ...]:
    """The phrase with every alternative that is more than one word to the tokenizer written out as a phrase of its own.

    >>> spelled_out("not in-network|contracted")
    ('not contracted', 'not in-network')
    """
    if "#" in phrase.split():
        words = " ".join(_NUMBERS if item == "#" else item for item in phrase.split())
        return (*_spelled_out(phrase), *_spelled_out(words))
    return _spelled_out(phrase)


def _spelled_out(phrase: str) -> tuple[str, ...]:
    items: list[tuple[str, ...]] = []
    for item in _HYPHENED_BEGINNING.sub(r"\1 - \2", phrase).split():
        optional = item.startswith("[") and item.endswith("]") and len(item) > 2
        words = (item[1:-1] if optional else item).split("|")
        hard = tuple(word for word in words if _SPLIT_BY_TOKENIZER.search(word))
        if (len(words) == 1 and not optional) or not hard:
            items.append((item,))
            continue
        easy = "|".join(word for word in words if word not in hard)
        rest = (f"[{easy}]" if easy else "",) if optional else ((easy,) if easy else ())
        items.append((*rest, *hard))
    return tuple(" ".join(" ".join(choice).split()) for choice in product(*items))
