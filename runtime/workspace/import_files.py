"""The lines of a list that could not be taken, as a file in the shape of the list with a column before it that says why.

Mended, it is loaded as any list: the first column is given to nothing, and comes anew if something is still wrong.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from builder.problems import gettext_noop
from runtime.queues.sealed import LeftOut
from runtime.workspace.campaign_words import reason

WHY = gettext_noop("Why it was left out")


def rows(header: Sequence[str], left_out: Iterable[LeftOut]) -> Iterator[Sequence[str]]:
    """In the reader's language, whenever it is read. A line that has too many or too few cells keeps those it has."""
    language = translation.get_language()
    former = _former(header)
    with translation.override(language):
        yield [_(WHY), *_without(header, former)]
    for line, cells, wrong in left_out:
        with translation.override(language):
            why = _line(line, wrong)
        yield [why, *_without(cells, former)]


def _line(line: int, wrong: Sequence[tuple[str, str]]) -> str:
    said = [f"{column}: {reason(code)}" if column else reason(code) for code, column in wrong]
    return _("Line %(line)s: %(why)s") % {"line": line, "why": "; ".join(said)}


def _former(header: Sequence[str]) -> bool:
    """Whether the list is such a file itself, in whatever language it was fetched."""
    words = set()
    for language in translation.trans_real.get_languages():
        with translation.override(language):
            words.add(_(WHY))
    return bool(header) and header[0] in words


def _without(cells: Sequence[str], former: bool) -> Sequence[str]:
    return cells[1:] if former else cells
