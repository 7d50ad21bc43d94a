"""At start-up: are the system libraries there that documents are rendered with? Says so, and stops nothing else."""

import ctypes
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning, register

LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "libpangoft2-1.0.dylib"),
}
SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset-0", "libharfbuzz-subset.dylib")
HINT = "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"


def is_there(names: Sequence[str]) -> bool:
    """Whether the system can load a library by one of its names."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def missing_libraries() -> list[str]:
    """Names of the libraries without which no document can be rendered."""
    return [title for title, names in LIBRARIES.items() if not is_there(names)]


@register()
def document_libraries(**_: Any) -> list[CheckMessage]:
    """Warns of what is missing, with the command that puts it right."""
    found: list[CheckMessage] = []
    missing = missing_libraries()
    if missing:
        text = f"Documents cannot be printed: {' and '.join(missing)} not found on this machine."
        found.append(Warning(text, hint=HINT, id="exports.W001"))
    if not is_there(SUBSET):
        text = "HarfBuzz's subset library is not found: each page of a document takes five times as long."
        found.append(Warning(text, hint=HINT, id="exports.W002"))
    return found
