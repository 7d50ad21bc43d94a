"""What became of one definition in another, as data: `apply(a, compare(a, b)) == b`, whatever a and b are.

Everything that says what changed (histories, comparisons, the flow map, reports) is a reading of this one list. Blocks are
the same if their ids are; a page that was imported anew has new ids, so what is left is matched by name.
"""

from builder.definition.comparing.applying import apply
from builder.definition.comparing.change import ABSENT, Change
from builder.definition.comparing.comparison import compare

__all__ = ["ABSENT", "Change", "apply", "compare"]
