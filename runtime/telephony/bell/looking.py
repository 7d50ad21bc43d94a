"""What the bell asks of the database: what rings for whom, and who may not listen any more. One question each, for everybody."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.sessions.models import Session

from runtime.people.models import Person
from runtime.telephony.bell.folding import Row, Standing, standings
from runtime.telephony.bell.passes import Pass
from runtime.telephony.ringing import standing_calls


def look(now: datetime) -> dict[int, Standing]:
    """What stands at whose telephone."""
    rows = standing_calls(now).filter(rings__isnull=False)
    return standings(
        Row(person, call, agent, connected is not None)
        for person, call, agent, connected in rows.values_list(
            "rings", "pk", "agent", "connected_at"
        )
    )


def ended(passes: Collection[Pass], now: datetime) -> set[Pass]:
    """Those whose login session is gone or over, or whose person has other rights than then."""
    there = Session.objects.filter(
        session_key__in={one.session for one in passes}, expire_date__gt=now
    )
    sessions = set(there.values_list("session_key", flat=True))
    people = Person.objects.filter(user__in={one.person for one in passes}, user__is_active=True)
    epochs = dict(people.values_list("user", "epoch"))
    return {
        one for one in passes if one.session not in sessions or epochs.get(one.person) != one.epoch
    }
