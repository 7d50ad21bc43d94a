"""What waiting counts beside priority, folded into one moment that never has to be written again.

`minutes` of waiting weigh as much as one point of priority. Two items that wait gain alike, so that their order never changes: who has
been ready since S with priority P stands where one without priority would that has been ready since `S - P * minutes`. That moment is
stored, and the claim goes by it.

The bound is on what priority may weigh: `at_most` points. So nobody waits behind newer items for longer than twice `at_most * minutes`
(from the lowest to the highest), and no number typed into a field starves a queue. What is due counts, when its time has come, as if
it had waited for the whole bound.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Ageing:
    minutes: int
    at_most: int

    def since(self, ready: datetime, priority: int, due: datetime | None) -> datetime:
        """As of when an item stands in the queue."""
        points = max(-self.at_most, min(self.at_most, priority))
        waiting = ready - timedelta(minutes=points * self.minutes)
        if due is None:
            return waiting
        return min(waiting, due - timedelta(minutes=self.at_most * self.minutes))
