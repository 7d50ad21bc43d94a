"""Long lists are kept when a version is stored, by their hash: what many versions have is kept once. The only writer of LongList."""

from builder.definition import Definition, long_lists
from builder.models import LongList


def keep_long_lists(definition: Definition) -> None:
    """The long lists of a definition can be fetched from now on."""
    rows = [LongList(sha256=name, content=text) for name, text in long_lists(definition).items()]
    LongList.objects.bulk_create(rows, ignore_conflicts=True)
