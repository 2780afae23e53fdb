"""Which illness a letter is about, as far as codes and names show it; None is said, never guessed."""

from pipeline.knowledge import Knowledge
from pipeline.knowledge.routes import Indication
from pipeline.values.letter import Letter, Reason

_TOXIN = "botulinum_toxin"


def indications_of(letter: Letter, *, knowledge: Knowledge) -> tuple[Indication, ...]:
    """The illnesses that the letter's diagnosis or procedure codes show, for the drug that it names."""
    diagnoses = [found.value for found in letter.diagnosis_codes if found.value]
    procedures = {found.value for found in letter.procedure_codes}
    drugs = drugs_of(letter, knowledge=knowledge) or {_TOXIN}
    return tuple(
        indication
        for indication in knowledge.routes.indications
        if indication.drug in drugs
        and (
            any(code.startswith(indication.diagnoses) for code in diagnoses)
            or not procedures.isdisjoint(indication.procedures)
        )
    )


def criterion_of(reason: Reason, letter: Letter, *, knowledge: Knowledge) -> str | None:
    """The criterion a denial reason is about, where drug and illness are certain; None otherwise."""
    found = indications_of(letter, knowledge=knowledge)
    if len(found) != 1 or found[0].drug not in drugs_of(letter, knowledge=knowledge):
        return None
    by_subcategory = found[0].subcategories.get(reason.subcategory or "")
    return by_subcategory or found[0].criteria.get(reason.category)


def drugs_of(letter: Letter, *, knowledge: Knowledge) -> set[str]:
    """The drug families that the letter names by code or by name, or whose own procedure it names."""
    codes = {found.value for found in letter.procedure_codes}
    service = letter.service_description
    told = f"{service.value} {service.text}".casefold() if service is not None else ""
    named = {
        drug.id
        for drug in knowledge.routes.drugs
        if not codes.isdisjoint(drug.codes) or any(name in told for name in drug.names)
    }
    given = {i.drug for i in knowledge.routes.indications if not codes.isdisjoint(i.procedures)}
    return named or given
