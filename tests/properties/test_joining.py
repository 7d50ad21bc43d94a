"""What two people make of one page is joined: nothing is lost, and it does not matter who was first."""

import random
from typing import Any

import pytest

from content.joining.merging import ABSENT, THEIRS, merge
from content.joining.trees import tree_of

Page = dict[str, Any]
FIELDS = ("label", "hint", "name", "relevance")


def _item(source: random.Random, key: str) -> dict[str, Any]:
    value = {name: f"{name} {source.randrange(9)}" for name in FIELDS}
    choices = [
        {"type": "named", "id": f"c{n}", "value": {"name": f"c{n}", "label": f"choice {n}"}}
        for n in range(source.randrange(4))
    ]
    return {"type": "text", "id": key, "value": {**value, "choices": choices}}


def _body(source: random.Random) -> Page:
    sections = []
    for number in range(source.randint(1, 4)):
        items = [_item(source, f"q{number}{at}") for at in range(source.randrange(5))]
        value = {"title": f"Section {number}", "items": items}
        sections.append({"type": "section", "id": f"s{number}", "value": value})
    return {"title": "Page", "body": sections}


def _copy(page: Page) -> Page:
    import copy

    return copy.deepcopy(page)


def _edited(source: random.Random, page: Page, who: str) -> Page:
    """Some edits: words, choices, additions, deletions, moves, within sections and between them."""
    page = _copy(page)
    for number in range(source.randint(1, 4)):
        EDITS[source.choice(sorted(EDITS))](source, page, f"{who}{number}")
    return page


def _any_section(source: random.Random, page: Page) -> Any:
    return source.choice(page["body"]) if page["body"] else None


def _any_items(source: random.Random, page: Page) -> list[Any]:
    full = [section for section in page["body"] if section["value"]["items"]]
    return source.choice(full)["value"]["items"] if full else []


def word(source: random.Random, page: Page, mark: str) -> None:
    items = _any_items(source, page)
    if items:
        source.choice(items)["value"][source.choice(FIELDS)] = f"new {mark}"


def choice(source: random.Random, page: Page, mark: str) -> None:
    items = _any_items(source, page)
    if items:
        row = {"type": "named", "id": f"x{mark}", "value": {"name": f"x{mark}", "label": mark}}
        source.choice(items)["value"]["choices"].append(row)


def add(source: random.Random, page: Page, mark: str) -> None:
    section = _any_section(source, page)
    if section:
        items = section["value"]["items"]
        items.insert(source.randint(0, len(items)), _item(source, f"n{mark}"))


def add_section(source: random.Random, page: Page, mark: str) -> None:
    value = {"title": f"New {mark}", "items": [_item(source, f"i{mark}")]}
    at = source.randint(0, len(page["body"]))
    page["body"].insert(at, {"type": "section", "id": f"t{mark}", "value": value})


def delete(source: random.Random, page: Page, mark: str) -> None:
    items = _any_items(source, page)
    if items:
        items.pop(source.randrange(len(items)))


def delete_section(source: random.Random, page: Page, mark: str) -> None:
    if len(page["body"]) > 1:
        page["body"].pop(source.randrange(len(page["body"])))


def move(source: random.Random, page: Page, mark: str) -> None:
    items, section = _any_items(source, page), _any_section(source, page)
    if items and section:
        taken = items.pop(source.randrange(len(items)))
        to = section["value"]["items"]
        to.insert(source.randint(0, len(to)), taken)


def move_section(source: random.Random, page: Page, mark: str) -> None:
    if page["body"]:
        taken = page["body"].pop(source.randrange(len(page["body"])))
        page["body"].insert(source.randint(0, len(page["body"])), taken)


EDITS = {
    edit.__name__: edit
    for edit in (word, choice, add, add_section, delete, delete_section, move, move_section)
}
SEEDS = range(1000)


def _rows(page: Page) -> dict[str, Any]:
    return tree_of(page["body"]).rows


def _pairs() -> Any:
    for seed in SEEDS:
        source = random.Random(seed)
        base = _body(source)
        yield base, _edited(source, base, "a"), _edited(source, base, "b")


def _words(page: Page, base: Page) -> dict[tuple[str, str], str]:
    """What a side added or changed in its blocks, but for their lists."""
    before = _rows(base)
    return {
        (key, name): value
        for key, row in _rows(page).items()
        for name, value in row["value"].items()
        if name not in {"items", "choices"}
        and (key not in before or value != before[key]["value"][name])
    }


def test_what_one_side_added_or_changed_is_never_lost() -> None:
    for base, theirs, mine in _pairs():
        merged = merge(base, theirs, mine)
        found = _rows(merged.values)
        asked = {one.place for one in merged.conflicts}
        for side in (theirs, mine):
            for (key, name), value in _words(side, base).items():
                assert key in found
                assert found[key]["value"][name] == value or key in asked
        assert set(_rows(theirs)) & set(_rows(mine)) <= set(found)


def test_no_block_stands_twice_and_none_without_its_section() -> None:
    for base, theirs, mine in _pairs():
        merged = merge(base, theirs, mine).values
        keys = [row["id"] for row in merged["body"]]
        keys += [item["id"] for row in merged["body"] for item in row["value"]["items"]]
        assert len(keys) == len(set(keys))
        assert set(keys) == set(_rows(merged))


def test_without_a_conflict_it_is_the_same_whoever_was_first() -> None:
    count = 0
    for base, theirs, mine in _pairs():
        one, other = merge(base, theirs, mine), merge(base, mine, theirs)
        assert {c.place for c in one.conflicts} == {c.place for c in other.conflicts}
        if not one.conflicts:
            assert one.values == other.values
            count += 1
    assert count > len(SEEDS) / 2


def test_who_changed_nothing_gets_what_the_other_made() -> None:
    for base, theirs, _mine in _pairs():
        merged = merge(base, theirs, base)
        assert (merged.values, merged.conflicts) == (theirs, [])
        assert merge(base, base, theirs).values == theirs
        assert merge(base, theirs, theirs).values == theirs
        assert merge({}, theirs, theirs).values == theirs


@pytest.mark.parametrize("kind", ["word", "choice", "add"])
def test_edits_of_different_sections_are_as_if_made_one_after_the_other(kind: str) -> None:
    """One edits the first section, the other the last; afterwards the second's edit on top of the first's."""
    for seed in SEEDS:
        source = random.Random(seed)
        base = _body(source)
        if len(base["body"]) < 2:
            continue
        mine, theirs, both = _copy(base), _copy(base), _copy(base)
        for page, at, mark in ((theirs, 0, "a"), (mine, -1, "b"), (both, 0, "a"), (both, -1, "b")):
            EDITS[kind](random.Random(seed), {"body": [page["body"][at]]}, mark)
        merged = merge(base, theirs, mine)
        assert (merged.values, merged.conflicts) == (both, [])


def test_a_settled_conflict_is_as_was_chosen_until_they_write_again() -> None:
    count = 0
    for base, theirs, mine in _pairs():
        merged = merge(base, theirs, mine)
        settled = {one.key: THEIRS for one in merged.conflicts}
        chosen = merge(base, theirs, mine, settled)
        assert {one.place for one in chosen.conflicts} <= {one.place for one in merged.conflicts}
        found = _rows(chosen.values)
        for one in merged.conflicts:
            if len(one.way) == 1 and one.way[0] in FIELDS and one.place in found:
                assert found[one.place]["value"][one.way[0]] == one.theirs
                count += 1
            if one.theirs is ABSENT and not one.way:
                assert one.place not in found
    assert count >= 3
