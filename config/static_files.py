"""The static files as they go over the line: our own modules and sheets of style made small, all texts compressed.

The files stay as they are written, for whoever reads them. What is sent is made when a server starts, and kept under the
digest of what it was made from: nothing is ever stale, and of two servers that start at once each makes the same.

Pages name them under a stamp, which is made of all their contents: a browser keeps them as long as it likes and asks no more, and
modules find each other beside themselves. An address with another stamp (a page from before an update, or of a server that was updated
sooner) or with none gives the file as it is here, for a minute.
"""

import gzip
import hashlib
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import minify
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

MADE = b"3"  # changes when the way of making does
TEXTS = frozenset({".mjs", ".js", ".css", ".svg", ".json", ".txt"})
SMALLER = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css"}
WORTH = 400  # bytes: below that, a compressed file saves nothing
STAMPED = re.compile(r"([0-9a-f]{12})/(.+)", re.DOTALL)  # what follows /static/
FOR_GOOD = "max-age=31536000, public, immutable"


class StampedStorage(StaticFilesStorage):
    """The addresses of files, as pages name them."""

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        return f"{self.base_url}{stamp()}/{plain.removeprefix(self.base_url or '')}"


@lru_cache(maxsize=1)
def stamp() -> str:
    """Twelve letters for all files as they are: the same in every process of one release."""
    whole = hashlib.sha256(MADE)
    listed = ((path, storage) for finder in finders.get_finders() for path, storage in finder.list(None))  # fmt: skip
    for path, storage in sorted(listed, key=lambda one: one[0]):
        content = Path(storage.path(path)).read_bytes()
        whole.update(f"{path} {hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()[:12]


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, which sends what was made of a file instead of the file."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        found = STAMPED.fullmatch(path.removeprefix(self.static_prefix))
        file = self.files.get(self.static_prefix + found[2]) if found else None
        if file is None or found is None or not path.startswith(self.static_prefix):
            response: HttpResponseBase = super().__call__(request)
            return response
        response = self.serve(file, request)
        if found[1] == stamp():
            response["Cache-Control"] = FOR_GOOD
        return response

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> Any:
        made = sent(Path(path)) if Path(path).suffix in TEXTS else None
        if made is None:
            return super().get_static_file(path, url, stat_cache)
        return super().get_static_file(str(made), url)


def sent(path: Path) -> Path | None:
    """The file that is sent instead, with a compressed one beside it; None where there is no room to keep any."""
    source = path.read_bytes()
    own = path.is_relative_to(settings.BASE_DIR)
    digest = hashlib.sha256(MADE + bytes([own]) + source).hexdigest()[:32]
    made = Path(settings.STATIC_CACHE) / f"{digest}{path.suffix}"
    if not made.exists():
        content = smaller(source, path.suffix) if own else source
        try:
            made.parent.mkdir(parents=True, exist_ok=True)
            if len(content) >= WORTH:
                _keep(made.with_name(f"{made.name}.gz"), gzip.compress(content, 9, mtime=0))
            _keep(made, content)
        except OSError:
            return None
    return made


def smaller(source: bytes, suffix: str) -> bytes:
    """The same program or sheet without comments and blanks, its local names shortened; what is no program is left to the browser."""
    if suffix not in SMALLER:
        return source
    try:
        return minify.string(SMALLER[suffix], source.decode()).encode()
    except (minify.MinifyError, UnicodeDecodeError):
        return source


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all: another server may start at the same time."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as begun:
        begun.write(content)
    made = Path(begun.name)
    made.chmod(0o644)
    made.replace(file)
