"""What is to be done about a case, by when and why: clocks, route, standing, steps, priority."""

from pipeline.plan.seen import seen_on
from pipeline.plan.tasks import task_of
from pipeline.plan.threads import CaseLetter, cases_of, narrowed, own_case
from pipeline.plan.timeline import Level, levels

__all__ = ["CaseLetter", "Level", "cases_of", "levels", "narrowed", "own_case", "seen_on", "task_of"]
