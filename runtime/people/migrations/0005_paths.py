"""What was a team stands directly below the organisation."""

from django.db import migrations


def write_paths(apps, schema_editor):
    Unit = apps.get_model('people', 'Unit')
    for unit in Unit.objects.filter(path=''):
        Unit.objects.filter(pk=unit.pk).update(path=f'/{unit.pk}/')


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_units'),
    ]

    operations = [migrations.RunPython(write_paths, migrations.RunPython.noop)]
