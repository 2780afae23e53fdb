"""Which of the purposes that stand around a number is its own: what is said right behind it, and the nearest."""

import re

from pipeline.extract.contacts.columns import Hit
from pipeline.extract.contacts.named import RECORDS
from pipeline.extract.contacts.reach import Reached
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language.sentences import Sentence

RIGHT_BEHIND = 14
"""Characters: how near words behind a number stand to be its own."""
_DIGIT = re.compile(r"\d")
_GOAL = re.compile(r"\s(?:to|for)\s(?=[a-z])")
_GOAL_BEFORE = re.compile(r"\s(?:to|for)\s[^,;\d]{3,40}[,;]\s(?:or|and|but)?\b")
"""``Fax 800-555-0100 for appeals, or call 800-555-0101 ...``: what a number is for may stand right behind it."""


def right_behind(found: Reached, sentence: Sentence, here: list[Hit]) -> ContactPurpose | None:
    """What a number is for, where that is said right behind it: ``or call 800-555-0100 to talk to the reviewer``."""
    after = sentence.text[found.end - sentence.start_char :]
    goal = _GOAL.match(after)
    if goal is None:
        return None
    first = found.end + goal.end()
    named = [h for h in here if first - len("for ") <= h[1] <= first + RIGHT_BEHIND]
    named = [h for h in named if not _DIGIT.search(after[: h[1] - found.end])]
    return max(named, key=lambda h: (h[0].rank, -h[1]))[0] if named else None


def own_since(found: Reached, sentence: Sentence) -> int:
    """From where the words before a number are its own: not what the number before it is said to be for."""
    goal = _GOAL_BEFORE.match(sentence.text, found.since - sentence.start_char)
    return sentence.start_char + goal.end() if goal and goal.end() <= found.start - sentence.start_char else found.since


def nearest(hits: list[Hit], found: Reached) -> ContactPurpose:
    """The nearest; of those that overlap or stand together, the one with the higher rank.

    A form for something is that before it is a paper: ``fax the appeal form``.
    """
    near = sorted(hits, key=lambda h: min(abs(found.start - h[2]), abs(h[1] - found.end)))
    best = near[0]
    for hit in near[1:]:
        overlaps = hit[1] < best[2] and hit[2] > best[1]
        named = overlaps and best[0].id == RECORDS and hit[0].purpose is not None and hit[1] > best[1]
        if named or ((overlaps or abs(hit[2] - best[1]) <= 3) and hit[0].rank > best[0].rank):
            best = hit
    return best[0]
