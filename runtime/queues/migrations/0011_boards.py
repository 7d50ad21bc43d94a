"""What the board needs: pauses, what is counted, deeds to many items, and the indexes that lists go by. They replace three that are a
beginning of theirs, so that a claim has one index more to write, and none where neither language nor outcome is known."""

from importlib import import_module

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


order = import_module("runtime.queues.migrations.0009_policies")


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
        ('queues', '0010_facts'),
        ('records', '0006_erased'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulk',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('deed', models.CharField(max_length=16)),
                ('told', models.JSONField(default=dict)),
                ('items', models.JSONField(null=True)),
                ('sieve', models.JSONField(default=dict)),
                ('queues', models.JSONField(default=list)),
                ('state', models.CharField(default='counting', max_length=12)),
                ('step', models.PositiveIntegerField(default=0)),
                ('after', models.JSONField(null=True)),
                ('seen', models.PositiveIntegerField(default=0)),
                ('wanted', models.PositiveIntegerField(default=0)),
                ('hindered', models.JSONField(default=dict)),
                ('done', models.PositiveIntegerField(default=0)),
                ('skipped', models.JSONField(default=dict)),
                ('undone', models.PositiveIntegerField(default=0)),
                ('kept', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='BulkStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='KeptCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counts', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('took', models.FloatField(default=0)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='workitem',
            name='item_campaign_state',
        ),
        migrations.AddField(
            model_name='campaign',
            name='paused',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='campaign',
            name='visited',
            field=models.ManyToManyField(blank=True, related_name='visitors', to='queues.queue'),
        ),
        migrations.AddField(
            model_name='historicalcampaign',
            name='paused',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='historicalqueue',
            name='paused',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='queue',
            name='paused',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='campaign',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='queues.campaign'),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='queue',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='queues.queue'),
        ),
        migrations.RunPython(order._index(order.READY), order._index(order.READY)),  # SQLite made the table anew, without it
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(fields=['queue', 'state', 'created_at', 'id'], name='item_queue_list'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(fields=['campaign', 'state', 'created_at', 'id'], name='item_campaign_list'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('language', ''), _negated=True), fields=['language', 'state', 'created_at', 'id'], name='item_language_list'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('outcome', ''), _negated=True), fields=['outcome', 'state', 'created_at', 'id'], name='item_outcome_list'),
        ),
        migrations.AddField(
            model_name='bulk',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulk',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkstep',
            name='bulk',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='queues.bulk'),
        ),
        migrations.AddField(
            model_name='bulkstep',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.workitemevent'),
        ),
        migrations.AddField(
            model_name='bulkstep',
            name='item',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.workitem'),
        ),
        migrations.AddField(
            model_name='keptcount',
            name='campaign',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='queues.campaign'),
        ),
        migrations.AddField(
            model_name='keptcount',
            name='queue',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='queues.queue'),
        ),
        migrations.AddIndex(
            model_name='bulk',
            index=models.Index(fields=['-created_at'], name='bulk_newest'),
        ),
        migrations.AddConstraint(
            model_name='bulkstep',
            constraint=models.UniqueConstraint(fields=('bulk', 'item'), name='bulk_step_once'),
        ),
    ]
