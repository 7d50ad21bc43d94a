"""Templates obey the strict policy and speak every language."""

import re
from pathlib import Path

import pytest

from tests.environment import ROOT

# Pages of the strict policy; what a PDF is made of and Wagtail's own pages have rules of their own.
TEMPLATES = sorted(
    file
    for folder in ("config/templates", "runtime", "exports", "content", "builder")
    for file in (ROOT / folder).rglob("*.html")
)
INLINE = (
    (
        re.compile(r"<script(?![^>]*\b(?:src|type=\"application/json\")=?)[^>]*>", re.I),
        "a script inside the page",
    ),
    (re.compile(r"<style\b", re.I), "a style inside the page"),
    (re.compile(r"<[^>]+\sstyle\s*=", re.I), "a style attribute"),
    (re.compile(r"<[^>]+\son[a-z]+\s*=\s*[\"']", re.I), "an event attribute"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.I), "a script as an address"),
)
SENTENCE = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+){2,})")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_inline(file: Path):
    text = file.read_text()
    assert [told for pattern, told in INLINE if pattern.search(text)] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_escapes_translation(file: Path):
    text = re.sub(
        r"{%\s*blocktrans(?:late)?.*?{%\s*endblocktrans(?:late)?\s*%}",
        "",
        file.read_text(),
        flags=re.S,
    )
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    assert SENTENCE.findall(text) == []


def test_the_rule_bites():
    bad = '<p onclick="x()"><script>1</script><a href="javascript:1" style="color:red"></a><style></style>'
    assert len([told for pattern, told in INLINE if pattern.search(bad)]) == len(INLINE)
    assert not any(
        pattern.search('<script type="module" src="/x.mjs"></script>') for pattern, _ in INLINE
    )
