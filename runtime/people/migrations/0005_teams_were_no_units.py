"""What was a team stands directly below the organisation.

Whoever was in a team still sees everything: a team said nothing of that, a unit does. Their team is kept among the changes of their rights;
an administrator says who belongs to a unit.
"""

from django.db import migrations
from django.utils import timezone


def write_paths(apps, schema_editor):
    Unit = apps.get_model('people', 'Unit')
    for unit in Unit.objects.filter(path=''):
        Unit.objects.filter(pk=unit.pk).update(path=f'/{unit.pk}/')


def free_people(apps, schema_editor):
    Person, RoleChange = apps.get_model('people', 'Person'), apps.get_model('people', 'RoleChange')
    now = timezone.now()
    for person in Person.objects.filter(unit__isnull=False).select_related('unit'):
        RoleChange.objects.create(person=person, by=None, at=now, reason='unit', before=person.unit.code, after='')
    Person.objects.update(unit=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_units'),
    ]

    operations = [
        migrations.RunPython(write_paths, migrations.RunPython.noop),
        migrations.RunPython(free_people, migrations.RunPython.noop),
    ]
