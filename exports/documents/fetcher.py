"""What a document may load while it is rendered: bundled `asset:` names and the pictures handed to it. Nothing else.

No network, no file of the machine, no `data:` address: any other address is refused, whoever wrote it.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FOLDER = Path(__file__).parent / "assets"
SCHEME = "asset:"
NAME = re.compile(r"[a-z0-9-]+\.(svg|png|jpg)")
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class AddressRefused(FatalURLFetchingError):
    """A document asked for something outside its assets: the rendering ends, nothing was fetched."""


@cache
def bundled(name: str) -> bytes:
    """The bytes of a bundled asset; the name has been checked by the caller."""
    return (FOLDER / name).read_bytes()


class AssetFetcher(URLFetcher):
    """Gives `asset:<name>` from what was handed over, else from the bundled folder; refuses all else."""

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)
        self.handlers: list[object] = []  # nothing inherited may open a connection or a file
        self._pictures = dict(pictures or {})

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The asset, or AddressRefused."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or not NAME.fullmatch(name):
            raise AddressRefused("A document loads its own assets only.")
        body = self._pictures.get(name)
        if body is None:
            body = self._bundled(name)
        media_type = MEDIA_TYPES[name.rpartition(".")[2]]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

    @staticmethod
    def _bundled(name: str) -> bytes:
        try:
            return bundled(name)
        except FileNotFoundError:
            raise AddressRefused("There is no such asset.") from None
