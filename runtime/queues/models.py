"""Queues, campaigns, work items, attempts, skills. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

# ruff: noqa: F401  models of this app that stand in files of their own
from runtime.queues import bulks, feeding, kept
from runtime.queues.importing import ImportChunk, ImportJob, ImportKey, ImportLeftOut
from runtime.queues.pairing import Pair, PairItem
from runtime.queues.spawning import Spawned

USER = settings.AUTH_USER_MODEL


class Skill(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    lesson_app = models.ForeignKey(
        "builder.App", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    def __str__(self):
        return self.title


class Grant(models.Model):
    person = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="grants")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    record = models.UUIDField(null=True, unique=True)  # the lesson's record: granted once for it


class Policy(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    rules = models.JSONField(default=dict)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "policies"

    def __str__(self):
        return self.title


class Queue(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="queues")
    skills = models.ManyToManyField(Skill, blank=True, related_name="queues")
    unit = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT)
    paused = models.BooleanField(default=False)  # nothing is handed out until it is resumed
    history = HistoricalRecords(m2m_fields=[skills])

    def __str__(self):
        return self.title


class Campaign(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="campaigns")
    app = models.ForeignKey("builder.App", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(  # where it is empty, the queue's policy holds
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    mapping = models.JSONField(default=dict, blank=True)  # column -> fact:phone, question:name
    open = models.BooleanField(default=True)
    paused = models.BooleanField(default=False)  # its items wait, nothing is withdrawn
    visited = models.ManyToManyField(  # other queues that items of it were moved to
        Queue, blank=True, related_name="visitors"
    )
    history = HistoricalRecords()

    def __str__(self):
        return self.title


class WorkItem(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32, default="call_order")
    topic = models.CharField(max_length=200, blank=True)  # never names a person
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    party = models.ForeignKey(
        "parties.Party", null=True, on_delete=models.PROTECT, related_name="items"
    )
    record = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="items"
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children"
    )
    dedupe_key = models.CharField(max_length=120, null=True)  # noqa: DJ001  several may have none
    lane = models.PositiveSmallIntegerField(default=1)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=12, default="ready")
    assignee = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="items")
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    not_before = models.DateTimeField()
    reserved_for = models.ForeignKey(  # who promised the callback; after `reserved_until` anyone's
        USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reserved_until = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    aged = models.DateTimeField(null=True)  # as of when it stands in the order
    language = models.CharField(max_length=12, blank=True, db_default="")  # to be spoken
    # Who rings at one telephone, as a blind key; and the same while an agent who claimed the item has it: one call at a time.
    household = models.BinaryField(max_length=16, null=True)
    calling = models.BinaryField(max_length=16, null=True)
    skill = models.ForeignKey(  # that this very item needs, beside those of its queue
        Skill, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    prefill = models.BinaryField(null=True)  # sealed under the party's key until the record starts
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=63, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "dedupe_key"], name="item_once"),
            models.UniqueConstraint(
                fields=["party"], condition=models.Q(state="active"), name="item_active_party"
            ),
            models.UniqueConstraint(
                fields=["assignee"],
                condition=models.Q(state="active"),
                name="item_active_assignee",
            ),
            models.UniqueConstraint(
                fields=["calling"],
                condition=models.Q(calling__isnull=False),
                name="item_active_household",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "not_before"],
                condition=models.Q(state="scheduled"),
                name="item_scheduled",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(state="active"), name="item_leased"
            ),
            models.Index(
                fields=["reserved_for", "queue", "not_before"],
                condition=models.Q(state="ready", reserved_for__isnull=False),
                name="item_reserved",
            ),
            # What a supervisor's list goes by, and what the board counts (`listing`, `board`).
            models.Index(fields=["queue", "state", "created_at", "id"], name="item_queue_list"),
            models.Index(
                fields=["campaign", "state", "created_at", "id"], name="item_campaign_list"
            ),
            models.Index(
                fields=["language", "state", "created_at", "id"],
                condition=~models.Q(language=""),
                name="item_language_list",
            ),
            models.Index(
                fields=["outcome", "state", "created_at", "id"],
                condition=~models.Q(outcome=""),
                name="item_outcome_list",
            ),
            models.Index(
                fields=["household"],
                condition=models.Q(household__isnull=False),
                name="item_household",
            ),
            models.Index(  # an agent's own callbacks, at home
                fields=["reserved_for", "not_before"],
                condition=models.Q(reserved_for__isnull=False),
                name="item_promised",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.id} ({self.state})"


class WorkItemEvent(models.Model):
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(max_length=16)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)  # codes and ids only

    def __str__(self):
        return f"{self.event} of {self.item_id}"


class Attempt(models.Model):
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="attempt_rows")
    agent = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    contact_point = models.ForeignKey(
        "parties.ContactPoint", null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=32, blank=True)
    # What the telephone system told of it, if one did (`actions.calls`).
    provider_call = models.CharField(max_length=320, blank=True)  # code:call id
    direction = models.CharField(max_length=3, blank=True)  # in, out
    rang_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    hung_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="attempt_started")]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(ended_at__isnull=True),
                name="attempt_open_once",
            )
        ]

    def __str__(self):
        return f"attempt at {self.item_id}"

    @property
    def ring_seconds(self):
        """How long it rang; None where nobody told."""
        return _seconds(self.rang_at, self.connected_at or self.hung_up_at)

    @property
    def talk_seconds(self):
        """How long both spoke; None where nobody told, or nobody answered."""
        return _seconds(self.connected_at, self.hung_up_at)


def _seconds(since, until):
    return (
        None if since is None or until is None else max(0, round((until - since).total_seconds()))
    )


class Verification(models.Model):
    """Asking one who is on the line to prove who they are. Kept with the attempt: who asked, when, by which facts (their names,
    never what was said)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        WorkItem, null=True, on_delete=models.PROTECT, related_name="verifications"
    )
    fence = models.PositiveBigIntegerField(default=0)  # of the claim it holds for
    attempt = models.ForeignKey(
        Attempt, null=True, on_delete=models.PROTECT, related_name="verifications"
    )
    occasion = models.UUIDField(null=True)  # of who calls: their call, or one search for them
    needed = models.PositiveSmallIntegerField()
    tries = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=list)  # names of what is known and may be asked
    minor = models.BooleanField(default=False)
    wrong = models.PositiveSmallIntegerField(default=0)
    last_wrong_at = models.DateTimeField(null=True)
    matched = models.JSONField(default=list)  # names of what was said and is so
    state = models.CharField(max_length=12, default="asking")  # asking guardian verified failed
    answered_by = models.BinaryField(null=True)  # a guardian's name and relation, sealed
    began_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "fence", "agent"],
                condition=models.Q(occasion__isnull=True),
                name="verification_claim_once",
            ),
            models.UniqueConstraint(
                fields=["occasion", "party", "agent"], name="verification_occasion_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agent", "last_wrong_at"],
                condition=models.Q(wrong__gt=0),
                name="verification_agent_wrong",
            ),
            models.Index(
                fields=["party", "last_wrong_at"],
                condition=models.Q(wrong__gt=0),
                name="verification_party_wrong",
            ),
        ]

    def __str__(self):
        return f"verification {self.id} ({self.state})"
