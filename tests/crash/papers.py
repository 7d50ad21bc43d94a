"""What claimers put on paper, held against the database."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Claim = tuple[str, int]  # item, fence


@dataclass
class Found:
    """Numbers of things; all but the first lines must be 0."""

    claims: int = 0  # acknowledged
    ended: int = 0
    saved: int = 0
    late: int = 0
    recovered: int = 0  # leases
    kills: int = 0
    frozen: int = 0
    crashes: int = 0
    seconds: float = 0.0
    double: int = 0  # one item in two hands
    lost_claims: int = 0  # acknowledged, not in the database
    lost_ends: int = 0
    lost_saves: int = 0
    misplaced: int = 0  # saved behind a lost lease and yet not late
    starved: int = 0  # items passed over
    idle: int = 0  # claimers who got nothing in all their time

    def none(self) -> bool:
        """Whether nothing went wrong."""
        return not any(
            (self.double, self.lost_claims, self.lost_ends, self.lost_saves, self.misplaced, self.starved, self.idle)
        )  # fmt: skip


def compare(folder: Path, claimers: int) -> Found:
    """All papers against all rows."""
    from runtime.queues.models import WorkItemEvent

    told = _read(folder)
    events = list(WorkItemEvent.objects.order_by("pk").values_list("item", "event", "data", "by"))
    there = {
        (str(item), data["fence"]): by for item, event, data, by in events if event == "claimed"
    }
    ends = Counter(str(item) for item, event, _data, _by in events if event == "disposed")
    claimed = told["claimed"]
    hands: dict[Claim, set[int]] = defaultdict(set)
    for item, fence, agent in claimed:
        hands[item, int(fence)].add(agent)
    found = Found(
        claims=len(hands),
        ended=len(told["ended"]),
        saved=len(told["saved"]),
        late=len(told["late"]),
        recovered=sum(event == "expired" for _item, event, _data, _by in events),
        double=sum(len(agents) > 1 for agents in hands.values()) + _twice(events),
        lost_claims=sum(
            there.get(claim) != one for claim, agents in hands.items() for one in agents
        ),
        lost_ends=sum(not ends[item] for item, _fence, _agent in told["ended"]),
        starved=_passed_over(claimers),
    )
    found.lost_saves, found.misplaced = _saves(told)
    return found


def _read(folder: Path) -> dict[str, list[tuple[str, str, int]]]:
    told: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for file in folder.glob("agent-*"):
        agent = int(file.name.removeprefix("agent-"))
        for line in file.read_text().splitlines():
            deed, one, *rest = line.split()
            told[deed].append((one, rest[0] if rest else "", agent))
    return told


def _twice(events: list[tuple[Any, str, Any, Any]]) -> int:
    """Claims of an item that nobody had given back."""
    of: dict[Any, list[str]] = defaultdict(list)
    for item, event, _data, _by in events:
        of[item].append(event)
    return sum(
        one == other == "claimed" for deeds in of.values() for one, other in pairwise(deeds)
    )


def _saves(told: dict[str, list[tuple[str, str, int]]]) -> tuple[int, int]:
    """Acknowledged answers that are not there; and those told to be late that are not."""
    from runtime.records.models import Event

    rows = dict(Event.objects.values_list("client_id", "late"))
    kept = {str(client_id): late for client_id, late in rows.items()}
    sent = {deed: {one for one, _item, _agent in told[deed]} for deed in ("saved", "late")}
    lost = sum(one not in kept for ones in sent.values() for one in ones)
    behind = sum(kept.get(one) is False for one in sent["late"])
    return lost, behind + sum(kept.get(one) is True for one in sent["saved"])


def _passed_over(claimers: int) -> int:
    """Items nobody ever had that stand before the last that was claimed, but for those that others were at the moment of taking."""
    from runtime.queues.models import WorkItem

    had = WorkItem.objects.filter(fence__gt=0).order_by("-not_before")
    last = had.values_list("not_before", flat=True)[claimers : claimers + 1]
    return (
        WorkItem.objects.filter(fence=0, state="ready", not_before__lt=last[0]).count()
        if last
        else 0
    )
