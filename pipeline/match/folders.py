"""Which patient folder a letter is about. Two signs of identity are needed; what is ambiguous stays unlinked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.values.chart import PatientFolder, same_person
from pipeline.values.letter import Letter, value_of


@dataclass(frozen=True, slots=True)
class Link:
    """The folder of a letter's patient, or None; ``why`` in words either way."""

    folder: PatientFolder | None
    why: str


def folder_of(letter: Letter, folders: Sequence[PatientFolder]) -> Link:
    """The one folder that fits the letter in two of member id, name and birth date and differs in none of them."""
    fits = [(score, folder) for folder in folders if (score := _agreement(letter, folder)) is not None and score >= 2]
    if not fits:
        return Link(None, "no patient folder agrees with the letter in two of member id, name and birth date")
    best = max(score for score, _ in fits)
    chosen = [folder for score, folder in fits if score == best]
    if len(chosen) > 1:
        return Link(
            None, f"{len(chosen)} patient folders fit equally well: {', '.join(sorted(f.name for f in chosen))}"
        )
    return Link(chosen[0], f"folder {chosen[0].name} agrees in {best} of member id, name and birth date")


def differs(letter: Letter, folder: PatientFolder) -> bool:
    """Whether a folder is of somebody else than the letter's patient: member id, name or birth date is another."""
    return _agreement(letter, folder) is None


def _agreement(letter: Letter, folder: PatientFolder) -> int | None:
    """In how many signs letter and folder agree; None where they differ in one."""
    patient = folder.patient
    count = 0
    name = value_of(letter.member_name)
    if name and patient.name:
        if not same_person(name, patient.name):
            return None
        count += 1
    born = value_of(letter.date_of_birth)
    if born and patient.date_of_birth:
        if born != patient.date_of_birth:
            return None
        count += 1
    member = value_of(letter.member_id)
    if member and patient.member_ids:
        known = {_plain(number) for number in patient.member_ids}
        if _plain(member) not in known:
            return None
        count += 1
    return count


def _plain(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()
