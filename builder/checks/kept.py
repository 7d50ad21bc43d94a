"""What the prover said, kept: the only writer of Proof. A small definition is proved on the spot, a large one by a task.

`ask` gives what there is of a definition; while it is not done, who asks again sees how far it is.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from builder import definition as definitions
from builder import playing
from builder.checks.telling import Teller
from builder.definition import Definition
from builder.models import Proof
from builder.proof import Budget, Report, prove

logger = logging.getLogger("scriptorium.builder")
ON_THE_SPOT: Final = 2.0  # seconds; who asks waits so long at most
SMALL: Final = 250  # blocks: with more nobody tries on the spot
IN_THE_BACKGROUND: Final = 120.0  # seconds
SIGN_OF_LIFE: Final = 0.5  # seconds between two
LOST: Final = dt.timedelta(minutes=2)  # without one a task is started anew
MOST_KEPT: Final = 300
UNDER_WAY: Final = frozenset({"waiting", "running"})


def found(definition: Definition, day: str, language: str) -> Proof | None:
    """What there is, without asking for more."""
    return Proof.objects.filter(
        sha256=definitions.sha256(definition), day=day, language=language
    ).first()


def newest(definition: Definition) -> Proof | None:
    """What was said of a definition last, on whatever day and in whatever language."""
    proofs = Proof.objects.filter(sha256=definitions.sha256(definition), state="done")
    return proofs.order_by("-seen_at").first()


def ask(definition: Definition, day: str, language: str, *, again: bool = False) -> Proof:
    """What the prover says of a definition, or how far it is. `again`: also where it was stopped or failed."""
    proof = found(definition, day, language)
    if proof is not None and not _is_to_do(proof, again=again):
        return proof
    on_the_spot = None if proof is not None else _told_at_once(definition, day, language)
    if on_the_spot is not None:
        return _keep(definition, day, language, state="done", told=on_the_spot)
    text = definitions.dump(definition)
    proof = _keep(definition, day, language, state="waiting", definition=text, decided=0)
    _send(proof)
    return proof


def stop(proof: Proof) -> None:
    """Nobody waits for it any more; its task sees that at its next sign of life."""
    Proof.objects.filter(pk=proof.pk, state__in=UNDER_WAY).update(state="stopped")


def carry_out(pk: int) -> None:
    """What the task does: prove, with a sign of life now and then, and keep what is told."""
    taken = Proof.objects.filter(pk=pk, state="waiting")
    if not taken.update(state="running", seen_at=timezone.now()):
        return
    proof = Proof.objects.get(pk=pk)
    try:
        with translation.override(proof.language):
            definition = definitions.load(proof.definition)
            budget = Budget(seconds=IN_THE_BACKGROUND)
            signs = _Signs(pk)
            report = _proved(definition, proof.day, budget, signs)
            told = Teller(definition, proof.language, gettext).told(report)
    except Exception:
        Proof.objects.filter(pk=pk).update(state="failed", seen_at=timezone.now())
        logger.exception("The proof of a draft failed")
        return
    done = {"state": "done", "told": told, "definition": "", "seen_at": timezone.now()}
    Proof.objects.filter(pk=pk, state="running").update(**done)


class _Signs:
    """Writes how far it is, now and then, and hears whether it was stopped."""

    def __init__(self, pk: int) -> None:
        self.pk, self.last = pk, 0.0

    def __call__(self, decided: int, questions: int) -> bool:
        now = time.monotonic()
        if now - self.last < SIGN_OF_LIFE:
            return True
        self.last = now
        running = Proof.objects.filter(pk=self.pk, state="running")
        figures = {"decided": min(decided, questions), "questions": questions}
        return bool(running.update(**figures, seen_at=timezone.now()))


def _is_to_do(proof: Proof, *, again: bool) -> bool:
    if proof.state in UNDER_WAY:
        return timezone.now() - proof.seen_at > LOST
    return again and proof.state != "done"


def _told_at_once(definition: Definition, day: str, language: str) -> dict[str, Any] | None:
    """What is told of a small definition; None where it takes longer than anybody waits."""
    if sum(1 + len(section.items) for section in definition.sections) > SMALL:
        return None
    report = _proved(definition, day, Budget(seconds=ON_THE_SPOT), None)
    return Teller(definition, language, gettext).told(report) if report.whole else None


def _proved(
    definition: Definition, day: str, budget: Budget, progress: Callable[[int, int], bool] | None
) -> Report:
    replay = playing.replay(definition, day)
    return prove(
        definition, day, budget=budget, clock=time.monotonic, progress=progress,
        replay=replay, gettext=gettext,
    )  # fmt: skip


def _keep(meant: Definition, day: str, language: str, **members: Any) -> Proof:
    key = {"sha256": definitions.sha256(meant), "day": day, "language": language}
    blank = {"definition": "", "seen_at": timezone.now()}
    proof, _made = Proof.objects.update_or_create(**key, defaults={**blank, **members})
    last = Proof.objects.order_by("-pk").values_list("pk", flat=True)[MOST_KEPT : MOST_KEPT + 1]
    Proof.objects.filter(pk__lte=last[0] if last else 0).delete()
    return proof


def _send(proof: Proof) -> None:
    transaction.on_commit(lambda: prove_draft.enqueue(proof.pk))


@task()
def prove_draft(pk: int) -> None:
    """The worker's task: nothing where it was stopped or done in the meantime."""
    carry_out(pk)
