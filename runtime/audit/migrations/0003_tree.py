"""The tree over the access log: places, seals, and that nothing of it is changed or removed."""
import django.db.models.functions
from django.conf import settings
from django.db import migrations, models

ONLY_INSERTED = ("audit_accesslog", "audit_sealedrow", "audit_seal", "audit_verification")
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_accesslog_unchanged() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the access log is never changed';
END;
$$ LANGUAGE plpgsql
"""
POSTGRESQL = (
    "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_accesslog_unchanged()",
    "CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_accesslog_unchanged()",
)
SQLITE = (
    "CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END",
    "CREATE TRIGGER {table}_never_removed BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END",
)
NAMES = {"postgresql": ("kept", "whole"), "sqlite": ("never_changed", "never_removed")}


def forwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    AccessLog, Seal = apps.get_model("audit", "AccessLog"), apps.get_model("audit", "Seal")
    highest = AccessLog.objects.aggregate(found=models.Max("pk"))["found"] or 0
    Seal.objects.create(size=0, before=-1, peaks=b"", highest=highest, at=django.db.models.functions.Now())
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    for table in ONLY_INSERTED:
        for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
            schema_editor.execute(statement.format(table=table), params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    vendor = schema_editor.connection.vendor
    for table in ONLY_INSERTED:
        for name in NAMES[vendor]:
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_only_inserted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("before", models.BigIntegerField(unique=True)),
                ("peaks", models.BinaryField()),
                ("highest", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("log", models.BigIntegerField(unique=True)),
                ("leaf", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("checkpoints", models.PositiveIntegerField()),
                ("faults", models.PositiveIntegerField()),
                ("seconds", models.FloatField()),
            ],
        ),
        migrations.AddField(model_name="accesslog", name="mark", field=models.BinaryField(null=True)),
        migrations.AddIndex(model_name="accesslog", index=models.Index(fields=["subject", "at"], name="log_subject")),
        migrations.AddIndex(model_name="accesslog", index=models.Index(fields=["record", "at"], name="log_record")),
        migrations.AddIndex(model_name="accesslog", index=models.Index(fields=["by", "at"], name="log_by")),
        migrations.AddConstraint(
            model_name="accesslog",
            constraint=models.UniqueConstraint(condition=models.Q(("mark__isnull", False)), fields=("mark",), name="log_mark_once"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
