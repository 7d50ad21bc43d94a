"""Teams become units: the same rows, in a tree."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_single_keys'),
    ]

    operations = [
        migrations.RenameModel('Team', 'Unit'),
        migrations.RenameModel('HistoricalTeam', 'HistoricalUnit'),
        migrations.RenameField('Person', 'team', 'unit'),
        migrations.AlterModelOptions(
            name='historicalunit',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical unit', 'verbose_name_plural': 'historical units'},
        ),
        migrations.AlterField(
            model_name='person',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.unit'),
        ),
        migrations.AddField(
            model_name='person',
            name='also',
            field=models.ManyToManyField(blank=True, related_name='led_by', to='people.unit'),
        ),
        migrations.AddField('unit', 'active', models.BooleanField(default=True)),
        migrations.AddField('historicalunit', 'active', models.BooleanField(default=True)),
        migrations.AddField('unit', 'kind', models.CharField(default='team', max_length=16)),
        migrations.AddField('historicalunit', 'kind', models.CharField(default='team', max_length=16)),
        migrations.AddField(
            model_name='unit',
            name='path',
            field=models.CharField(db_index=True, default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='unit',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.unit'),
        ),
        migrations.AddField(
            model_name='historicalunit',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.unit'),
        ),
    ]
