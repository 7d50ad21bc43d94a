"""What comes out when the log is verified, and whether the checkpoints are the house's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from runtime.audit import keys
from runtime.audit.checkpoints import Checkpoint

MOST = 1_000  # told one by one; a log in another order has as many faults as rows


@dataclass
class Report:
    """Places and checkpoints that were seen; faults, and what is worth knowing but no fault, as sentences."""

    size: int = 0
    checkpoints: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: int = 0  # faults beyond those told

    def fault(self, told: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append(told)
        else:
            self.more += 1

    @property
    def holds(self) -> bool:
        return not self.faults


def signed(
    checkpoints: Iterable[Checkpoint], report: Report, public: dict[int, bytes] | None = None
) -> list[Checkpoint]:
    """Those the house signed, by size. `public`: the keys to hold them against, else the ring's.

    One whose key is not known counts only when a later one, with a known key, vouches for what came before.
    """
    kept: list[Checkpoint] = []
    unknown: list[Checkpoint] = []
    known: dict[int, bytes | None] = dict(public or {})
    for one in checkpoints:
        if one.key not in known:
            known[one.key] = None if public is not None else keys.public_key(one.key)
        key = known[one.key]
        if kept and one.size < kept[-1].size:
            report.fault(
                f"Line {one.line} of the checkpoints tells of fewer places ({one.size}) than a line before it."
            )
        elif key is None:
            unknown.append(one)
            kept.append(one)
        elif not one.signed_by(key):
            report.fault(f"Line {one.line} of the checkpoints is not signed by this house.")
        else:
            _vouch(unknown, report)
            kept.append(one)
    if unknown:
        report.fault(
            f"Nobody vouches for the last {len(unknown)} checkpoints: key {unknown[-1].key}, which signed them, is not known. Give its public half with "
            "--public-key."
        )
    return kept


def _vouch(unknown: list[Checkpoint], report: Report) -> None:
    if unknown:
        numbers = ", ".join(str(number) for number in sorted({one.key for one in unknown}))
        report.notes.append(
            f"{len(unknown)} checkpoints were signed with keys that are not known any more ({numbers}); a later one vouches for them."
        )
        unknown.clear()
