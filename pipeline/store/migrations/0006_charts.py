"""Patients' charts, by folder."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("store", "0005_desk"),)
    operations = (
        migrations.CreateModel(
            name="PatientChart",
            fields=[
                ("folder", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(max_length=64)),
                ("patient", models.TextField()),
                ("chart", models.TextField()),
                ("changed", models.DateTimeField()),
            ],
        ),
    )
