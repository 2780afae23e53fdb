"""Providers without a label: the block the letter is addressed to, and clinicians and practices in running text."""

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.labels.words import label_pattern
from pipeline.extract.names.insurer import is_payer
from pipeline.extract.names.letterhead import CITY, GREETING, STREET, name_like
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge, word_pattern
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import Line, zone_of
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.zones import Zone

_WORD = r"[A-Z][A-Za-z'’-]+"
_PERSON = rf"(?!(?:With|By|From|At|For|And|To|Of|See|Attn)\b){_WORD}(?:\s+[A-Z]\.?)?(?:\s+{_WORD}){{1,2}}"
_LETTERS = (
    r"(?:M\.?D|D\.?M\.?D|D\.?D\.?S|D\.?O|N\.?P|P\.?A(?:-C)?|DPM|APRN|FNP(?:-\w+)?|CNP|ARNP|CRNP|D\.?C|O\.?D)\b\.?"
)
_SPOKEN_OF = re.compile(r"(?:With|By|From|At|For|And|To|Of|See)\b")
_STATE = re.compile(r", (?:PA|MD|DC|DO|NP)\W*$")
"""A town behind a desk, "Claims Processing, Camp Hill, PA", has the form of a name with its letters."""
_GROUP = rf"{_WORD}(?:\s+(?:{_WORD}|of|and|the|&))*\s+{_WORD}(?:,?\s+(?:LLC|PLLC|Inc\.?|P\.?C\.?|P\.?A\.?|LLP|PSC)\b)?"
_CLINICIAN = re.compile(
    rf"(?:\b(?:Dr\.?|Doctor)\s+(?P<titled>{_PERSON})(?:,?\s+{_LETTERS})?|(?P<lettered>{_PERSON}),?\s+{_LETTERS})"
    rf"(?P<group>,?\s+(?:(?:of|at|with|from)\s+)?{_GROUP})?"
)
_PRACTICE = re.compile(_GROUP)
_GREETED_OF = re.compile(r"(?:^|\(|\b(?:of|at|for)\s+)(?:the\s+)?(?P<name>[A-Z][^,:()]{3,60})$")
_CONCERNED = re.compile(r"^\W*to whom it may concern\s+(?P<who>at [^:,]{3,60})", re.IGNORECASE)
_COLON_ENDS = re.compile(r":\s*$")
_ACTED = re.compile(
    r"^\s*(?:has\s+)?(?:asked|requested|submitted|billed|sent|ordered|wants|provided|performed|gave|treated|wrote|appealed|filed|disputed)\b"
)
_LOOKED = re.compile(
    r"(?:,\s+(?:an?|the|our|one of our)\s[^,.;]{3,60},|\s+of our \w+,?)?\s+(?:has\s+|have\s+|then\s+|also\s+)?"
    r"(?:read|reviewed|re-reviewed|looked|went|studied|considered|decided|determined|agreed|upheld|denied)\b"
)
"""What those do who judge a request, behind the name: "Dr. Roe, a urologist, read your papers"."""
_BY = re.compile(
    r"\b(?:by|at|from|attention|attn|visit(?:s|ed)? (?:to|with)|representative,"
    r"|(?:\d{2}|\d{4}),? with"
    r"|(?:account|bill|claim|invoice|charges) of|(?:faxed|sent|mailed|delivered)\b[^.;:]{0,30}\bto)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(
    r"\W*(?:(?:provider )?(?:NPI|TIN|T\.I\.N|PTAN)|(?:federal )?tax id|fax|phone|tel|provider (?:number|no|id)"
    r"|via fax|by fax|fax no|fax number)\b\W*(?:ending (?:in )?)?\(?\d",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(
    r"\b(?:request|order|referral|claim|bill|application)s? (?:for [^.;:]{3,60}? )?(?:was |were )?"
    r"(?:sent |made |submitted |filed )?(?:from|by)\s+(?:the\s+)?$"
)
"""Before who asked, in a sentence that says that something came: "we got a request from Elm House"."""
_CAME = re.compile(r"\b(?:received|got|have|reviewed|review|looked at)\b", re.IGNORECASE)
_WITH_NUMBER = re.compile(r",?\s*\(?(?<!\w)(?:NPI|TIN|[Tt]ax ID|[Ff]acility NPI)\b.*$")
_ATTENTION = re.compile(
    r"(?:^|,\s*)(?:attn|attention)\b[\s.:]*(?P<who>[^,]*(?:,\s*[A-Z][A-Za-z.-]{1,6}(?![A-Za-z.-]))?)", re.IGNORECASE
)
_NEXT_PART = re.compile(
    r"\W*(?:re|subject|attn|attention|about|concerning|regarding|patient|member|claim|bill|invoice|account)\b|\s*\(",
    re.IGNORECASE,
)
_BY_SURNAME = re.compile(
    rf"\b(?:Dr\.?|Doctor)\s+(?P<name>{_WORD})(?=\s+(?:has |had )?"
    r"(?:asked|requested|wants|wanted|ordered|prescribed|sent|submitted|billed)\b)"
)
_IN_APPOSITION = re.compile(
    r"\b(?:[Yy]our|[Tt]he|[Oo]ur member's|[Hh]is|[Hh]er|[A-Z][a-z]+['’]s)\s+"
    r"(?:hospital|doctor|clinic|facility|surgeon|pharmacy"
    r"|provider|supplier|office|lab|laboratory|therapist|practice|physician),\s+"
    rf"(?:Dr\.?\s+)?(?P<name>{_WORD}(?:\s+(?:{_WORD}|of|and|the|&)){{0,6}}),"
)
# A practice in a list that gives what was claimed: "Claim for 64612 on 02/26/2026, Roe Wellness, $780.00".
_IN_A_LIST = re.compile(r"(?:\d|\)|units?|visits?),\s+(?:by\s+|at\s+|from\s+)?$", re.IGNORECASE)
_LIST_GOES_ON = re.compile(r"\s*(?:,\s*(?:for\s+)?\$|:|\(|,|\.|$)")
_OF_A_CLAIM = re.compile(r"\b(?:claims?|bill(?:ed)?|charges?|paid|payment)\b", re.IGNORECASE)
_ZIP_BEHIND = re.compile(r",?\s+\d{5}\b")
_OF_A_TRADE = re.compile(r"\0\s+health\b|\0", re.IGNORECASE)
"""A word of a trade, marked, with "health" behind it: "Elm Digestive Health" is no insurer."""
_PARTS = re.compile(r"\s{2,}|\s[-–—|]\s(?=[a-z])")
_BEFORE = 60
_TOP = 40
_HEAD_ROWS = 6
_LETTERHEAD_LINES = 2
_SAME_COLUMN = 8.0
_SURNAME_ALONE = 0.6
_FOR_ONE_OF_THEM = 0.12
"""What an address says less of the practice where it goes on with the clinician whom the letter greets."""
_ADDRESSED, _CLINICIAN_NAMED, _CLINICIAN_AT, _ACTING, _MENTIONED = 0.9, 0.74, 0.78, 0.72, 0.64
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.RIGHTS, Zone.CONTACTS, Zone.BOILERPLATE})


def named_in_prose(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Clinicians, where no sentence around makes them the payer's reviewer, and practices that asked or billed."""
    for sentence in sentences_of(reading.doc):
        elsewhere = zone_of(reading, sentence) in _ELSEWHERE
        found = [*_clinicians(reading, sentence, knowledge, elsewhere=elsewhere)]
        if not elsewhere:
            found += [*_practices(reading, sentence, knowledge), *_by_role(reading, sentence, knowledge)]
        if found and not knowledge.name_words.reviewer.found_in(sentence.text):
            yield from found


def _clinicians(reading: Reading, sentence: Sentence, knowledge: Knowledge, *, elsewhere: bool) -> Iterator[Candidate]:
    """The clinicians of a sentence, with their practice where it is named beside; elsewhere only who did something."""
    words = knowledge.name_words
    for hit in _CLINICIAN.finditer(sentence.text):
        base = sentence.start_char + hit.start()
        before = reading.prose.text[max(0, base - _BEFORE) : base]
        if hit["lettered"] and before.rstrip().endswith(",") and _STATE.search(hit.group()):
            continue
        if is_payer(hit["lettered"] or "", knowledge) or words.vendor.found_in(hit["lettered"] or ""):
            continue
        if words.reviewer.found_in(before) or (hit.group().isupper() and not hit["titled"]):
            continue
        if _ZIP_BEHIND.match(sentence.text[hit.end() :]) or _LOOKED.match(sentence.text[hit.end() :]):
            continue  # Maryland; or who judged the request
        if elsewhere and not _ACTED.match(sentence.text[hit.end() :]):
            continue
        with_practice = bool(hit["group"]) and words.practice.found_in(hit["group"])
        end = hit.end() if with_practice or not hit["group"] else hit.start("group")
        support = _CLINICIAN_AT if with_practice else _CLINICIAN_NAMED
        yield _candidate(reading, base, base + end - hit.start(), support=support, rule="clinician_named")


def _practices(reading: Reading, sentence: Sentence, knowledge: Knowledge) -> Iterator[Candidate]:
    """The practices of a sentence that asked for something, or by which a service was given."""
    words = knowledge.name_words
    for hit in _PRACTICE.finditer(sentence.text):
        name = hit.group()
        before = sentence.text[: hit.start()]
        asked = _ASKED_BY.search(before) is not None and _CAME.search(before) is not None
        if (
            not (words.practice.found_in(name) or asked)
            or is_insurer(name, knowledge)
            or name.isupper()
            or (words.vendor.found_in(name) and not asked)
        ):
            continue
        base = sentence.start_char
        if _ACTED.match(sentence.text[hit.end() :]):
            yield _candidate(reading, base + hit.start(), base + hit.end(), support=_ACTING, rule="practice_named")
        elif (
            asked
            or _BY.search(before)
            or _is_listed(sentence.text, hit, above=zone_of(reading, sentence) is Zone.REFERENCE)
        ):
            yield _candidate(reading, base + hit.start(), base + hit.end(), support=_MENTIONED, rule="practice_named")


def _is_listed(text: str, hit: re.Match[str], *, above: bool) -> bool:
    """Whether a practice stands in a list that gives what was claimed; ``above``: the list stands above the text."""
    listed = _IN_A_LIST.search(text[: hit.start()]) and _LIST_GOES_ON.match(text[hit.end() :])
    return bool(listed) and (above or _OF_A_CLAIM.search(text) is not None)


def _by_role(reading: Reading, sentence: Sentence, knowledge: Knowledge) -> Iterator[Candidate]:
    """The doctor whom a sentence names by the last name alone, and the provider in apposition to a word for one."""
    for pattern, support in ((_BY_SURNAME, _SURNAME_ALONE), (_IN_APPOSITION, _ACTING)):
        for hit in pattern.finditer(sentence.text):
            if is_payer(hit["name"], knowledge) or knowledge.name_words.vendor.found_in(hit["name"]):
                continue
            base = sentence.start_char
            yield _candidate(
                reading, base + hit.start("name"), base + hit.end("name"), support=support, rule="named_by_role"
            )  # fmt: skip


def _candidate(reading: Reading, start: int, end: int, *, support: float, rule: str) -> Candidate:
    first, last = content_span(reading.prose, start, end)
    value = re.sub(r"\s+", " ", reading.prose.text[start:end]).strip(" ,")
    return Candidate(value=value, start=first, end=last, support=support, rule=f"field.provider_name.{rule}")


def greeted(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The practice of the person greeted: "Dear billing manager of Elm Street Radiology"."""
    for line in reading.lines[:_TOP]:
        dear = GREETING.match(line.text) or _CONCERNED.match(line.text)
        hit = _GREETED_OF.search(dear["who"]) if dear else None
        if dear and hit and knowledge.name_words.practice.found_in(hit["name"]):
            start = line.start + dear.start("who") + hit.start("name")
            yield Candidate(
                value=hit["name"], start=start, end=start + len(hit["name"]), support=_ACTING,
                rule="field.provider_name.greeting",
            )  # fmt: skip


def addressed(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The block above a street line or our own numbers that names a clinician or a practice, near the top."""
    for line in reading.lines[:_TOP]:
        if GREETING.match(line.text) or line.page != reading.lines[0].page:
            return
        if not _begins_block(line, knowledge) or _is_run_on(reading, line) or _is_senders(reading, line):
            continue
        rows = [line]
        for row in reading.lines[line.number + 1 : line.number + 3]:
            if not _goes_on(row, knowledge):
                break
            rows.append(row)
        first = rows[0].cells[0]
        after = [
            cell.text
            for row in reading.lines[rows[-1].number + 1 : rows[-1].number + 4]
            for cell in row.cells[:1]
            if abs(cell.left - first.left) < _SAME_COLUMN
        ]
        numbered = _WITH_NUMBER.search(first.text) is not None
        if (
            any(_ends_block(text) for text in after)
            or numbered
            or any(_OWN_NUMBER.match(cell.text) for cell in rows[-1].cells[1:])
            or _greeted(reading, first.text)
            or _stands_alone(reading, rows, knowledge)
        ):
            last = rows[-1].cells[0]
            names = [written_to(_COLON_ENDS.sub("", row.cells[0].text), knowledge.name_words) for row in rows]
            value = ", ".join(n for n in names if not knowledge.name_words.back_office.covers(n)) or names[0]
            whole = not _goes_on_from_above(reading, rows[0], knowledge)
            personal = any(_ATTENTION.search(text) and _greeted(reading, text) for text in after)
            yield Candidate(
                value=value, start=first.start, end=last.end,
                support=(_ADDRESSED if whole else _MENTIONED) - (_FOR_ONE_OF_THEM if personal else 0.0),
                rule="field.provider_name.address" if whole else "field.provider_name.address_cut",
            )  # fmt: skip
            return


def _is_senders(reading: Reading, line: Line) -> bool:
    """Whether a line near the top says the name on top in full: "Elm", and under it "Elm Behavioral Health"."""
    top = next((row.cells[0].text.strip() for row in reading.lines if row.cells), "")
    text = line.cells[0].text.strip()
    return line.number < _HEAD_ROWS and len(top) > 2 and text.casefold().startswith(f"{top.casefold()} ")


def _goes_on_from_above(reading: Reading, line: Line, knowledge: Knowledge) -> bool:
    """Whether the line above has a clinician in the same column, whom a column of labels parts from the block."""
    above = reading.lines[line.number - 1].cells[1:] if line.number else ()
    return any(
        abs(cell.left - line.cells[0].left) < _SAME_COLUMN and knowledge.name_words.credential.found_in(cell.text)
        for cell in above
    )


def _is_run_on(reading: Reading, line: Line) -> bool:
    """Whether a line is the rest of a row of values that semicolons part: "... Elm Bay | Medical Group; NPI ..."."""
    above = reading.lines[line.number - 1].text if line.number else ""
    return ";" in line.text and ";" in above


def _stands_alone(reading: Reading, rows: list[Line], knowledge: Knowledge) -> bool:
    """Whether a practice's name is all of the block: an empty line above, and below one or the letter's subject."""
    first, last = rows[0], rows[-1]
    text = first.cells[0].text
    before = reading.lines[first.number - 1] if first.number else None
    after = reading.lines[last.number + 1] if last.number + 1 < len(reading.lines) else None
    known = label_pattern(knowledge.fields)
    ends = after is None or not after.cells or bool(_NEXT_PART.match(after.text) or known.begins(after.text))
    named = knowledge.name_words.practice.found_in(written_to(text, knowledge.name_words)) and len(first.cells) == 1
    return bool(named and ends and before is not None and not before.cells and first.number > _LETTERHEAD_LINES)


def _greeted(reading: Reading, name: str) -> bool:
    """Whether the letter greets the clinician by the last name."""
    family = re.split(r",|\s{2,}", name, maxsplit=1)[0].split()[-1].casefold()
    dear = next((m for line in reading.lines[:_TOP] if (m := GREETING.match(line.text))), None)
    return dear is not None and family in re.findall(r"[\w'’-]+", dear["who"].casefold())


def _without_numbers(text: str) -> str:
    return _PARTS.split(_WITH_NUMBER.sub("", text), maxsplit=1)[0].strip(" ,(")


def written_to(text: str, words: NameKnowledge) -> str:
    """A line of an address without its numbers; of "attention ..." a clinician stays, a desk does not."""
    text = _without_numbers(text)
    hit = _ATTENTION.search(text)
    if hit is None:
        parts = text.split(", ")
        if len(parts) == 1:
            return text
        both = word_pattern(words.unit.words + words.title.words + words.vendor.words + words.back_office.words)
        first = 0 if re.search(r"[A-Za-z0-9]", both.sub(" ", parts[0])) else 1
        last = len(parts) - words.back_office.covers(parts[-1])
        return ", ".join(parts[first:last]) or text
    clinician = hit["who"].strip() if words.credential.found_in(hit["who"]) else ""
    around = (text[: hit.start()], clinician, text[hit.end() :])
    return ", ".join(part.strip(" ,") for part in around if part.strip(" ,"))


def _begins_block(line: Line, knowledge: Knowledge) -> bool:
    words = knowledge.name_words
    first = _COLON_ENDS.sub("", line.cells[0].text) if line.cells else ""
    if not line.cells or len(line.cells) > 2:
        return False
    text = written_to(first, words)
    if not text or ":" in text or _is_desk(text, words) or _SPOKEN_OF.match(text):
        return False
    clinician = words.credential.found_in(text) and name_like(text)
    practice = (
        line.number > 1
        and words.practice.found_in(text)
        and name_like(text)
        and not words.title.found_in(text)
        and len(text.split()) > 1
        and not words.vendor.found_in(text)
    )
    titled = bool(re.match(r"(?:Dr\.?|Doctor)\s+[A-Z]", text)) and name_like(text)
    return clinician or titled or (practice and not is_insurer(text, knowledge))


def _is_desk(text: str, words: NameKnowledge) -> bool:
    """Whether a name is made of words of a trade and of a desk alone: "Pharmacy Determinations"."""
    both = word_pattern(words.practice.words + words.unit.words + words.plan_kind.words)
    return words.unit.found_in(text) and not re.search(r"[A-Za-z0-9]", both.sub(" ", text))


def is_insurer(text: str, knowledge: Knowledge) -> bool:
    """Whether a name has words of an insurer beside those of a practice: "Elm Home Health" has none."""
    return is_payer(_OF_A_TRADE.sub(" ", word_pattern(knowledge.name_words.practice.words).sub("\0", text)), knowledge)


def _goes_on(row: Line, knowledge: Knowledge) -> bool:
    words = knowledge.name_words
    text = row.cells[0].text if row.cells else ""
    if (hit := _ATTENTION.match(text)) and words.credential.found_in(hit["who"]):
        return True
    return (
        bool(text)
        and name_like(text)
        and not words.title.found_in(text)
        and not STREET.match(text)
        and not (is_payer(text, knowledge) and not words.practice.found_in(text))
    )


def _ends_block(text: str) -> bool:
    return bool(_OWN_NUMBER.match(text) or STREET.match(text) or CITY.search(text))
