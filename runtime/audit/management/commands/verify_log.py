"""`manage.py verify_log`: is the access log what it was? Exit code 0 when it is, 1 when not, 2 when it could not be read."""

import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from runtime.audit.actions import keep_verification
from runtime.audit.checkpoints import Checkpoint, Unreadable, public_keys, read
from runtime.audit.models import SealedRow
from runtime.audit.reports import Report, signed
from runtime.audit.verifying import verify


class Command(BaseCommand):
    help = "Holds the access log against its checkpoints and says what was changed, removed, put in or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoints",
            type=Path,
            help="the file of checkpoints (LOG_CHECKPOINTS); better a copy that this machine cannot write",
        )
        parser.add_argument(
            "--public-key",
            type=Path,
            metavar="FILE",
            help="hold signatures against the keys of this file (lines of `number base64`), not against the key ring",
        )
        parser.add_argument(
            "--last",
            type=int,
            metavar="N",
            help="only what came since the last N checkpoints but one: what is older is taken from the checkpoint before",
        )

    def handle(
        self, *, checkpoints: Path | None, public_key: Path | None, last: int | None, **_o: Any
    ) -> None:
        began, report = time.monotonic(), Report()
        file = checkpoints or settings.LOG_CHECKPOINTS
        try:
            kept = self._checkpoints(file, public_key, report)
            verify(
                kept,
                report,
                now=timezone.now(),
                after=max(0, len(kept) - last) if last else 0,
                progress=self._progress(),
            )
        except Unreadable as problem:
            raise CommandError(str(problem), returncode=2) from None
        except DatabaseError as problem:
            told = f"The log cannot be read ({type(problem).__name__}): the database is away, not migrated, or something else than text stands in it."
            raise CommandError(told, returncode=2) from None
        seconds = time.monotonic() - began
        self._tell(report, seconds)
        self._keep(report, seconds)
        if not report.holds:
            raise CommandError("The access log is not what it was.", returncode=1)

    def _checkpoints(
        self, file: Path, public_key: Path | None, report: Report
    ) -> list[Checkpoint]:
        kept = signed(read(file), report, public_keys(public_key) if public_key else None)
        if not kept:
            report.notes.append(
                f"There are no checkpoints in {file}: only what lies in the database itself was compared, which who can write it can make fit."
            )
        return kept

    def _progress(self) -> Any:
        total, shown = max(1, SealedRow.objects.count()), sys.stderr.isatty()

        def progress(done: int) -> None:
            if shown:
                self.stderr.write(
                    f"\r{done:,} of {total:,} rows ({100 * done // total} %)", ending=""
                )
                self.stderr.write("\n" if done >= total else "", ending="")

        return progress

    def _tell(self, report: Report, seconds: float) -> None:
        for fault in report.faults:
            self.stdout.write(self.style.ERROR(f"FAULT  {fault}"))
        if report.more:
            self.stdout.write(self.style.ERROR(f"FAULT  and {report.more} more."))
        for note in report.notes:
            self.stdout.write(f"note   {note}")
        verdict = "No fault." if report.holds else f"{len(report.faults) + report.more} faults."
        self.stdout.write(
            f"{report.size} rows, {report.checkpoints} checkpoints, {seconds:.1f} s. {verdict}"
        )

    def _keep(self, report: Report, seconds: float) -> None:
        """The auditor's screen says when it was verified; a database that may only be read says nothing."""
        try:
            keep_verification(
                size=report.size,
                checkpoints=report.checkpoints,
                faults=len(report.faults) + report.more,
                seconds=seconds,
            )
        except DatabaseError:
            self.stdout.write("note   That it was verified could not be written down.")
