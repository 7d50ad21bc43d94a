"""What the order goes by where waiting counts, and the language an item is to be spoken in with the skill it needs. The index has the order
of `priority.ORDER` within each skill, so that the first item of a skill is found however many lie before it."""
import django.db.models.deletion
from django.db import migrations, models

NEVER = {"sqlite": "'9999-12-31'", "postgresql": "'infinity'::timestamptz"}
READY = """
CREATE INDEX item_ready ON queues_workitem (queue_id, (COALESCE(skill_id, 0)), lane, (CASE WHEN aged IS NULL THEN -priority ELSE 0 END),
    (COALESCE(CASE WHEN aged IS NULL THEN due END, {never})), (COALESCE(aged, not_before)), id)
WHERE state = 'ready'
"""
BEFORE = """
CREATE INDEX item_ready ON queues_workitem (queue_id, lane, priority DESC, (COALESCE(due, {never})), not_before, id)
WHERE state = 'ready'
"""


def _index(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.alias == "default":
            schema_editor.execute("DROP INDEX IF EXISTS item_ready")  # SQLite may have made the table anew, without it
            schema_editor.execute(statement.format(never=NEVER[schema_editor.connection.vendor]))

    return run


class Migration(migrations.Migration):
    dependencies = [("queues", "0008_promised")]
    operations = [
        migrations.AddField("workitem", "aged", models.DateTimeField(null=True)),
        migrations.AddField("workitem", "language", models.CharField(blank=True, db_default="", max_length=12)),
        migrations.AddField(
            "workitem",
            "skill",
            models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="queues.skill"),
        ),
        migrations.RunPython(_index(READY), _index(BEFORE)),
    ]
