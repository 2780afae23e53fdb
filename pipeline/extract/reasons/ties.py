"""What ties a sentence to the decision: words by which something fell out against the request."""

import re

_AGAINST = re.compile(
    r"\b(?:no|not|never|nor|none|nothing|neither|nobody|without|cannot|unable|fail\w*|lack\w*|missing|missed|absent"
    r"|unmet|un(?:supported|necessary|proven|signed|dated|readable|certified|covered|timely|related|approved)"
    r"|non-?\w{4,}|in(?:complete|sufficient|adequate|valid|consistent|correct|eligible|appropriate|active)|illegible"
    r"|den(?:y|ied|ies|ial)|declin\w*|reject\w*|refus\w*|exclu\w*|exceed\w*|exceptions?|beyond|over|above|below|under"
    r"|less|fewer|lower|higher|more|most|only|just|merely|still|yet|late|later|after|before|earlier|prior|past|since"
    r"|expired?|end(?:ed|s)|lapse\w*|terminat\w*|cancel\w*|closed|already|twice|again|duplicates?|same|another|other"
    r"|others|instead|rather|could|but|however|although|though|until|unless|because|due|cosmetic|experimental"
    r"|investigational|preferred|ahead|first|sooner|maximum|limit\w*|used|reached|exhausted|spent|part|included?|bundled"
    r"|incidental|mismatch\w*|differ\w*|wrong|outside|conflict\w*|too|blank|empty|left out|leaves out|alone|for looks"
    r"|appearance|unclear|doubt\w*|stopped|gone|must|has to|have to|had to|needs?|needed|requires?|required|should"
    r"|goes? past|went|well|normal|stable|safely|elsewhere|responsible|belongs?)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def falls_out(text: str) -> bool:
    """Whether words of a sentence say that something is missing, too much, too late, other or against a rule."""
    return _AGAINST.search(text) is not None
