
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0002_initial"),
        ("people", "0002_trigrams"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="succession",
            name="taken_over_once",
        ),
        migrations.AddField(
            model_name="succession",
            name="is_withdrawn",
            field=models.BooleanField(default=False, verbose_name="withdrawn"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_withdrawn", False)),
                fields=("predecessor", "successor"),
                name="taken_over_once",
            ),
        ),
    ]
