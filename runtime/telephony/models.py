"""Providers, the agents' extensions, ways to dial, calls and what was told of them. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from runtime.telephony import frames

USER = settings.AUTH_USER_MODEL


class Provider(models.Model):
    """A telephone system that may tell of calls. Its key is derived, never stored; `serial` counts its keys."""

    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    serial = models.PositiveIntegerField(default=1)
    open = models.BooleanField(default=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.title


class Frame(models.Model):
    """The frame of a provider's own softphone (Genesys), which our telephone page holds, and inside which our pages may stand."""

    provider = models.OneToOneField(Provider, on_delete=models.CASCADE, related_name="frame")
    address = models.CharField(max_length=300)
    client = models.CharField(max_length=64, blank=True)  # the OAuth client there: no secret
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"{self.provider}: {self.address}"

    @property
    def origin(self) -> str:
        """The only origin it is listened to from, and told to."""
        return frames.origin(self.address)


class Extension(models.Model):
    """What a provider calls one of our people: a short number, a login, an id."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="extensions")
    extension = models.CharField(max_length=100)
    person = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="extensions")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "extension"], name="extension_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.extension}"


class Dialling(models.Model):
    """How a number is dialled by a press: of one person, or of the organisation (`person` is empty)."""

    person = models.OneToOneField(
        USER, null=True, blank=True, on_delete=models.CASCADE, related_name="dialling"
    )
    template = models.CharField(max_length=300)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(person__isnull=True),
                name="dialling_of_organisation_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.template)


class Call(models.Model):
    """One call as far as it was told. Its id is a subject of the vault: the other one's number lies sealed under its key and
    is found by its blind token, the same as a contact point's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="calls")
    reference = models.CharField(max_length=250)  # the provider's call id
    direction = models.CharField(max_length=3, default="in")
    sealed = models.BinaryField(null=True)
    blind = models.BinaryField(null=True, max_length=16)
    parties = models.ManyToManyField("parties.Party", related_name="+")  # who has this number
    rings = models.ManyToManyField(USER, related_name="+")  # at whose telephone
    agent = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        "queues.WorkItem", null=True, on_delete=models.PROTECT, related_name="calls"
    )
    attempt = models.OneToOneField(
        "queues.Attempt", null=True, on_delete=models.PROTECT, related_name="call"
    )
    rang_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True)
    hung_up_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField(null=True)  # when somebody took the caller up
    missed = models.BooleanField(default=False)
    weighed_at = models.DateTimeField(null=True)  # when it was decided whether it was missed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "reference"], name="call_once")]
        indexes = [
            models.Index(fields=["rang_at"], name="call_rang"),
            models.Index(  # looked at for everybody, some times a second
                fields=["rang_at"],
                condition=models.Q(hung_up_at__isnull=True, taken_at__isnull=True),
                name="call_stands",
            ),
            models.Index(
                fields=["rang_at"],
                condition=models.Q(sealed__isnull=False),
                name="call_to_forget",
            ),
            models.Index(
                fields=["hung_up_at"],
                condition=models.Q(weighed_at__isnull=True, hung_up_at__isnull=False),
                name="call_to_weigh",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.id} ({self.direction})"


class CallEvent(models.Model):
    """One thing that was told of a call; it only grows (a trigger), and each thing is told once."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(max_length=10)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_off = models.BooleanField(default=False)  # the moment it told could not be: ours stands

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "event"], name="call_event_once")]

    def __str__(self) -> str:
        return f"{self.event} of {self.call_id}"
