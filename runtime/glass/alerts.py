"""The mail to those who keep watch, that somebody broke the glass: who and when, never over whom or why.

It is an effect of the outbox: enqueued with the break, sent by the worker within seconds, tried again while the mail server is away.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from runtime.glass.actions import LASTS, was_told
from runtime.glass.models import Break
from runtime.outbox.models import Effect

WATCH = ("data_officer", "admin")


def send(arguments: dict[str, Any], _effect: Effect) -> None:
    """Mails everybody who keeps watch, each in their language; the board on their first page stands without it too."""
    glass = Break.objects.select_related("by").filter(pk=arguments["break"]).first()
    if glass is None:
        return
    for user in watchers():
        _mail(glass, user)


def sent(arguments: dict[str, Any], _effect: Effect) -> None:
    was_told(arguments["break"])


def watchers() -> list[Any]:
    users = get_user_model().objects.filter(groups__name__in=WATCH, is_active=True)
    return list(users.exclude(email="").select_related("person").distinct().order_by("pk"))


def _mail(glass: Break, user: Any) -> None:
    person = getattr(user, "person", None)
    with translation.override((person and person.language) or settings.LANGUAGE_CODE):
        context = {
            "who": glass.by.get_full_name() or glass.by.get_username(),
            "at": timezone.localtime(glass.at),
            "minutes": LASTS.seconds // 60,
            "address": settings.WAGTAILADMIN_BASE_URL + reverse("glass-breaks"),
            "judges": user.groups.filter(name="data_officer").exists(),
        }
        subject = translation.gettext("Somebody broke the glass")
        text = render_to_string("workspace/mails/glass.txt", context)
    EmailMessage(
        subject, text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    ).send()
