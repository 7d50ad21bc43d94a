"""What a forecast is asked for: with whom, when, and what would be otherwise in the policy."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import time, timedelta
from typing import Any

from runtime.queues.retry import DEFAULT_RULES
from runtime.queues.simulating.hours import Shift

AGENTS_AT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """`item_cap`, `day_cap` None: as in the policy. `delays` in percent of the policy's; `calling` replaces the calling hours by those of
    the shift."""

    agents: int
    start: str
    end: str
    days: tuple[int, ...]
    breaks: int = 45  # minutes a shift
    item_cap: int | None = None
    day_cap: int | None = None
    delays: int = 100
    calling: bool = False

    def dump(self) -> dict[str, Any]:
        return {**asdict(self), "days": list(self.days)}

    @property
    def shift(self) -> Shift:
        start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
        return Shift(frozenset(self.days), start, end, timedelta(minutes=self.breaks))

    def rules(self, policy: Mapping[str, Any]) -> dict[str, Any]:
        """A policy's rules with what would be otherwise; what the policy leaves open stays so."""
        rules = deepcopy(dict(policy))
        if self.calling:
            rules["window"] = {"days": list(self.days), "from": self.start, "until": self.end}
        caps = {"item": self.item_cap, "day": self.day_cap}
        wanted = {name: cap for name, cap in caps.items() if cap is not None}
        if wanted:
            rules["caps"] = {**_part(rules, "caps"), **wanted}
        if self.delays != 100:
            rules["again"] = _later(
                {**DEFAULT_RULES["again"], **_part(rules, "again")}, self.delays
            )
        return rules


def load(kept: Mapping[str, Any]) -> Asked:
    return Asked(**{**kept, "days": tuple(kept["days"])})


def _part(rules: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = rules.get(name)
    return found if isinstance(found, Mapping) else {}


def _later(again: Mapping[str, Any], percent: int) -> dict[str, Any]:
    """Every delay so much longer or shorter, a minute at least; what is no number stays for `read` to refuse."""
    return {name: _row(row, percent) for name, row in again.items()}


def _row(row: Any, percent: int) -> Any:
    if not isinstance(row, Mapping) or not isinstance(row.get("minutes"), int):
        return row
    return {**row, "minutes": max(1, row["minutes"] * percent // 100)}
