"""Lines of the worklist and of the reviewers' queue, remarks, saved views, and the chain of the audit."""

import json
from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from pipeline.store.columns import letter_columns, task_columns

SQLITE = """
CREATE TRIGGER store_remark_no_update BEFORE UPDATE ON store_remark BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER store_remark_no_delete BEFORE DELETE ON store_remark BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
POSTGRESQL = """
CREATE TRIGGER store_remark_append_only BEFORE UPDATE OR DELETE ON store_remark
FOR EACH ROW EXECUTE FUNCTION store_append_only();
CREATE TRIGGER store_remark_no_truncate BEFORE TRUNCATE ON store_remark
FOR EACH STATEMENT EXECUTE FUNCTION store_append_only();
"""


def append_only(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (SQLITE if sqlite else POSTGRESQL).strip().split("\n" if sqlite else ";\n"):
        schema_editor.execute(statement)


def rewritable(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The triggers go with their table."""


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lines for the tasks and letters that are there."""
    here = schema_editor.connection.alias  # a copy may be brought up to date beside the database in use
    line_of_task, line_of_letter = apps.get_model("store", "TaskLine"), apps.get_model("store", "LetterLine")
    there = {field.name for field in line_of_task._meta.get_fields()}  # later migrations add columns, and fill them
    for tasks in _batches(apps.get_model("store", "Task").objects.using(here).order_by("pk")):
        line_of_task.objects.using(here).bulk_create(
            line_of_task(task_id=task.pk, **{name: value for name, value in columns.items() if name in there})
            for task in tasks
            for columns in [
                task_columns(json.loads(task.content), person_state=task.person_state, assignee=task.assignee)
            ]
        )
    for letters in _batches(apps.get_model("store", "Letter").objects.using(here).order_by("pk")):
        line_of_letter.objects.using(here).bulk_create(
            line_of_letter(
                letter_id=letter.pk, checked=False, due="9999-99-99", **letter_columns(json.loads(letter.content))
            )
            for letter in letters
        )


def _batches(rows: Any, size: int = 500) -> Iterator[list[Any]]:
    last = ""
    while found := list(rows.filter(pk__gt=last)[:size]):
        yield found
        last = found[-1].pk


class Migration(migrations.Migration):
    dependencies = [("store", "0004_decisions")]

    operations = [
        migrations.AddField("audit", "chain", models.CharField(max_length=64, null=True)),
        migrations.CreateModel(
            name="TaskLine",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="line",
                        serialize=False,
                        to="store.task",
                    ),
                ),
                ("due", models.CharField(max_length=10)),
                ("priority", models.IntegerField()),
                ("finished", models.BooleanField()),
                ("stage", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=40)),
                ("payer", models.CharField(max_length=200)),
                ("member_name", models.CharField(max_length=200)),
                ("claim", models.CharField(max_length=200)),
                ("service", models.CharField(max_length=200)),
                ("reasons", models.CharField(max_length=1000)),
                ("cents", models.BigIntegerField(null=True)),
                ("missing", models.PositiveIntegerField()),
                ("assignee", models.CharField(max_length=200)),
                ("waiting_on", models.CharField(max_length=200)),
                ("received", models.CharField(max_length=10)),
                ("next_touch", models.CharField(max_length=10)),
                ("search", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["finished", "due", "-priority", "task"], name="line_order"),
                    models.Index(fields=["finished", "payer"], name="line_payer"),
                ]
            },
        ),
        migrations.CreateModel(
            name="LetterLine",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="line",
                        serialize=False,
                        to="store.letter",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("payer", models.CharField(max_length=200)),
                ("member_name", models.CharField(max_length=200)),
                ("notes", models.PositiveIntegerField()),
                ("checked", models.BooleanField()),
                ("due", models.CharField(max_length=10)),
            ],
            options={"indexes": [models.Index(fields=["checked", "due", "letter"], name="letter_line_order")]},
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task_id", models.CharField(db_index=True, max_length=200)),
                ("case_id", models.CharField(db_index=True, max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("details", models.TextField(default="{}")),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(db_index=True, max_length=200)),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(max_length=1000)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("owner", "name"), name="view_of_owner")]},
        ),
        migrations.RunPython(append_only, rewritable),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
