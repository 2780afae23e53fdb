"""Numbers that the words beside them call the wrong one: not to be used, closed, somebody else's."""

import re

from pipeline.extract.contacts.reach import Reached

_REFUSED = re.compile(
    r"\b(?:do not|don't|does not|cannot|can't|can not|never|not to|no longer|not)\s+"
    r"(?:(?!may\b|can\b|should\b|please\b)\w+\s+){0,2}?"
    r"(?:send|fax|mail|use|submit|take|accept|handle|call)|^\W*(?:to|from)\s*:|^\W*cc\b"
    r"|\bcop(?:y|ies) (?:of [\w ]{1,30} )?"
    r"(?:went|goes|(?:(?:was|were|has been|have been|is) )?(?:sent|faxed|mailed))\b"
    r"|\b(?:was|were|been) (?:also )?(?:faxed|sent|transmitted)(?: by fax| over)? to\b"
    r"|\bwent (?:out )?(?:by|to) (?:fax|your)\b"
    r"|\bwe (?:have )?(?:also )?(?:faxed|sent)\b"
    r"|\b(?:your|(?:office|clinic|practice|doctor|provider|prescriber)(?:['’]s|s['’])) (?:own )?fax"
    r"(?: number| no\.?)?(?: (?:we have|on file|on record))?,? (?:is|was|as)\b"
    r"|\bfax (?:number |no\. )?(?:we have|on (?:file|record))\b"
    r"|\b(?:previous|old|former|prior|earlier|retired|wrong|outdated) (?:\w+ ){0,3}?(?:number|fax|line|phone)\b"
    r"[^.;\d]{0,25}$"
    r"|\b(?:she|he|they|the rep|the agent) (?:is|are|was|were|can be reached) (?:at|on)\W*$",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\W*(?:new (?:authorization )?requests only|(?:which |that )?(?:is|was|has been) (?:now |since )?(?:closed"
    r"|no longer|switched off|shut|disconnected|discontinued|retired|turned off|out of (?:service|use)|not in use"
    r"|replaced|wrong)"
    r"|no longer in use)",
    re.IGNORECASE,
)
"""Words that say a number is the wrong one."""


def is_refused(text: str, found: Reached) -> bool:
    """Whether the words before a number, or right behind it, say that it is the wrong one."""
    return bool(_REFUSED.search(text[found.since : found.start]) or _CLOSED.match(text[found.end : found.end + 60]))
