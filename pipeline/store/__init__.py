"""The database and the kept bytes: plain functions in front of Django's ORM, which nothing outside touches.

``configure`` first, once a process; Django's models can only be imported after it, so the functions that use them are
looked up when they are first asked for. Every function that changes something is one transaction; ``StoreBusy`` where
the database is locked, full or away, and then the same call may be made again.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.store.blobs import Blobs
from pipeline.store.columns import NO_DUE
from pipeline.store.door import Conflict, LeaseLost, StoreBusy, changed, changes, hang_up, together
from pipeline.store.seen import (
    NOWHERE,
    SOON_DAYS,
    AuditRow,
    CaseFile,
    KeptLetter,
    KeptPaper,
    Line,
    MovedMany,
    Opened,
    Said,
    SetAside,
    Sums,
    Waiting,
    Wanted,
    Within,
)
from pipeline.store.setup import BACKUP_LOCK, DATABASE, PAPERS, alone, configure
from pipeline.store.shapes import Followed, Left, MemberKept, Saved, StoredLetter
from pipeline.store.states import Act, RemarkKind, State
from pipeline.values.decision import Decided

if TYPE_CHECKING:
    from pipeline.store.asking import audit_rows, choices, counted_tasks, remarks, sums, task_ids, task_lines, views
    from pipeline.store.audit import broken_at
    from pipeline.store.backup import back_up, sweep_copies
    from pipeline.store.batches import end_batch, inbox_of, known_inboxes, left_in, start_batch
    from pipeline.store.case_files import case_file, find_cases
    from pipeline.store.charts import (
        UNSETTLED,
        cases_naming,
        chart_of,
        chart_prints,
        charts_unsettled,
        keep_chart,
        patient_folders,
        retire_charts,
        settle_charts,
    )
    from pipeline.store.days import bring_to, stale_cases, worked_with
    from pipeline.store.deciding import decide
    from pipeline.store.following import follow_up
    from pipeline.store.leases import claim, dead_owners, held, owner, queued, release, renew, take_back
    from pipeline.store.ledger import Ledger
    from pipeline.store.letters import (
        checked_documents,
        decided_letters,
        first_tasks,
        in_work,
        left_to_check,
        letters_kept,
        letters_of_case,
        one_task,
        opened,
        set_aside,
        set_aside_count,
        tasks_of,
        to_check,
    )
    from pipeline.store.locations import (
        case_lies_within,
        document_lies_within,
        known_locations,
        letter_lies_within,
        locations_of,
        narrow,
        narrowed_people,
        pages_within,
        task_lies_within,
        tasks_within,
    )
    from pipeline.store.looking import (
        counts,
        document_states,
        documents,
        file_name,
        letters_by_case,
        task_version,
        tasks,
    )
    from pipeline.store.members import depth
    from pipeline.store.moving import SINGLY, UNDO_MINUTES, move_many, undo_moves
    from pipeline.store.papers import keep_papers, papers_of, wipe_papers
    from pipeline.store.people import (
        assign,
        change_task,
        drop_view,
        looked,
        remark,
        remark_many,
        reprocess,
        retry,
        save_view,
    )
    from pipeline.store.purging import purge, purgeable, wipe
    from pipeline.store.restoring import restore
    from pipeline.store.said import decisions, decisions_of
    from pipeline.store.saving import rework, save
    from pipeline.store.worklists import column_map, keep_worklist, listed_rows, open_cases, worklists_kept

__all__ = [
    "BACKUP_LOCK",
    "DATABASE",
    "NOWHERE",
    "NO_DUE",
    "PAPERS",
    "SINGLY",
    "SOON_DAYS",
    "UNDO_MINUTES",
    "UNSETTLED",
    "Act",
    "AuditRow",
    "Blobs",
    "CaseFile",
    "Conflict",
    "Decided",
    "Followed",
    "KeptLetter",
    "KeptPaper",
    "LeaseLost",
    "Ledger",
    "Left",
    "Line",
    "MemberKept",
    "MovedMany",
    "Opened",
    "Purgeable",
    "RemarkKind",
    "Said",
    "Saved",
    "SetAside",
    "State",
    "StoreBusy",
    "StoredLetter",
    "Sums",
    "Waiting",
    "Wanted",
    "Within",
    "alone",
    "assign",
    "audit_rows",
    "back_up",
    "bring_to",
    "broken_at",
    "case_file",
    "case_lies_within",
    "cases_naming",
    "change_task",
    "changed",
    "changes",
    "chart_of",
    "chart_prints",
    "charts_unsettled",
    "checked_documents",
    "choices",
    "claim",
    "column_map",
    "configure",
    "counted_tasks",
    "counts",
    "dead_owners",
    "decide",
    "decided_letters",
    "decisions",
    "decisions_of",
    "depth",
    "document_lies_within",
    "document_states",
    "documents",
    "drop_view",
    "end_batch",
    "file_name",
    "find_cases",
    "first_tasks",
    "follow_up",
    "hang_up",
    "held",
    "in_work",
    "inbox_of",
    "keep_chart",
    "keep_papers",
    "keep_worklist",
    "known_inboxes",
    "known_locations",
    "left_in",
    "left_to_check",
    "letter_lies_within",
    "letters_by_case",
    "letters_kept",
    "letters_of_case",
    "listed_rows",
    "locations_of",
    "looked",
    "move_many",
    "narrow",
    "narrowed_people",
    "one_task",
    "open_cases",
    "opened",
    "owner",
    "pages_within",
    "papers_of",
    "patient_folders",
    "purge",
    "purgeable",
    "queued",
    "release",
    "remark",
    "remark_many",
    "remarks",
    "renew",
    "reprocess",
    "restore",
    "retire_charts",
    "retry",
    "rework",
    "save",
    "save_view",
    "set_aside",
    "set_aside_count",
    "settle_charts",
    "stale_cases",
    "start_batch",
    "sums",
    "sweep_copies",
    "take_back",
    "task_ids",
    "task_lies_within",
    "task_lines",
    "task_version",
    "tasks",
    "tasks_of",
    "tasks_within",
    "to_check",
    "together",
    "undo_moves",
    "views",
    "wipe",
    "wipe_papers",
    "worked_with",
    "worklists_kept",
]  # fmt: skip

_WITH_MODELS = (
    "asking",
    "audit",
    "backup",
    "batches",
    "case_files",
    "charts",
    "days",
    "deciding",
    "following",
    "leases",
    "ledger",
    "letters",
    "locations",
    "looking",
    "members",
    "moving",
    "papers",
    "people",
    "purging",
    "restoring",
    "said",
    "saving",
    "worklists",
)


def __getattr__(name: str) -> Any:
    """What the store offers as ``name``, from the one of the modules that use the models that has it."""
    if name in __all__:
        for module in _WITH_MODELS:
            found = getattr(import_module(f"pipeline.store.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(name)
