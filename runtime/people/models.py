"""Persons and the units they belong to. Roles are Django groups."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

KINDS = ("centre", "region", "insurer", "department", "team")
MOST_DEEP = 6


class Unit(models.Model):
    """A part of the organisation that works by itself: a call centre, a region, an insurer, a team of one of them.

    `path` holds the ids from the top down to the unit itself, as `/3/17/`: what lies below a unit begins with its path."""

    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=16, default="team")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, default="", editable=False, db_index=True)
    active = models.BooleanField(default=True)
    history = HistoricalRecords(excluded_fields=["path"])

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """What the platform keeps of a user beside the login."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person", primary_key=True
    )
    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.PositiveIntegerField(default=1)  # a higher epoch ends every run token of before
    unit = models.ForeignKey(  # empty: of the whole organisation
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    also = models.ManyToManyField(Unit, blank=True, related_name="led_by")  # led beside
    language = models.CharField(max_length=8, blank=True)
    theme = models.CharField(max_length=8, blank=True)
    single_keys = models.BooleanField(
        default=True
    )  # else a key of one letter needs Alt (WCAG 2.1.4)

    def __str__(self) -> str:
        return str(self.user)


class RoleChange(models.Model):
    """Who gave or took which rights, and why a person's run tokens ended: inserted, never changed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.CharField(max_length=63)  # roles, active, unit (once team), created, link
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
