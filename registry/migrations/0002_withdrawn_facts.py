from django.db import migrations, models
from django.db.models import F

FACTS = ("clinicaldirector", "membership", "nominatedpayee", "pcnperiod")


def mark(apps, _schema_editor):
    """A row that pointed at itself was one that an import took back."""
    for name in FACTS:
        rows = apps.get_model("registry", name).objects.filter(supersedes=F("pk"))
        rows.update(is_withdrawn=True, supersedes=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="is_withdrawn",
                field=models.BooleanField(db_default=False, default=False, verbose_name="withdrawn"),
            )
            for name in FACTS
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
