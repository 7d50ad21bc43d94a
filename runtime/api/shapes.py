"""What is sent and answered, as types: the document of the interface is made of them, and the door checks bodies by them."""

import datetime as dt
from typing import Annotated, Any, Final
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints

CODE: Final = r"^[-a-zA-Z0-9_]+$"
FIRST_YEAR, LAST_YEAR = 1970, 2199


def _in_our_time(moment: dt.datetime) -> dt.datetime:
    """A database cannot hold the year 1 in another zone."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("out of our time")
    return moment


Code = Annotated[str, StringConstraints(pattern=CODE, max_length=63)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Cursor = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
Limit = Annotated[int, Field(ge=1, le=200)]
State = Annotated[
    str,
    StringConstraints(
        pattern=r"^(ready|scheduled|active|waiting|resolved|exhausted|withdrawn)$", max_length=12
    ),
]


class Strict(Schema):
    """A body: what is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


class Facts(Strict):
    """What is known of a person. Names and a telephone number at least; as they are written where the house stands, numbers with a
    country's code too."""

    given_name: Said | None = None
    family_name: Said | None = None
    birth_date: Said | None = None
    phone: Said | None = None
    national_number: Said | None = None
    email: Said | None = None
    language: Said | None = None
    address: Said | None = None


class NewItem(Strict):
    """A work item: about a person that is told (and then found by the doubles' rules, or made), or about one that is known by id."""

    campaign: Code
    person: Facts | None = None
    party: UUID | None = None
    prefill: Annotated[dict[str, Any], Field(max_length=200)] | None = Field(
        None, description="Answers by the name of their question, as in the version's schema."
    )
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    lane: Annotated[int, Field(ge=0, le=1)] = 1
    priority: Annotated[int, Field(ge=-100, le=100)] = 0
    not_before: Moment | None = None
    due: Moment | None = None


class Why(Strict):
    """Why an item is withdrawn: a code of yours, which stands in its history. No word about a person."""

    reason: Code


class NewParty(Strict):
    """A person."""

    person: Facts


class Filters(Schema):
    """A page of a list."""

    cursor: Cursor | None = None
    limit: Limit = 50


class ItemFilters(Filters):
    campaign: Code | None = None
    queue: Code | None = None
    state: State | None = None
    changed_since: Moment | None = None


class AttemptFilters(Filters):
    campaign: Code | None = None
    item: UUID | None = None


class OutcomeFilters(Filters):
    campaign: Code | None = None
    outcome: Code | None = None
    since: Moment | None = None


class Item(Schema):
    id: UUID
    kind: str
    campaign: str | None
    queue: str
    party: UUID | None
    state: str
    attempts: int
    disposition: str
    language: str
    lane: int
    priority: int
    not_before: dt.datetime
    due: dt.datetime | None
    created_at: dt.datetime


class Made(Schema):
    """A work item was made, or the one that was there is told: one item a person and campaign. `differing`: which facts are known
    otherwise; they stay as they were."""

    item: Item
    created: bool
    differing: list[str]


class Attempt(Schema):
    id: int
    item: UUID
    started_at: dt.datetime
    ended_at: dt.datetime | None
    disposition: str
    direction: str
    ring_seconds: int | None
    talk_seconds: int | None


class Outcome(Schema):
    item: UUID
    campaign: str | None
    party: UUID | None
    app: str | None
    version: int | None
    outcome: str
    disposition: str
    language: str
    at: dt.datetime | None


class Party(Schema):
    """What is known of a person, as far as the clearance of the token goes: `withheld` names the facts that are known and not told."""

    id: UUID
    kind: str
    facts: dict[str, str]
    withheld: list[str]


class Known(Schema):
    """A person was made known, or found."""

    id: UUID
    created: bool
    differing: list[str]


class Campaign(Schema):
    code: str
    title: str
    queue: str
    app: str
    open: bool


class Queue(Schema):
    code: str
    title: str


class App(Schema):
    code: str
    kind: str
    title: str
    open: bool
    versions: list[int]


class Items(Schema):
    found: list[Item]
    next: str | None


class Attempts(Schema):
    found: list[Attempt]
    next: str | None


class Outcomes(Schema):
    found: list[Outcome]
    next: str | None


class Campaigns(Schema):
    found: list[Campaign]
    next: str | None


class Queues(Schema):
    found: list[Queue]
    next: str | None


class Apps(Schema):
    found: list[App]
    next: str | None


class Fault(Schema):
    where: str
    code: str
    detail: str


class ProblemDetails(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []
