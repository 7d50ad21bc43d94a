"""The peers: which, in which versions, and how they come to this machine.

They come from the npm registry by name, into a folder that is not tracked, with the npm that comes with Node. Nothing of
them is committed, nor a lock file: that would hold addresses.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.environment import CACHE
from tests.node import node

PACKAGES = {
    "survey-core": "3.1.1",
    "@getodk/xforms-engine": "0.22.0",
    "json-logic-js": "2.0.5",
    "jsdom": "29.1.1",  # ODK's engine reads its forms with a browser's parser
}
FOLDER = CACHE / "peers"
PATIENCE = 300  # seconds for a download


class PeersMissing(Exception):
    """They could not be installed; says why."""


def peers() -> Path:
    """The folder with the peers in it, installed if they were not."""
    manifest = json.dumps({"private": True, "dependencies": PACKAGES})
    installed = FOLDER / "installed.json"
    if installed.exists() and installed.read_text() == manifest:
        return FOLDER
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text(manifest)
    _install()
    installed.write_text(manifest)
    return FOLDER


def _install() -> None:
    # Without a network it shall say so soon: npm would try for minutes.
    patient = [
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
    ]
    quiet = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
    command = [*npm(), "install", *quiet, *patient]
    path = f"{Path(node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        done = subprocess.run(
            command,
            cwd=FOLDER,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PeersMissing(f"npm was not done after {PATIENCE} s") from None
    if done.returncode:
        raise PeersMissing(f"npm could not install them: {done.stderr.strip()[:300]}")


def npm() -> list[str]:
    """How npm is called: the one beside our Node, else the machine's."""
    script = Path(node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.exists():
        return [node(), str(script)]
    found = shutil.which("npm")
    if found is None:
        raise PeersMissing("there is no npm: neither beside Node nor on this machine")
    return [found]


def complain(what: str, why: PeersMissing) -> None:
    """Say loudly what is not done; with CI=true it is a failure."""
    line = "!" * 72
    sys.stderr.write(f"\n{line}\n{what} WITHOUT THE PEERS: {why}\n{line}\n")
    if os.environ.get("CI") == "true":
        raise why
