"""A browser of its own with a profile on the disk, which can be killed and started again."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.browser import A_PAGES_PATIENCE, ARGUMENTS, chromium

PATIENCE = 30.0
PORT_FILE = "DevToolsActivePort"


class Killable:
    """One profile, and the browser that runs on it. `context` is what the person sees."""

    def __init__(self, browser_type: Any, profile: Path, **environment: str) -> None:
        self.browser_type, self.profile = browser_type, profile
        self.environment = {**os.environ, **environment}
        self.process: subprocess.Popen[bytes] | None = None
        self.context: Any = None

    def start(self) -> Any:
        """Starts it; a fresh page."""
        port = self.profile / PORT_FILE
        port.unlink(missing_ok=True)
        command = [str(chromium()), *ARGUMENTS, "--remote-debugging-port=0", "--lang=en-GB"]
        self.process = subprocess.Popen(
            [*command, f"--user-data-dir={self.profile}", "about:blank"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that all its processes die with it
        )
        end = time.monotonic() + PATIENCE
        while not (port.exists() and port.read_text().count("\n")) and time.monotonic() < end:
            time.sleep(0.05)
        address = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        self.context = self.browser_type.connect_over_cdp(address).contexts[0]
        self.context.set_default_timeout(A_PAGES_PATIENCE)
        return self.context.new_page()

    def kill(self, how: int = signal.SIGKILL) -> None:
        """As the power button of a task manager does."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=20)
        self.process = None

    def written(self) -> list[Path]:
        """Every file of the profile."""
        return [file for file in self.profile.rglob("*") if file.is_file()]
