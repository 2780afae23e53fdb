"""The entries of a list of grounds: by its place each of them gives a reason, in one sentence or in several.

``It is denied for these reasons: 1. The rule allows two a year. Both were paid for in May. 2. ...``: what the second
opinion would doubt in running text it is believed here, because the letter says that a reason stands there.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.reasons.asides import ENTRY, heads_grounds, opens_criteria
from pipeline.language import Language
from pipeline.language.context import Utterance
from pipeline.language.zones import Zone

# What opens a list of grounds: "for these reasons:", "Three points stand against the request:", "Not met:".
_OPENS = re.compile(
    r"\b(?:reasons?|because|since|grounds?|points?|why|against|denied|declined|not|n't|findings?|unmet|missing|lines?)\b",
    re.IGNORECASE,
)
# What is listed under such words is no ground.
_OF_OTHER = re.compile(
    r"\b(?:need|ask|call|write|appeal\w*|you (?:may|can)|considered|reviewed|looked at|used)\b", re.IGNORECASE
)
_FEWEST, _SENTENCES = 2, 3
_ENDS = frozenset({Zone.RIGHTS, Zone.CONTACTS, Zone.BOILERPLATE, Zone.SIGNATURE, Zone.REQUEST})


def entries_of(sentences: Iterable[Utterance], language: Language) -> tuple[tuple[Utterance, ...], ...]:
    """The entries of the lists of grounds, each with its sentences, three at most."""
    found: list[tuple[Utterance, ...]] = []
    listed: list[list[Utterance]] = []
    open_list = False
    for sentence in (*sentences, None):
        if sentence is not None and open_list and sentence.zone not in _ENDS:
            if ENTRY.match(sentence.text):
                listed.append([sentence])
                continue
            if listed and not _opens(sentence, language):
                listed[-1].append(sentence)
                continue
        if len(listed) >= _FEWEST:
            found += [tuple(one[:_SENTENCES]) for one in listed]
        if sentence is not None:
            listed, open_list = [], _opens(sentence, language)
    return tuple(found)


def _opens(sentence: Utterance, language: Language) -> bool:
    if opens_criteria(sentence, language) or _OF_OTHER.search(sentence.text):
        return False
    if heads_grounds(sentence.text):
        return True
    return sentence.text.rstrip().endswith(":") and _OPENS.search(sentence.text) is not None


def wholes(entry: Sequence[Utterance]) -> Iterable[tuple[int, int]]:
    """The runs of sentences of an entry that may give its reason together: every one that is not interrupted."""
    return ((first, last) for first in range(len(entry)) for last in range(first, len(entry)))
