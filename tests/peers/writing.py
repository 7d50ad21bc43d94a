"""The workload of one size as files: what each driver reads."""

import json
from pathlib import Path

from builder.definition import dump, load
from tests.definitions import TODAY
from tests.peers.answers import answers_to
from tests.peers.rules import rules_of
from tests.peers.surveyjs import survey_of
from tests.peers.workload import Size, definition_of
from tests.peers.xforms import form_of


def write(size: Size, folder: Path) -> Path:
    """The definition for every engine, and the answers to it."""
    text = dump(load(definition_of(size)))
    data = json.loads(text)
    form = form_of(data, TODAY)
    files = {
        "answers": answers_to(data, size),
        "xforms": {"xml": form.xml, "paths": form.paths},
        "surveyjs": survey_of(data),
        "rules": rules_of(data),
    }
    folder.mkdir(parents=True)
    (folder / "definition.json").write_text(text)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder
