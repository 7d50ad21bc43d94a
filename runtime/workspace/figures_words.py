"""Lengths of time, shares and forecasts in words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.problems import gettext_noop
from runtime.queues.facts.clocks import span
from runtime.queues.kept import Simulation
from runtime.queues.simulating.bands import Band, Forecast

SIMULATION_STATES = {
    "waiting": gettext_noop("Waits for the worker"),
    "running": gettext_noop("Being played"),
    "done": gettext_noop("Done"),
    "stopped": gettext_noop("Stopped"),
}
NONE = "–"


def length(seconds: float | None) -> str:
    """A length of time by its two largest units; seconds where it is short."""
    if seconds is None:
        return NONE
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": round(seconds)}
    return span(timedelta(seconds=seconds), _)


def percent(share: float | None) -> str:
    return NONE if share is None else f"{share * 100:.0f} %"


def moment(begins: datetime, seconds: float) -> str:
    """A moment so many seconds later: the day of the week where it is near, the date besides where it is not."""
    at = timezone.localtime(begins + timedelta(seconds=seconds))
    near = at - timezone.localtime(begins) < timedelta(days=6)
    return date_format(at, "l H:i") if near else date_format(at, "l j F Y, H:i")


def sentence(simulation: Simulation, forecast: Forecast) -> str:
    """The forecast in one sentence."""
    agents = simulation.asked["agents"]
    team = ngettext("With %(agents)s agent", "With %(agents)s agents", agents) % {"agents": agents}
    if forecast.done is None:
        text = _("%(team)s and this policy the list is not done within a year: %(left)s left.")
        return text % {"team": team, "left": round(forecast.unfinished.high)}
    text = _("%(team)s and this policy the list is done on %(moment)s, %(exhausted)s exhausted.")
    return text % {
        "team": team,
        "moment": moment(simulation.begins, forecast.done.middle),
        "exhausted": round(forecast.exhausted.middle),
    }


def between(band: Band) -> str:
    """The band of a count."""
    if round(band.low) == round(band.high):
        return str(round(band.middle))
    return _("%(middle)s (%(low)s to %(high)s)") % {
        "middle": round(band.middle),
        "low": round(band.low),
        "high": round(band.high),
    }


def changes(asked: dict[str, object]) -> list[str]:
    """What is otherwise than in the policy."""
    told = []
    if asked["item_cap"]:
        told.append(_("tries for each person, at most: %(many)s") % {"many": asked["item_cap"]})
    if asked["day_cap"]:
        told.append(_("tries a day, at most: %(many)s") % {"many": asked["day_cap"]})
    if asked["delays"] != 100:
        told.append(_("delays: %(percent)s %% of the policy's") % {"percent": asked["delays"]})
    if asked["calling"]:
        told.append(_("calling hours: those of the shift"))
    return told
