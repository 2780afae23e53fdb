"""Receipts of documents that were inside a container."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="container",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="members", to="store.document"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="place",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
