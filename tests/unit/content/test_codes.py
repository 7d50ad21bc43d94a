"""A code is one word from its first letter to its last, wherever one is typed."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from builder.blocks.fields import NAME
from content.codes import CODE
from content.models import PAGES, ChoiceList, SharedSection

ODD = ["In take", "9intake", "intake\n", "a-b", " intake", "é_intake", "x" * 64]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("model", [*PAGES.values(), ChoiceList, SharedSection])
def test_what_is_no_word_is_refused(model: Any, odd: str) -> None:
    field = model._meta.get_field("code")
    field.run_validators("intake_2")
    with pytest.raises(ValidationError):
        field.run_validators(odd)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("pattern", [NAME, CODE])
def test_names_of_blocks_and_codes_of_imports_alike(
    pattern: re.Pattern[str] | str, odd: str
) -> None:
    assert re.search(pattern, "intake_2")
    assert not re.search(pattern, odd)
