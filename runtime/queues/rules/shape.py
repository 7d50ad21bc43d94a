"""What a policy's rules say, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from runtime.queues.dispositions import Disposition
from runtime.queues.proving import Verification
from runtime.queues.rules.ageing import Ageing
from runtime.queues.rules.calendar import Calendar, Opening, Window
from runtime.queues.rules.rotation import Turns

State = Literal["resolved", "scheduled", "exhausted"]
Then = Literal["letter", "sms_link", "visit"]
Codes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Again:
    """After how many minutes to try again, how often this disposition may repeat, and whether at another time of the day."""

    minutes: int
    at_most: int
    other_daypart: bool = False


@dataclass(frozen=True, slots=True)
class Follow:
    """What is done for whom no call reached. A letter is `document`, or an item of `campaign`; a link leads to `form`; a visit is an
    item of `campaign`."""

    then: Then
    document: str = ""
    form: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """None as a cap: there is none."""

    zone: ZoneInfo
    window: Window | None
    item_cap: int
    day_cap: int
    gap: timedelta
    again: Mapping[str, Again]
    grace: timedelta
    callback_days: int
    lease: timedelta
    verification: Verification | None = None
    calendar: Calendar | None = None
    number_cap: int | None = None
    lifetime_cap: int | None = None
    messages: int = 1
    household_gap: timedelta | None = None  # between calls to several of a household
    household_once: bool = False  # who of a household was reached is enough
    turns: Turns = field(default_factory=Turns)
    ageing: Ageing | None = None
    languages: Codes = field(default_factory=dict)  # language -> the skill it needs
    exhausted: Follow | None = None

    @property
    def opening(self) -> Opening:
        return Opening(self.calendar, self.window)


@dataclass(frozen=True, slots=True)
class Past:
    """One ended attempt of the item: when it began, how it ended, which contact point was dialled."""

    at: datetime
    disposition: str
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended. `other_number` tells that a number can still be dialled, `capped` that each one was dialled as often as it
    may; `lifetime` is how often this party was tried in all campaigns together."""

    disposition: Disposition
    callback_at: datetime | None = None
    other_number: bool = False
    capped: bool = False
    lifetime: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The item's next state; `reason` is a code for the event (`terminal`, `retry`, `callback`,
    `next_number`, `item_cap`, `repeat_cap`, `number_cap`, `lifetime_cap`, `number`, `unreachable`). `follow` is what is done for who
    is given up."""

    state: State
    reason: str
    not_before: datetime | None = None
    reserved_until: datetime | None = None
    follow: Follow | None = None
