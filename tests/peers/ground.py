"""Where things lie in an XForms document: the path of each section and name, and how one is reached from another.

A section is a node in that of the section around it. A calculation stands beside the groups, for it is computed whatever is hidden:
right in the entry of its repeat, or in the root. What lies in the same entry is reached by steps out and in again, all else
from the root.
"""

from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]
ROOT = "/data"


class Ground:
    """The paths of a definition's form, without positions."""

    def __init__(self, data: Data) -> None:
        self.sections: dict[str, Data] = {row["name"]: row for row in data["sections"]}
        self.paths: dict[str, str] = {}  # of sections and names
        self.repeats: dict[str, tuple[str, ...]] = {}  # in which each lies, the outermost first
        for section in data["sections"]:
            self._place(section)

    def _place(self, section: Data) -> None:
        name, around = section["name"], section.get("within")
        self.paths[name] = f"{self.paths[around] if around else ROOT}/{name}"
        self.repeats[name] = self.inside(around) if around else ()
        inside = self.inside(name)
        for item in section["items"]:
            if "name" in item:
                beside = item["kind"] == "calculation"
                home = (self.paths[inside[-1]] if inside else ROOT) if beside else self.paths[name]
                self.paths[item["name"]] = f"{home}/{item['name']}"
                self.repeats[item["name"]] = inside

    def inside(self, section: str) -> tuple[str, ...]:
        """The repeats in which a section's own names lie."""
        own = (section,) if self.sections[section]["repeat"] else ()
        return (*self.repeats[section], *own)

    def way(self, start: str, inside: tuple[str, ...], goal: str, of: tuple[str, ...]) -> str:
        """From a node that lies in these repeats to a path in those."""
        shared = [one for one, other in zip(inside, of, strict=False) if one == other]
        if not shared:
            return goal
        entry = self.paths[shared[-1]]
        out = start.count("/") - entry.count("/")
        return "../" * out + goal[len(entry) + 1 :]

    def entries(self, state: Data) -> Iterator[tuple[str, list[str]]]:
        """The entries of each repeat by its place, as a state has them, those around first."""
        for name, section in self.sections.items():
            if section["repeat"]:
                for prefix in self.prefixes(state, self.repeats[name]):
                    yield prefix + name, self.entries_at(state, prefix, name)

    def entries_at(self, state: Data, prefix: str, repeat: str) -> list[str]:
        first = range(1, self.sections[repeat]["repeat"]["minimum"] + 1)
        return list(state["entries"].get(prefix + repeat, [str(number) for number in first]))

    def prefixes(self, state: Data, repeats: tuple[str, ...]) -> list[str]:
        """What leads the places of all that lies in these repeats: once, or for each entry."""
        prefixes = [""]
        for repeat in repeats:
            prefixes = [
                f"{prefix}{repeat}/{entry}/"
                for prefix in prefixes
                for entry in self.entries_at(state, prefix, repeat)
            ]
        return prefixes
