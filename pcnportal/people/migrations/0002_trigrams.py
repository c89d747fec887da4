"""On PostgreSQL: indexes that answer "has this in its name" and "begins with this" in a large register.

The extension pg_trgm comes with PostgreSQL, and the owner of a database may create it. Where it may not be
created or is not installed, search works all the same, only slower.
"""

import logging

from django.db import DatabaseError, migrations, transaction

# The same as pcnportal.pages.search.Plain writes.
PLAIN = "translate(upper(name), '.''’', '')"


def add(_apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    editor.execute("CREATE INDEX organisation_postcode_like ON people_organisation (postcode varchar_pattern_ops)")
    try:
        with transaction.atomic():
            editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as refusal:
        logging.getLogger(__name__).warning("Search stays slow in a large register, without pg_trgm: %s", refusal)
        return
    for table in ("people_organisation", "people_person"):
        editor.execute(f"CREATE INDEX {table}_trigrams ON {table} USING gin (({PLAIN}) gin_trgm_ops)")


def remove(_apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in ("organisation_postcode_like", "people_organisation_trigrams", "people_person_trigrams"):
            editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(add, remove, elidable=False)]
