"""How many files of forgotten documents a batch met."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0013_locations")]

    operations = [
        migrations.AddField("batch", "purged_again", models.PositiveIntegerField(default=0)),
        migrations.AddField("batch", "purged_left", models.PositiveIntegerField(default=0)),
    ]
