"""What was told of a call only grows."""
from django.db import migrations

SQLITE = """
CREATE TRIGGER callevent_{deed} BEFORE {deed} ON telephony_callevent
BEGIN SELECT RAISE(ABORT, 'what was told of a call only grows'); END
"""
FUNCTION = """
CREATE FUNCTION telephony_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was told of a call only grows'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER callevent_kept BEFORE UPDATE OR DELETE ON telephony_callevent
FOR EACH ROW EXECUTE FUNCTION telephony_only_grows()
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    if schema_editor.connection.vendor == "sqlite":
        statements = [SQLITE.format(deed=deed) for deed in ("UPDATE", "DELETE")]
    else:
        statements = [FUNCTION, POSTGRESQL]
    for statement in statements:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER callevent_{deed}")
    else:
        schema_editor.execute("DROP TRIGGER callevent_kept ON telephony_callevent")
        schema_editor.execute("DROP FUNCTION telephony_only_grows()")


class Migration(migrations.Migration):
    dependencies = [("telephony", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
