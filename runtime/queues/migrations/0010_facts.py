"""Counts by day, ends by version and language, forecasts; and events read by their time."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


# Events are read by their time, also those of all campaigns; a plain index, for its newest page is where the rows come in.
AT = "CREATE INDEX item_event_at ON queues_workitemevent (at)"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        schema_editor.execute(AT)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        schema_editor.execute("DROP INDEX item_event_at")


class Migration(migrations.Migration):

    dependencies = [
        ('queues', '0009_policies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('facts', models.JSONField(default=list)),
                ('until', models.DateTimeField()),
                ('closed', models.BooleanField(default=False)),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='days', to='queues.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'day'), name='kept_day_once'), models.UniqueConstraint(condition=models.Q(('campaign__isnull', True)), fields=('day',), name='kept_day_of_house_once')],
            },
        ),
        migrations.CreateModel(
            name='KeptEnding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=15)),
                ('outcome', models.CharField(max_length=63)),
                ('day', models.DateField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.campaign')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'day'], name='ending_campaign_day')],
            },
        ),
        migrations.CreateModel(
            name='Simulation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked', models.JSONField(default=dict)),
                ('state', models.CharField(default='waiting', max_length=12)),
                ('items', models.PositiveIntegerField(default=0)),
                ('measured', models.PositiveIntegerField(default=0)),
                ('courses', models.PositiveSmallIntegerField()),
                ('runs', models.JSONField(default=list)),
                ('begins', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='simulations', to='queues.campaign')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', '-created_at'], name='simulation_newest')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
