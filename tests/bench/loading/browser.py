"""A browser without a window: what the agent's pages ask the server for during a call, in the order and as often as they do.

Its line to the server is given: locust's (`driving`), or a plain one (`costs`). What must come back is checked with each answer; what
does not is an error. `runtime/static/runtime/screen` is the original: `queue.mjs` (when answers are sent), `saving.mjs` (heartbeat,
settling, keys), `screen.mjs` (sections).
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Protocol

JSON_TYPES = {"Content-Type": "application/json", "Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORT = re.compile(r'(?:\bfrom|\bimport)\s*"(\.{1,2}/[^"]+)"')
FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
DATA = re.compile(r'<script[^>]*id="screen-data"[^>]*>(.*?)</script>', re.DOTALL)
POINT = re.compile(r'data-dial="(\d+)"')
MAX_AGE = re.compile(r"max-age=(\d+)")


class WrongAnswer(Exception):
    """The server did not do what the page asked for; the words say what came instead."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


class Line(Protocol):
    """Sends one request; `name` is what it counts as, `good` the codes that are right. Raises `WrongAnswer`."""

    def ask(
        self,
        method: str,
        path: str,
        *,
        name: str,
        headers: dict[str, str],
        body: str = "",
        good: tuple[int, ...] = (200,),
        check: Callable[[Answer], str] = lambda _answer: "",
    ) -> Answer: ...


@dataclass
class Kept:
    """A file in the browser's cache."""

    until: float
    since: str
    parts: list[str]


@dataclass
class Browser:
    """One agent's. `told` is called with each acknowledged batch and each ended call."""

    line: Line
    session: str
    told: Callable[[dict[str, Any]], None]
    cookie: str = ""
    cache: dict[str, Kept] = field(default_factory=dict)
    asked: str = ""  # the field against forged requests
    point: str = ""  # the number that is dialled
    page: dict[str, Any] = field(default_factory=dict)
    record: str = ""
    number: int = 0

    # Pages ------------------------------------------------------------------

    def home(self, address: str = "/") -> None:
        page = self._get(address, "home")
        self.asked = _found(FIELD, page.text, "home without a form")
        self._files(page.text)

    def claim(self, queue: str = "calls") -> None:
        """The next call: on to its screen."""
        answer = self._form(f"/queue/{queue}/claim/", "claim", {}, good=(302,))
        self.open(answer.headers["location"])

    def open(self, address: str) -> None:
        page = self._get(address, "screen")
        self.page = json.loads(_found(DATA, page.text, "no screen"))
        self.asked = _found(FIELD, page.text, "screen without a form")
        self.record, self.number = address.split("/")[2], self.page["number"]
        self.point = _found(POINT, page.text, "screen without a number to dial")
        self._files(page.text)
        urls = self.page["urls"]
        self._file(urls["definition"].replace("__language__", "en"), "definition")
        self._post(urls["keys"], "keys", {})

    # During a call ----------------------------------------------------------

    def dial(self) -> None:
        headers = {"Accept": "application/json", **FORM, **self._forged()}
        path, body = self.page["urls"]["attempt"], f"point={self.point}"
        self.line.ask("POST", path, name="dial", headers=self._with(headers), body=body)

    def save(self, *events: dict[str, Any]) -> None:
        """A batch; told only when each event was acknowledged."""
        batch = [
            {"id": str(uuid.uuid4()), "seen": self.number, "event": event} for event in events
        ]
        ids = [one["id"] for one in batch]
        headers = JSON_TYPES | {"X-Run-Token": self.page["token"]} | self._forged()
        answer = self.line.ask(
            "POST",
            self.page["urls"]["save"],
            name="save",
            headers=self._with(headers),
            body=json.dumps({"events": batch}),
            check=lambda told: _acknowledged(told, ids),
        )
        rows = json.loads(answer.text)["acknowledged"]
        self.number = max([self.number, *(row["number"] for row in rows)])
        said = [
            [one["id"], one["event"].get("place", ""), one["event"].get("value")] for one in batch
        ]
        self.told({"record": self.record, "said": said})

    def settle(self) -> None:
        self._post(self.page["urls"]["settle"], "settle", {})

    def beat(self) -> None:
        self._post(self.page["urls"]["heartbeat"], "heartbeat", {})

    def finish(self, outcome: str = "done") -> None:
        """The end; back home."""
        answer = self._form(
            f"/record/{self.record}/finish/", "finish", {"outcome": outcome}, good=(302,)
        )
        self.told({"record": self.record, "finished": outcome})
        self.home(answer.headers["location"])

    # Underneath -------------------------------------------------------------

    def _get(self, path: str, name: str, good: tuple[int, ...] = (200,), **headers: str) -> Answer:
        answer = self.line.ask("GET", path, name=name, headers=self._with(headers), good=good)
        self._keep_cookie(answer)
        return answer

    def _form(self, path: str, name: str, fields: dict[str, str], good: tuple[int, ...]) -> Answer:
        fields = {"csrfmiddlewaretoken": self.asked, **fields}
        body = "&".join(f"{key}={value}" for key, value in fields.items())
        answer = self.line.ask(
            "POST", path, name=name, headers=self._with(FORM), body=body, good=good
        )
        self._keep_cookie(answer)
        return answer

    def _post(self, path: str, name: str, body: Any) -> Answer:
        headers = JSON_TYPES | {"X-Run-Token": self.page["token"]} | self._forged()
        return self.line.ask(
            "POST", path, name=name, headers=self._with(headers), body=json.dumps(body)
        )

    def _forged(self) -> dict[str, str]:
        return {"X-CSRFToken": self.cookie}

    def _with(self, headers: Mapping[str, str]) -> dict[str, str]:
        cookie = f"sessionid={self.session}; scriptorium_language=en"
        return {
            **headers,
            "Cookie": cookie + (f"; csrftoken={self.cookie}" if self.cookie else ""),
        }

    def _keep_cookie(self, answer: Answer) -> None:
        found = re.search(r"csrftoken=([^;]+)", answer.headers.get("set-cookie", ""))
        self.cookie = found[1] if found else self.cookie

    def _files(self, page: str) -> None:
        """Sheets, marks and modules of a page, and what these import: each once while it is fresh."""
        waiting, seen = STATIC.findall(page), set()
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                waiting += self._file(path, "static")

    def _file(self, path: str, name: str) -> list[str]:
        kept, now = self.cache.get(path), time.monotonic()
        if kept is not None and now < kept.until:
            return kept.parts
        asked = {"Accept-Encoding": "gzip"} | ({"If-Modified-Since": kept.since} if kept else {})
        name = f"{name}, not changed" if kept else name
        answer = self._get(path, name, (200, 304), **asked)
        age = MAX_AGE.search(answer.headers.get("cache-control", ""))
        since = answer.headers.get("last-modified") or formatdate(usegmt=True)
        parts = kept.parts if kept and answer.status == 304 else _imports(path, answer.text)
        self.cache[path] = Kept(now + (int(age[1]) if age else 0), since, parts)
        return parts


def _imports(path: str, text: str) -> list[str]:
    """The modules that a module names."""
    if not path.endswith(".mjs"):
        return []
    found = []
    for name in IMPORT.findall(text):
        parts = path.split("/")[:-1]
        for step in name.split("/"):
            parts = parts[:-1] if step == ".." else parts if step == "." else [*parts, step]
        found.append("/".join(parts))
    return found


def _found(pattern: re.Pattern[str], text: str, problem: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise WrongAnswer(problem)
    return found[1]


def _acknowledged(answer: Answer, ids: list[str]) -> str:
    told = json.loads(answer.text)
    got = [row["id"] for row in told["acknowledged"] if not row.get("late")]
    return (
        ""
        if sorted(got) == sorted(ids)
        else f"not acknowledged: {told['code'] or told['refused'][:1]}"
    )
