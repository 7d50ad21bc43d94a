"""The panel of releases in an emergency: to be confirmed, to be reviewed afterwards, rejected afterwards."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder.models import App, Version
from content.home import Panel, Row
from content.reviews import emergency
from content.reviews.models import Emergency


def waiting(user: Any, now: dt.datetime) -> Iterator[Row]:
    """What waits for this person; who has the right sees what waits for others too."""
    rows = Emergency.objects.filter(withdrawn_at=None, page__isnull=False)
    for each in rows.filter(Q(result="") | Q(result="rejected")).order_by("due_at", "pk"):
        told = _told(each, user, now)
        if told is not None:
            address = reverse("emergency", args=[each.page_id])
            yield Row(
                each.page.get_admin_display_title(), address, (told[0], each.reason), told[1]
            )


def _told(each: Emergency, user: Any, now: dt.datetime) -> tuple[str, bool] | None:
    """What is said of it, and whether it needs this person."""
    if each.confirmed_at is None:
        word = gettext("a release is asked for") if emergency.may(user) else ""
        return (word, user.pk != each.asked_by_id) if word else None
    if each.result == "rejected":
        return (gettext("rejected afterwards"), True) if _is_live(each) else None
    if emergency.may_judge(each, user):
        due = date_format(localtime(each.due_at), "SHORT_DATETIME_FORMAT")
        return gettext("review afterwards, due %(day)s") % {"day": due}, now > each.due_at
    return (gettext("waits for its review"), False) if emergency.may(user) else None


def _is_live(each: Emergency) -> bool:
    """Until something else is released, a rejection stays on everybody's page."""
    app = App.objects.filter(translation_key=each.translation_key).first()
    newest = Version.objects.filter(app=app).order_by("-number").values_list("sha256", flat=True)
    return app is not None and newest.first() == each.sha256


PANEL = Panel("emergency", _("Released in an emergency"), waiting, order=15)
