"""A letter's fingerprint: 64 bits that stay nearly the same when the page is faxed, scanned or printed again.

The method is Charikar's similarity hash over the words of four letters and more.
"""

import hashlib
import re
from collections import Counter

_WORD = re.compile(r"[a-z]{4,}")
_BITS = 64


def fingerprint(text: str) -> str | None:
    """Sixteen hex digits; None for a text without words."""
    words = Counter(_WORD.findall(text.casefold()))
    if not words:
        return None
    weights = [0] * _BITS
    for word, count in words.items():
        bits = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
        for place in range(_BITS):
            weights[place] += count if bits >> place & 1 else -count
    return f"{sum(1 << place for place, weight in enumerate(weights) if weight > 0):016x}"
