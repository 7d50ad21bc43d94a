"""Installations whose servers, workers and commands are forked from one process that has imported everything.

Importing Django and Wagtail takes longer than most journeys use the processor. What runs is the same: granian, the worker, `manage.py`,
each a process of its own that can be killed. What measures memory, or kills at random, takes `Served` itself.
"""

import contextlib
import gc
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Self

from tests.environment import ROOT
from tests.served import Served


class Child:
    """A process that the mother gave birth to; it is asked as a `Popen` is."""

    def __init__(self, mother: "Mother", pid: int) -> None:
        self.mother, self.pid = mother, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self.mother.order(ask=self.pid)
        return self.returncode

    def wait(self, timeout: float = 60) -> int:
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        assert self.returncode is not None
        return self.returncode


class Mother:
    """The process that has everything imported, in the environment of one installation."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **what: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def bear(self, arguments: tuple[str, ...], log: Path, errors: Path | None = None) -> Child:
        """Run `python ARGUMENTS`, what it prints appended to `log` (and to `errors`)."""
        return Child(
            self, self.order(arguments=arguments, log=str(log), errors=str(errors or log))
        )

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=20)


class Forked(Served):
    """An installation that starts in a moment, and can be laid out afresh."""

    mother: Mother | None = None

    def afresh(self, like: Served) -> Self:
        """As `like` was left, nothing running, at the same address."""
        self.rest()
        shutil.rmtree(self.home)
        self.temporary.mkdir(parents=True)
        self._databases(like)
        self.began, self.commanded = (like,), False
        return self

    def rest(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def stop(self) -> None:
        super().stop()
        if self.mother:
            self.mother.end()
            self.mother = None

    def _bear(self, *told: Any) -> Child:
        self.mother = self.mother or Mother(self.environment)
        return self.mother.bear(*told)

    def _spawn(self, name: str, *arguments: str) -> None:
        self.processes[name] = self._bear(arguments, self.logs[name])

    def _run(self, *arguments: str, **environment: str) -> str:
        if environment:  # the mother has read hers
            return super()._run(*arguments, **environment)
        told, errors = self.home / "told", self.home / "errors"
        try:
            if self._bear(("manage.py", *arguments), told, errors).wait(timeout=280):
                raise RuntimeError(
                    f"manage.py {arguments[0]} failed:\n{told.read_text()}{errors.read_text()}"
                )
            return told.read_text()
        finally:
            told.unlink(missing_ok=True)
            errors.unlink(missing_ok=True)


def give_birth(arguments: list[str], log: str, errors: str) -> int:
    """Fork; the child runs `python ARGUMENTS` in a session of its own."""
    pid = os.fork()
    if pid:
        return pid
    code: Any = 1
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, file in ((1, log), (2, errors)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run(arguments)
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run(arguments: list[str]) -> None:
    import random

    random.seed()  # else all children draw alike
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


def ended(pid: int) -> int | None:
    """The code with which a child ended, None while it runs."""
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def warm_up() -> None:
    """What every child would do again for its first pages: read views, templates and translations."""
    from django.conf import settings
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template
    from django.template.utils import get_app_template_dirs
    from django.urls import get_resolver
    from django.utils.translation import gettext, override

    get_resolver().url_patterns  # noqa: B018  imports every view
    for folder in get_app_template_dirs("templates"):
        for file in folder.rglob("*.html"):
            with contextlib.suppress(TemplateDoesNotExist, TemplateSyntaxError):
                get_template(str(file.relative_to(folder)))
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Save")


def main() -> None:
    """Import everything, then carry out orders, a line each, until there are no more."""
    from django.db import connections

    import config.wsgi

    assert config.wsgi.application
    warm_up()
    gc.collect()
    gc.freeze()  # children share what is here
    connections.close_all()  # a child opens its own
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # nothing that is printed is taken for an answer
    for line in sys.stdin:
        order = json.loads(line)
        answer = ended(order["ask"]) if "ask" in order else give_birth(**order)
        answers.write(f"{json.dumps(answer)}\n")
        answers.flush()


if __name__ == "__main__":
    main()
