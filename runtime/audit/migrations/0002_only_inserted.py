"""The access log is only inserted into: a change of a row is refused by the database itself."""
from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION audit_accesslog_unchanged() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the access log is never changed';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER audit_accesslog_unchanged BEFORE UPDATE ON audit_accesslog
    FOR EACH ROW EXECUTE FUNCTION audit_accesslog_unchanged();
"""
POSTGRESQL_BACK = """
DROP TRIGGER audit_accesslog_unchanged ON audit_accesslog;
DROP FUNCTION audit_accesslog_unchanged();
"""
SQLITE = """
CREATE TRIGGER audit_accesslog_unchanged BEFORE UPDATE ON audit_accesslog
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
"""
SQLITE_BACK = "DROP TRIGGER audit_accesslog_unchanged;"


def forwards(apps, schema_editor):
    sql = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    schema_editor.execute(sql, params=None)


def backwards(apps, schema_editor):
    sql = POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK
    schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
