"""The list of effects: every kind has its file, its block, its check, its words and its handler."""

import pkgutil
from importlib import import_module

import pytest

from builder.blocks.effects import CODES, FIELDS, EffectsBlock
from builder.definition import EFFECT_KINDS, EFFECT_WORDS, EFFECTS
from builder.definition import effects as package
from builder.definition.effects.checking import _KINDS
from runtime.outbox.handlers import handler_of

ASIDE = {"base", "checking"}


def test_every_file_is_on_the_list_and_named_after_its_effect() -> None:
    files = {module.name for module in pkgutil.iter_modules(package.__path__)} - ASIDE
    named = {name: import_module(f"{package.__name__}.{name}").EFFECT.name for name in files}
    assert named == {name: name for name in EFFECTS}
    assert len(EFFECT_KINDS) == len(EFFECTS)


@pytest.mark.parametrize("kind", EFFECT_KINDS, ids=lambda kind: kind.name)
def test_a_kind_has_its_block_its_words_and_its_handler(kind: object) -> None:
    name = kind.name  # type: ignore[attr-defined]
    block = EffectsBlock().child_blocks[name]
    given = [*EFFECTS[name].arguments, *(["text"] if EFFECTS[name].text else []), "relevance"]
    assert list(block.child_blocks) == given
    assert EFFECT_WORDS[name]
    assert handler_of(name)
    assert "campaign" in EFFECTS[name].arguments or not EFFECTS[name].spawns


def test_each_kind_of_argument_has_its_field_and_its_check() -> None:
    used = {row.kind for kind in EFFECT_KINDS for row in kind.arguments.values()}
    assert used <= set(FIELDS) == set(_KINDS)
    codes = {
        kind.of(name)
        for kind in EFFECT_KINDS
        for name in kind.arguments
        if kind.kind_of(name) == "code"
    }
    assert codes <= set(CODES)


def test_migrations_see_an_empty_stream_so_that_a_new_kind_needs_none() -> None:
    assert EffectsBlock().deconstruct() == (
        "wagtail.blocks.StreamBlock",
        [[]],
        {"required": False},
    )
