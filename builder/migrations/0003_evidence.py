"""What a release's gates had seen is part of the version, and as unchangeable. SQLite makes the table anew, without its triggers."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


earlier = import_module("builder.migrations.0002_versions_never_change")


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": earlier.SQLITE, "postgresql": earlier.POSTGRESQL}[vendor]:
        schema_editor.execute(statement.replace("note, created_at", "note, evidence, created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("builder", "0002_versions_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(earlier.drop, earlier.put),
        migrations.AddField(
            model_name="version",
            name="evidence",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(guard, earlier.drop),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(db_index=True)),
                ("gate", models.CharField(max_length=32)),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("override_tests", "Can release what its tests would stop"),
                    ("override_language", "Can release what lacks a translation"),
                ],
                "default_permissions": (),
            },
        ),
    ]
