"""What would become of the rows of a list, under the rights of who loads it. Looks at the database, writes nothing.

An account is known by its address. A leader makes and changes accounts of their own units alone, and gives no rights that they could not
look after; what lies elsewhere is refused in the same words, whatever it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.models.functions import Lower

from runtime.accounts.rows import EVERYWHERE, LONGEST_EMAIL, Flaw, Wanted
from runtime.people.models import Unit
from runtime.people.roles import ROLES, roles_of
from runtime.queues import policies, scope
from runtime.queues.models import Grant, Policy, Skill

Fate = Literal["fresh", "changed", "same", "bad"]
GIVEN_BY_ADMIN = frozenset(ROLES) - {"partner", "citizen"}
GIVEN_BY_LEADER = frozenset({"agent", "supervisor"})
AT_ONCE = 500  # addresses in one question


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one row. `user` is whose account it is, `unit` where they go (`moves`: whether that is said at all)."""

    wanted: Wanted
    fate: Fate
    flaws: tuple[Flaw, ...] = ()
    user: Any = None
    unit: Unit | None = None
    moves: bool = False
    skills: tuple[tuple[Skill, date | None], ...] = ()


@dataclass
class Known:
    """What the rows are held against, read once for all of them."""

    by: Any
    today: date
    accounts: dict[str, list[Any]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    mine: set[int] | None = None  # accounts that who loads may change; None: all
    units: dict[str, Unit] = field(default_factory=dict)
    has_units: bool = False
    skills: dict[str, Skill] = field(default_factory=dict)
    languages: dict[str, list[str]] = field(default_factory=dict)
    grants: dict[tuple[int, int], date | None] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def admin(self) -> bool:
        return self.mine is None


def may_load(user: Any) -> bool:
    """Administrators, and who leads a unit."""
    roles = roles_of(user)
    return "admin" in roles or ("supervisor" in roles and not scope.is_whole(user))


def plan(
    rows: Sequence[Wanted],
    *,
    by: Any,
    today: date,
    languages: Iterable[str],
    before: Iterable[str] = (),
) -> list[Plan]:
    """The plans of these rows, in their order. `before` are addresses of rows that came before them."""
    known = _known(rows, by, today, languages)
    known.seen = dict.fromkeys(before, 0)
    return [_plan(row, known) for row in rows]


def _known(rows: Sequence[Wanted], by: Any, today: date, languages: Iterable[str]) -> Known:
    known = Known(by, today)
    emails = sorted({row.email for row in rows if row.email})
    for start in range(0, len(emails), AT_ONCE):
        _accounts(known, emails[start : start + AT_ONCE])
    found = {user.pk for users in known.accounts.values() for user in users}
    if "admin" not in roles_of(by):
        known.mine = set(scope.people(by).filter(pk__in=found).values_list("pk", flat=True))
    known.units = {one.code: one for one in scope.units(by).filter(active=True)}
    known.has_units = bool(known.units)
    known.skills = {one.code.casefold(): one for one in Skill.objects.all()}
    known.languages = _languages(languages)
    grants = Grant.objects.filter(person__in=found)
    for person, skill, until in grants.values_list("person", "skill", "expires_at"):
        known.grants[person, skill] = _longer(known.grants, (person, skill), until)
    return known


def _accounts(known: Known, emails: list[str]) -> None:
    users = get_user_model().objects.annotate(address=Lower("email"), called=Lower("username"))
    rows = users.filter(Q(address__in=emails) | Q(called__in=emails))
    for user in rows.select_related("person__unit").prefetch_related("groups"):
        known.names.add(user.called)
        if user.address in emails:
            known.accounts.setdefault(user.address, []).append(user)


def _longer(grants: dict[tuple[int, int], date | None], key: tuple[int, int], until: Any) -> Any:
    """The day until which a skill is held; None for good."""
    day = None if until is None else until.date()
    if key in grants and (grants[key] is None or day is None):
        return None
    return max(grants[key], day) if key in grants and day else day  # type: ignore[type-var]


def _languages(spoken: Iterable[str]) -> dict[str, list[str]]:
    """The languages that mean something here, each with the skills by which calls in it are routed."""
    found: dict[str, list[str]] = {code: [] for code in spoken}
    for policy in Policy.objects.all():
        for language, skill in policies.of_policy(policy).languages.items():
            found.setdefault(language.casefold(), []).append(skill)
    return found


def _plan(row: Wanted, known: Known) -> Plan:
    users = known.accounts.get(row.email, [])
    user = users[0] if len(users) == 1 else None
    skills, flaws = _skills(row, known)
    unit, unit_flaws = _unit(row, user, known)
    flaws = [
        *row.flaws,
        *_address(row, users, known),
        *unit_flaws,
        *flaws,
        *_roles(row, user, known),
    ]
    known.seen.setdefault(row.email, row.line)
    if flaws:
        return Plan(row, "bad", tuple(flaws))
    made = Plan(row, "fresh", (), user, unit, bool(row.unit), skills)
    if user is None:
        return made
    fate: Fate = "changed" if _differs(made, known) else "same"
    if fate == "changed" and user.pk == known.by.pk:
        return Plan(row, "bad", (Flaw("email", "yourself"),))
    return Plan(row, fate, (), user, unit, bool(row.unit), skills)


def _address(row: Wanted, users: list[Any], known: Known) -> list[Flaw]:
    """Whether the address can be an account's, and this person's to change."""
    code = ""
    if not _is_address(row.email):
        code = "email"
    elif row.email in known.seen:
        code = "double"
    elif len(users) > 1:
        code = "several"
    elif (users and known.mine is not None and users[0].pk not in known.mine) or (
        not users and row.email in known.names
    ):
        code = "elsewhere"
    elif users and not users[0].is_active:
        code = "shut_out"
    return [Flaw("email", code)] if code else []


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL


def _roles(row: Wanted, user: Any, known: Known) -> list[Flaw]:
    """Roles that are none, or that who loads may not give; of an account with others, a leader changes nothing."""
    if row.roles - set(ROLES):
        return [Flaw("roles", "role")]
    given = GIVEN_BY_ADMIN if known.admin else GIVEN_BY_LEADER
    if row.roles - given:
        return [Flaw("roles", "role_not_yours")]
    if user is not None and not known.admin and _held(user) - given:
        return [Flaw("email", "elsewhere")]
    if user is None and not row.roles:
        return [Flaw("roles", "no_role")]
    return []


def _held(user: Any) -> frozenset[str]:
    """The roles of an account, whose groups were read before."""
    return frozenset(group.name for group in user.groups.all()) & frozenset(ROLES)


def _unit(row: Wanted, user: Any, known: Known) -> tuple[Unit | None, list[Flaw]]:
    if row.unit == EVERYWHERE:
        return None, [] if known.admin else [Flaw("unit", "unit")]
    if not row.unit:
        missing = user is None and known.has_units
        return None, [Flaw("unit", "no_unit")] if missing else []
    found = known.units.get(row.unit)
    return found, [] if found else [Flaw("unit", "unit")]


def _skills(row: Wanted, known: Known) -> tuple[tuple[tuple[Skill, date | None], ...], list[Flaw]]:
    """The skills that are named, and those of the languages."""
    flaws = [Flaw("languages", "language") for one in row.languages if one not in known.languages]
    asked: list[tuple[str, date | None]] = list(row.skills)
    for language in row.languages:
        asked += [(code.casefold(), None) for code in known.languages.get(language, ())]
    found: dict[str, tuple[Skill, date | None]] = {}
    for code, until in asked:
        skill = known.skills.get(code)
        if skill is None:
            flaws.append(Flaw("skills", "skill"))
        elif until is not None and until < known.today:
            flaws.append(Flaw("skills", "past"))
        else:
            found.setdefault(code, (skill, until))
    return tuple(found.values()), list(dict.fromkeys(flaws))


def _differs(made: Plan, known: Known) -> bool:
    row, user = made.wanted, made.user
    return (
        bool(row.roles and row.roles != _held(user))
        or bool(made.moves and user.person.unit != made.unit)
        or bool(row.first_name and row.first_name != user.first_name)
        or bool(row.last_name and row.last_name != user.last_name)
        or any(not holds(known.grants, user.pk, skill, until) for skill, until in made.skills)
    )


def holds(
    grants: dict[tuple[int, int], date | None], user: int, skill: Skill, until: date | None
) -> bool:
    """Whether a skill is held that long already."""
    if (user, skill.pk) not in grants:
        return False
    held = grants[user, skill.pk]
    return held is None or (until is not None and held >= until)
