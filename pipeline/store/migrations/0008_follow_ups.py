"""What was sent to payers: channel, number, proof, day and who."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_ties")]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter_id", models.CharField(db_index=True, max_length=200)),
                ("claim_index", models.PositiveIntegerField(null=True)),
                ("act", models.CharField(max_length=40)),
                ("action", models.CharField(default="", max_length=40)),
                ("channel", models.CharField(default="", max_length=40)),
                ("number", models.CharField(default="", max_length=500)),
                ("proof", models.CharField(default="", max_length=200)),
                ("day", models.DateField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(default="")),
                ("undoes", models.BigIntegerField(null=True)),
            ],
        ),
    ]
