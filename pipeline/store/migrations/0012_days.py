"""Until when what was worked out for a case holds, and the points of a task that no day changes.

Both are unknown for what was worked out before: it is worked out anew with the first batch of a new day.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0011_papers")]

    operations = [
        migrations.AddField("batch", "worked_with", models.CharField(default="", max_length=64)),
        migrations.AddField("case", "holds_until", models.DateField(null=True)),
        migrations.AddField("taskline", "weight", models.IntegerField(null=True)),
    ]
