"""The conditions that a section of a template may ask for, by name."""

from collections.abc import Callable, Mapping

from pipeline.output.packet.lists import LISTS, Desk, has_standing
from pipeline.plan.situation import AFTER_SERVICE
from pipeline.values.task import Action


def _after_service(desk: Desk) -> bool:
    letter = desk.matter.letter
    return letter is not None and letter.service_timing in AFTER_SERVICE


def _late(desk: Desk) -> bool:
    """Whether the payer calls something too late: then the answer is about days, not about medicine."""
    task = desk.matter.task
    return task is not None and any(
        reason.category.value in ("timely_filing", "appeal_untimely") for reason in task.denial_reasons
    )


def _clinical(desk: Desk) -> bool:
    """Whether the reasons are of the kind that a chart answers; so is a request that no reason stands against."""
    task = desk.matter.task
    if task is None or not task.denial_reasons:
        return True
    remedies = {remedy.category: remedy for remedy in desk.knowledge.routes.remedies}
    return any(remedies[reason.category].clinical for reason in task.denial_reasons if reason.category in remedies)


CONDITIONS: Mapping[str, Callable[[Desk], bool]] = {
    "after_service": _after_service,
    "before_service": lambda desk: desk.matter.letter is not None and not _after_service(desk),
    "clinical": _clinical,
    "late": _late,
    "standing": lambda desk: has_standing(desk.matter),
    "for_member": lambda desk: desk.matter.task is not None and desk.matter.task.filer == "member",
    "for_provider": lambda desk: desk.matter.task is not None and desk.matter.task.filer == "provider",
    "original_medicare": lambda desk: desk.matter.task is not None and desk.matter.task.track == "original_medicare",
    "continuation": lambda desk: any(r.phase == "continuation" for r in desk.matter.requirements)
    or desk.matter.phase == "continuation",
    "recoupment": lambda desk: desk.matter.task is not None
    and desk.matter.task.action is Action.DISPUTE_RECOUPMENT,
}


def holds(name: str, desk: Desk) -> bool:
    """Whether a condition holds; ``has_`` before the name of a list asks whether there is anything in it."""
    if name.startswith("has_"):
        return bool(LISTS[name.removeprefix("has_")](desk))
    return CONDITIONS[name](desk)
