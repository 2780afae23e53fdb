"""A letter's fingerprint: 64 bits that stay nearly the same when the page is faxed, scanned or printed again.

The method is Charikar's similarity hash over the words of four letters and more.
"""

import hashlib
import re
from collections import Counter

import numpy as np

_WORD = re.compile(r"[a-z]{4,}")
_BYTES = 8


def fingerprint(text: str) -> str | None:
    """Sixteen hex digits; None for a text without words."""
    words = Counter(_WORD.findall(text.casefold()))
    if not words:
        return None
    digests = b"".join(hashlib.blake2b(word.encode(), digest_size=_BYTES).digest() for word in words)
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(-1, _BYTES), axis=1).astype(np.int64)
    counts = np.fromiter(words.values(), dtype=np.int64)
    weights = counts @ (2 * bits - 1)  # each word votes for its bits, as often as it stands there
    return np.packbits(weights > 0).tobytes().hex()
