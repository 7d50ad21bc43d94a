"""`make coverage`: every branch of the pure core is walked by tests that need no database; 1 if one is not.

The core is what both engines are held to and what a right answer hangs on: the engine, conditions, values and question types. Random
plays (`tests/properties`) are left out: what they walk today they may not walk tomorrow.
"""

import subprocess
import sys

from tests.environment import CACHE, ROOT

CORE = ("runtime/engine", "builder/conditions", "builder/values", "builder/question_types")
TESTS = (
    "tests/spec",
    "tests/unit/conditions",
    "tests/unit/definition",
    "tests/unit/engine",
    "tests/unit/question_types",
    "tests/unit/values",
)


def main() -> int:
    """Run the tests and tell which branches are left."""
    CACHE.mkdir(exist_ok=True)
    played = coverage("run", f"--source={','.join(CORE)}", "-m", "pytest", "-q", *TESTS)
    return played or coverage("report")


def coverage(*arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "coverage", *arguments], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
