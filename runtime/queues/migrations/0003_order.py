"""The index that has the order of `priority.ORDER`, and a history of items that only grows."""
from django.db import migrations

DUE = {"sqlite": "COALESCE(due, '9999-12-31')", "postgresql": "COALESCE(due, 'infinity'::timestamptz)"}
READY = """
CREATE INDEX item_ready ON queues_workitem (queue_id, lane, priority DESC, ({due}), not_before, id)
WHERE state = 'ready'
"""
SQLITE = """
CREATE TRIGGER workitemevent_{deed} BEFORE {deed} ON queues_workitemevent
BEGIN SELECT RAISE(ABORT, 'the history of a work item only grows'); END
"""
FUNCTION = """
CREATE FUNCTION queues_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the history of a work item only grows'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER workitemevent_kept BEFORE UPDATE OR DELETE ON queues_workitemevent
FOR EACH ROW EXECUTE FUNCTION queues_only_grows()
"""


def _statements(vendor):
    ready = READY.format(due=DUE[vendor])
    if vendor == "sqlite":
        return [ready, *(SQLITE.format(deed=deed) for deed in ("UPDATE", "DELETE"))]
    return [ready, FUNCTION, POSTGRESQL]


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for statement in _statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    schema_editor.execute("DROP INDEX item_ready")
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER workitemevent_{deed}")
    else:
        schema_editor.execute("DROP TRIGGER workitemevent_kept ON queues_workitemevent")
        schema_editor.execute("DROP FUNCTION queues_only_grows()")


class Migration(migrations.Migration):
    dependencies = [("queues", "0002_claims")]
    operations = [migrations.RunPython(forwards, backwards)]
