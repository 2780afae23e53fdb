"""What a decision did, what was read then, where the value was picked, and which decision it takes back.

The columns may be null, so that they are added in place: the rows of an append-only table cannot be rewritten.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0003_members")]

    operations = [
        migrations.AddField("decision", "act", models.CharField(max_length=40, null=True)),
        migrations.AddField("decision", "machine", models.TextField(null=True)),
        migrations.AddField("decision", "page", models.PositiveIntegerField(null=True)),
        migrations.AddField("decision", "boxes", models.TextField(null=True)),
        migrations.AddField("decision", "undoes", models.BigIntegerField(null=True)),
    ]
