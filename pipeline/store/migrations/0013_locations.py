"""Which of our locations a case belongs to, and which of them a person sees. Unknown for what was worked out before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_days")]

    operations = [
        migrations.AddField("case", "location", models.CharField(db_index=True, default="", max_length=200)),
        migrations.AddField("taskline", "location", models.CharField(default="", max_length=200)),
        migrations.AddIndex(
            "taskline",
            models.Index(fields=["location", "finished", "due", "-priority", "task"], name="line_location"),
        ),
        migrations.CreateModel(
            name="PersonLocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(db_index=True, max_length=200)),
                ("location", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "location"), name="location_of_person")]
            },
        ),
    ]
