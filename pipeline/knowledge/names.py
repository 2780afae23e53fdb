"""Words by which a name is known for what it is: a practice, a vendor, a department, a heading and no name at all."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.knowledge.alternatives import alternatives, first_signs
from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.load import load_sorts


class NameWords(Exemplified):
    """Words of one sort of name, matched whole in any case; ``orthop*`` is a beginning, ``*iatry`` an end."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern of all the words."""
        return word_pattern(self.words)

    def found_in(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return bool(self.pattern.search(text))

    def opens(self, text: str) -> bool:
        """Whether the text begins with one of the words."""
        return bool(self.pattern.match(text.lstrip(" *_#")))

    def end_of_opening(self, text: str) -> int:
        """Where the text goes on behind one of the words that it begins with; 0 where it begins with none."""
        hit = self.pattern.match(text)
        behind = text[hit.end() :].removeprefix(".") if hit else ""
        return len(text) - len(behind.lstrip()) if behind[:1].isspace() else 0

    def last_in(self, text: str) -> int:
        """Where the last of the words in the text ends; -1 where there is none."""
        return max((hit.end() for hit in self.pattern.finditer(text)), default=-1)

    def covers(self, text: str) -> bool:
        """Whether the text is nothing but these words."""
        return not re.search(r"[A-Za-z0-9]", self.pattern.sub(" ", text))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKnowledge:
    """The words by sort; each field is the entry of that id in ``models/name_words.yaml``."""

    practice: NameWords
    credential: NameWords
    vendor: NameWords
    unit: NameWords
    back_office: NameWords
    desk: NameWords
    program: NameWords
    public_programme: NameWords
    title: NameWords
    plan_kind: NameWords
    no_person: NameWords
    reviewer: NameWords
    greeting: NameWords
    own_appeal: NameWords
    person_role: NameWords
    honorific: NameWords
    vague_label: NameWords
    label_of_place: NameWords
    label_of_work: NameWords
    label_of_other_part: NameWords


def load_name_words() -> NameKnowledge:
    """The words of ``models/name_words.yaml``.

    Raises:
        UsageError: where a sort is missing or unknown.
    """
    return load_sorts("name_words.yaml", NameWords, NameKnowledge)


@cache
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern of all the words, longest first; blanks may be hyphens or a line wrap."""
    endings = [re.escape(word.lstrip("*")) for word in words if word.startswith("*")]
    spelled = sorted((word for word in words if not word.startswith("*")), key=len, reverse=True)
    parts = ((signs := first_signs(word), _following(word[len(signs) :])) for word in spelled)
    # A word is read whole before its end is looked at.
    ended = rf"|[a-z]++(?:{'|'.join(f'(?<=[a-z]{end})' for end in endings)})" if endings else ""
    return re.compile(rf"(?<![A-Za-z0-9])(?:{alternatives(parts)}{ended})(?![A-Za-z0-9])", re.IGNORECASE)


def _following(rest: str) -> str:
    """The pattern of what follows the first signs of a word, or of several."""
    return r"[\s-]*".join(map(re.escape, rest.rstrip("*").split(" "))) + (r"\w*" if rest.endswith("*") else "")
