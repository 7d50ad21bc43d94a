"""The door: a definition's proof, from its terms to what is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder.definition import Definition, check
from builder.proof.finding import Block, Finding, Report, Severity, Standing
from builder.proof.kinds import KINDS, blocks
from builder.proof.matter import Matter
from builder.proof.proving import Budget, Progress
from builder.proof.witness import Witness

Replay = Callable[[Witness], bool]


def prove(
    definition: Definition,
    today: str,
    *,
    budget: Budget | None = None,
    clock: Callable[[], float] | None = None,
    progress: Progress | None = None,
    replay: Replay | None = None,
    gettext: Callable[[str], str] = str,
) -> Report:
    """All that can be said of a definition on a day.

    `budget` limits it, with a `clock` in seconds too; `progress` is told how many questions of how many are decided, and stops it by
    giving False. `replay` plays a witness in an engine and says whether it shows what it should: what it does not show is not told.
    `gettext` words conditions in the reader's language.
    """
    try:
        matter = Matter(
            definition, today, budget or Budget(), clock=clock, progress=progress, gettext=gettext
        )
        return _proved(matter, replay)
    except RecursionError:  # nodes made without the door may be nested without end
        problems = _problems(definition)
        return Report(problems, {}, whole=False)


def _problems(definition: Definition) -> tuple[Finding, ...]:
    try:
        found = check(definition)
    except RecursionError:
        return ()
    return tuple(
        Finding(
            one.code,
            Severity.WARNING if one.warning else Severity.ERROR,
            one.place,
            one.message,
            one.remedy,
            one.params,
        )
        for one in found
    )


def _proved(matter: Matter, replay: Replay | None) -> Report:
    list(_findings(matter, None))  # only noted
    list(blocks(matter))
    matter.prover.prepare()
    found = tuple(_findings(matter, replay))
    standing = {block.id: _shown(block, replay) for block in blocks(matter)}
    return Report(found, standing, not matter.prover.stopped, matter.undecided)


def _findings(matter: Matter, replay: Replay | None) -> Iterator[Finding]:
    for kind in KINDS:
        for finding in kind(matter):
            if finding.witness is None or replay is None or replay(finding.witness):
                yield finding


def _shown(block: Block, replay: Replay | None) -> Block:
    """A block with a way there, as the replay has it: what is not seen there is not decided, what is seen is reached."""
    if replay is None or block.witness is None:
        return block
    if replay(block.witness):
        return replace(block, standing=Standing.REACHED)
    return replace(block, standing=Standing.UNDECIDED, way=None)
