"""Our own worklists: their rows, by what these are found, and how columns are read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_follow_ups")]

    operations = [
        migrations.CreateModel(
            name="ColumnMap",
            fields=[
                ("worklist", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("mapping", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ListedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("worklist", models.CharField(db_index=True, max_length=200)),
                ("content", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ListedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=64)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="store.listedrow"
                    ),
                ),
            ],
        ),
    ]
