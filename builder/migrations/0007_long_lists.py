"""Long lists of choices can be fetched by their hash, also those of the versions there are."""

from django.db import migrations, models

from builder.definition import DefinitionUnreadable, load, long_lists


def keep(apps, schema_editor):
    using = schema_editor.connection.alias
    versions = apps.get_model("builder", "Version").objects.using(using)
    rows = apps.get_model("builder", "LongList").objects.using(using)
    for text in versions.values_list("definition", flat=True).iterator(chunk_size=20):
        try:
            found = long_lists(load(text))
        except DefinitionUnreadable:
            continue
        for name, content in found.items():
            rows.get_or_create(sha256=name, defaults={"content": content})


class Migration(migrations.Migration):
    dependencies = [("builder", "0006_release_plan")]
    operations = [
        migrations.CreateModel(
            name="LongList",
            fields=[
                (
                    "sha256",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("content", models.TextField()),
            ],
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
