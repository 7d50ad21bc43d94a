"""Give the entry an id of its own and the list of its tokens."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("parties", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kv", models.PositiveSmallIntegerField(default=1)),
                ("card", models.BinaryField()),
                ("tokens", models.BinaryField(null=True)),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="parties.party",
                    ),
                ),
            ],
        ),
    ]
