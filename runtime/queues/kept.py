"""What is kept of the facts: counts by day, counts as it stands, ends by version and language, forecasts. Models of this app; `actions` writes them."""

import uuid

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class KeptDay(models.Model):
    """The facts of one day: of a campaign its counts; without one, the agents' time in the whole house.

    Everything before `until` is in it. A day that is over is counted once more from its events and `closed`."""

    campaign = models.ForeignKey(
        "queues.Campaign", null=True, on_delete=models.PROTECT, related_name="days"
    )
    day = models.DateField()
    facts = models.JSONField(default=list)  # `facts.counts.dump`, `facts.presence.dump`
    until = models.DateTimeField()
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day"], name="kept_day_once"),
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(campaign__isnull=True),
                name="kept_day_of_house_once",
            ),
        ]

    def __str__(self):
        return f"facts of {self.day}"


class KeptCount(models.Model):
    """How many items a queue, or a campaign, has in each state and age, counted by the worker where they are too many to be counted
    while somebody looks."""

    queue = models.OneToOneField(
        "queues.Queue", null=True, on_delete=models.CASCADE, related_name="+"
    )
    campaign = models.OneToOneField(
        "queues.Campaign", null=True, on_delete=models.CASCADE, related_name="+"
    )
    counts = models.JSONField(default=list)  # rows of (state, age, many)
    at = models.DateTimeField()
    took = models.FloatField(default=0)  # seconds, of all that were counted with it

    def __str__(self):
        return f"counts of {self.at}"


class KeptEnding(models.Model):
    """A record ended: in which version, language and outcome, on which day. It names neither the record nor the item: the language
    somebody speaks is sealed where they are known."""

    campaign = models.ForeignKey("queues.Campaign", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()  # its number in the campaign's app
    language = models.CharField(max_length=15)
    outcome = models.CharField(max_length=63)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["campaign", "day"], name="ending_campaign_day")]

    def __str__(self):
        return f"{self.outcome} in version {self.version}"


class Simulation(models.Model):
    """A forecast of a campaign: what was asked, the courses played so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        "queues.Campaign", on_delete=models.PROTECT, related_name="simulations"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)  # `forecasting.Asked`
    state = models.CharField(max_length=12, default="waiting")  # waiting running done stopped
    items = models.PositiveIntegerField(default=0)
    measured = models.PositiveIntegerField(default=0)  # attempts its rates stand on
    courses = models.PositiveSmallIntegerField()  # how many are to be played
    runs = models.JSONField(default=list)  # `simulating.bands.dump` of each
    begins = models.DateTimeField()  # the moment from which is forecast
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "-created_at"], name="simulation_newest")]

    def __str__(self):
        return f"simulation {self.id} ({self.state})"
