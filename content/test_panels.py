"""The panel of tests that fail on what is drafted now."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.home import Panel, Row
from content.models import PAGES, ScriptTest
from content.testing.running import drafted, family_tests, results

SECONDS = 0.5  # for a page; what was played before is not played again


def failing(user: Any, now: dt.datetime) -> Iterator[Row]:
    """Pages that this person may edit, with how many of their tests fail."""
    tested = set(ScriptTest.objects.values_list("translation_key", flat=True))
    for kind in PAGES.values():
        seen = set()
        for page in kind.objects.filter(translation_key__in=tested, alias_of=None).order_by("pk"):
            if page.translation_key in seen or not page.permissions_for_user(user).can_edit():
                continue
            seen.add(page.translation_key)
            yield from _row(page)


def _row(page: Any) -> Iterator[Row]:
    definition = drafted(page)
    if definition is None:
        return
    found = results(family_tests(page), definition, seconds=SECONDS).values()
    failed = sum(not result.passed for result in found)
    if failed:
        said = ngettext("%(count)s test fails", "%(count)s tests fail", failed)
        address = reverse("script-tests", args=[page.pk])
        yield Row(page.get_admin_display_title(), address, (said % {"count": failed},), True)


PANEL = Panel("failing-tests", _("Failing tests"), failing, order=55)
