"""Letters of invented stories written out in several house styles, and as a fax leaves them. Everybody is invented."""

from dataclasses import dataclass
from datetime import date
from random import Random

DENIAL_PRE = (
    "We denied your request for prior authorization of {service} because it is not medically necessary.",
    "The request for {service} is denied. The clinical notes do not show that the service is medically necessary.",
    "Your request for {service} was not approved: medical necessity has not been established.",
)
DENIAL_POST = (
    "We denied the claim for {service} because the service was not medically necessary.",
    "The claim for {service} has been denied. Medical necessity has not been established.",
)
UPHELD = (
    "We reviewed your appeal and upheld our denial of {service} because it is not medically necessary.",
    "Your appeal has been reviewed. Our original decision to deny {service} is upheld: it is not medically necessary.",
)
OVERTURNED = (
    "The external reviewer has overturned the denial of {service}. The denial is reversed and the service is approved.",
    "We have completed the external review. The denial of {service} is overturned and the plan must cover it.",
)
_GREETINGS = ("Dear Provider:", "Dear Colleague:", "To whom it may concern:")
_DAYS = ("{d:%B} {d.day}, {d.year}", "{d:%m/%d/%Y}", "Date: {d:%b} {d.day}, {d.year}")


@dataclass(frozen=True)
class Person:
    """Whose letters they are, and how the payer writes: the same in all letters of a story."""

    payer: str
    name: str
    member_id: str
    plan: str
    service: str
    service_day: date | None


@dataclass(frozen=True)
class Words:
    """What one letter says: title, decision, rights, and its numbers with their labels."""

    title: str
    decision: str
    rights: str
    numbers: tuple[tuple[str, str], ...]


def written(person: Person, words: Words, *, day: date, rng: Random) -> str:
    """The letter in one of the house styles."""
    style = rng.choice((_lines, _table))
    facts = [("Member Name", person.name), ("Member ID", person.member_id), *words.numbers]
    if person.service_day is not None:
        facts.append(("Date of Service", f"{person.service_day:%m/%d/%Y}"))
    facts += [("Service", person.service), ("Plan", person.plan)] if person.plan else [("Service", person.service)]
    parts = [
        person.payer, "P.O. Box 100, Anytown, OH 44101", "", rng.choice(_DAYS).format(d=day), "",
        "Riverside Neurology Group", "12 Elm Street", "Anytown, OH 44101", "", *style(facts), "", words.title, "",
        rng.choice(_GREETINGS), "", words.decision.format(service=person.service), "",
    ]  # fmt: skip
    if words.rights:
        parts += ["Your rights", "", words.rights, ""]
    return "\n".join([*parts, "Sincerely,", "Utilization Management", person.payer, ""])


def faxed(text: str, *, sent: date, rng: Random) -> str:
    """The same letter from a fax: a header line, and something of its head lost or misread."""
    lines = text.splitlines()
    lost = rng.choice(("", "", "Member ID", "Member Name", "day", "zeros"))
    kept = []
    for line in lines:
        if lost in ("Member ID", "Member Name") and line.startswith(lost):
            continue
        if lost == "zeros" and line.startswith("Member ID"):
            head, _, number = line.partition("W")
            line = f"{head}W{number.replace('0', 'O')}"
        kept.append(line)
    if lost == "day":
        kept[3] = ""
    words = [place for place, line in enumerate(kept) if len(line.split()) > 8]
    for place in rng.sample(words, min(len(words), 1)):
        parts = kept[place].split()
        parts[-1] = parts[-1][:-1] + "~"  # the end of a line is smudged
        kept[place] = " ".join(parts)
    return "\n".join([f"{sent:%m/%d/%Y} 10:12 FROM: ANYTOWN CLINIC TO: 2165550143 P. 1/1", "", *kept, ""])


def _lines(facts: list[tuple[str, str]]) -> list[str]:
    return [f"{label}: {value}" for label, value in facts]


def _table(facts: list[tuple[str, str]]) -> list[str]:
    width = max(len(label) for label, _ in facts) + 4
    return [f"{label + ':':{width}}{value}" for label, value in facts]
