"""A token has a unit, whose people's work it comes to. Those that are there belong to the whole organisation, as before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0001_initial'),
        ('people', '0005_teams_were_no_units'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltoken',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.unit'),
        ),
        migrations.AddField(
            model_name='token',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
    ]
