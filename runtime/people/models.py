"""Persons and teams. Roles are Django groups."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Team(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """What the platform keeps of a user beside the login."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person", primary_key=True
    )
    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.PositiveIntegerField(default=1)  # a higher epoch ends every run token of before
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL)
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
    reason = models.CharField(max_length=63)  # roles, active, team, created, link
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
