"""A decision and a remark may be emptied, and nothing else be done to them.

Retention by rule leaves the row, with who and when, and without what was said.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EMPTIED = {
    "store_decision": "NEW.act = 'purged' AND NEW.value = 'null' AND NEW.reason = '' AND NEW.machine IS NULL "
    "AND NEW.page IS NULL AND NEW.boxes IS NULL AND NEW.letter_id = OLD.letter_id AND NEW.field = OLD.field",
    "store_remark": "NEW.kind = 'purged' AND NEW.text = '' AND NEW.details = '{}' AND NEW.task_id = OLD.task_id "
    "AND NEW.case_id = OLD.case_id",
}
SAME = 'NEW.id = OLD.id AND NEW."by" = OLD."by" AND NEW."at" = OLD."at"'


def forward(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table, emptied in EMPTIED.items():
        unless = f"WHEN (NOT ({emptied} AND {SAME}))"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")
            schema_editor.execute(_sqlite(table, unless))
            continue
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        schema_editor.execute(_postgresql(f"{table}_append_only", "DELETE", table))
        schema_editor.execute(_postgresql(f"{table}_no_update", "UPDATE", table, unless))


def backward(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in EMPTIED:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")
            schema_editor.execute(_sqlite(table, ""))
            continue
        schema_editor.execute(f"DROP TRIGGER {table}_no_update ON {table}")
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        schema_editor.execute(_postgresql(f"{table}_append_only", "UPDATE OR DELETE", table))


def _sqlite(table: str, unless: str) -> str:
    refused = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    return f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless} {refused}"


def _postgresql(name: str, acts: str, table: str, unless: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH ROW {unless} EXECUTE FUNCTION store_append_only()"


class Migration(migrations.Migration):
    dependencies = [("store", "0009_worklists")]

    operations = [migrations.RunPython(forward, backward)]
