"""What ties letters to their cases; letters that are there already keep their case and are tied when read again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_charts")]

    operations = [
        migrations.AddField("caseletter", "shown", models.TextField(default="")),
        migrations.AddField("task", "said_over", models.CharField(default="", max_length=40)),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("weak", models.BooleanField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="store.caseletter"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["key", "weak"], name="tie_key")]},
        ),
    ]
