"""What is only thought of is no order: "consider erenumab later", "candidate for Botox 200 U"."""

import re

_AHEAD = re.compile(
    r"\b(?:consider\w*|candidate for|may|might|could|possib\w+|perhaps|maybe|option\w*"
    r"|alternativ\w*|think\w* (?:about|of)|thought of"
    r"|wonder\w*|interested in)\b[^.;]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[^.;]{0,60}\b(?:(?:might|may|could) be (?:started|begun|added|tried|used|needed|given|considered)"
    r"|(?:later|next|then)? ?if (?:needed|necessary|this fails|it fails|that fails|no (?:better|help|response))"
    r"|down the (?:road|line)|in the future|in reserve)\b",
    re.IGNORECASE,
)


def is_thought_of(lead: str, own: str) -> bool:
    """Whether the words before a medicine, or behind it, only think of giving it."""
    return bool(_AHEAD.search(lead) or _BEHIND.match(own))
