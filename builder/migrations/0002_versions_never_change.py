"""A version is never changed nor deleted: the database refuses, whoever asks. Only its author may be forgotten."""

from django.db import migrations

FIXED = "id, app_id, number, sha256, definition, bodies, texts_only, note, created_at"
MESSAGE = "A published version is never changed or deleted."

SQLITE = [
    f"CREATE TRIGGER builder_version_unchanged BEFORE UPDATE OF {FIXED} ON builder_version "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    "CREATE TRIGGER builder_version_kept BEFORE DELETE ON builder_version "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION builder_version_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE TRIGGER builder_version_unchanged BEFORE UPDATE OF {FIXED} ON builder_version "
    "FOR EACH ROW EXECUTE FUNCTION builder_version_refuse()",
    "CREATE TRIGGER builder_version_kept BEFORE DELETE ON builder_version "
    "FOR EACH ROW EXECUTE FUNCTION builder_version_refuse()",
]
DROP = {
    "sqlite": ["DROP TRIGGER builder_version_unchanged", "DROP TRIGGER builder_version_kept"],
    "postgresql": [
        "DROP TRIGGER builder_version_unchanged ON builder_version",
        "DROP TRIGGER builder_version_kept ON builder_version",
        "DROP FUNCTION builder_version_refuse()",
    ],
}


def put(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("builder", "0001_initial")]
    operations = [migrations.RunPython(put, drop)]
