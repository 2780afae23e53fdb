"""The conditions that a section of a template may ask for, by name."""

from collections.abc import Callable, Mapping

from pipeline.output.packet.exhibits import refusals_before
from pipeline.output.packet.items import Brief
from pipeline.output.packet.lists import LISTS, has_standing
from pipeline.plan.situation import AFTER_SERVICE
from pipeline.values.letter import KEPT_BACK
from pipeline.values.task import Action
from pipeline.values.vocabulary import LetterKind


def _after_service(brief: Brief) -> bool:
    letter = brief.matter.letter
    return letter is not None and letter.service_timing in AFTER_SERVICE


def _late(brief: Brief) -> bool:
    """Whether the payer calls something too late: then the answer is about days, not about medicine."""
    task = brief.matter.task
    return task is not None and any(
        reason.category.value in ("timely_filing", "appeal_untimely") for reason in task.denial_reasons
    )


def _clinical(brief: Brief) -> bool:
    """Whether the reasons are of the kind that a chart answers; so is a request that no reason stands against."""
    task = brief.matter.task
    if task is None or not task.denial_reasons:
        return True
    remedies = {remedy.category: remedy for remedy in brief.knowledge.routes.remedies}
    return any(remedies[reason.category].clinical for reason in task.denial_reasons if reason.category in remedies)


def _refused(brief: Brief) -> bool:
    """Whether the letter is of a kind that gives reasons: one that asks for records refuses nothing yet."""
    letter = brief.matter.letter
    return letter is None or not (letter.kind is LetterKind.INFORMATION_REQUEST or _kept_back(brief))


def _recoupment(brief: Brief) -> bool:
    """Whether money is asked back that the payer does not have yet."""
    task = brief.matter.task
    return task is not None and task.action is Action.DISPUTE_RECOUPMENT and not _kept_back(brief)


def _kept_back(brief: Brief) -> bool:
    """Whether the letter is a payment from which the payer has taken money back."""
    return brief.matter.letter is not None and brief.matter.letter.subtype == KEPT_BACK


CONDITIONS: Mapping[str, Callable[[Brief], bool]] = {
    "after_service": _after_service,
    "before_service": lambda brief: brief.matter.letter is not None and not _after_service(brief),
    "clinical": _clinical,
    "late": _late,
    "standing": lambda brief: has_standing(brief.matter),
    "for_member": lambda brief: brief.matter.task is not None and brief.matter.task.filer == "member",
    "for_provider": lambda brief: brief.matter.task is not None and brief.matter.task.filer == "provider",
    "original_medicare": lambda brief: brief.matter.task is not None and brief.matter.task.track == "original_medicare",
    "earlier_letters": lambda brief: bool(refusals_before(brief.matter)),
    "continuation": lambda brief: (
        any(r.phase == "continuation" for r in brief.matter.requirements) or brief.matter.phase == "continuation"
    ),
    "recoupment": _recoupment,
    "kept_back": _kept_back,
    "refused": _refused,
}


def is_condition(name: str) -> bool:
    """Whether there is a condition of this name."""
    return name in CONDITIONS or (name.startswith("has_") and name.removeprefix("has_") in LISTS)


def holds(name: str, brief: Brief) -> bool:
    """Whether a condition holds; ``has_`` before the name of a list asks whether there is anything in it."""
    if name.startswith("has_"):
        return bool(LISTS[name.removeprefix("has_")](brief))
    return CONDITIONS[name](brief)
