"""Files of packets and of proofs of sending, kept with their letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0010_purging")]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter_id", models.CharField(db_index=True, max_length=200)),
                ("claim_index", models.PositiveIntegerField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=255)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("bundle", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        )
    ]
