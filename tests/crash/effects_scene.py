"""Run on an installation whose workers are killed: `prepare RECORDS WEB_PORT` ends calls with four effects each, `count` says what
became of them."""

import json
import sys

if __name__ == "__main__":
    import django

    django.setup()

    from tests.crash import effects_story as story

    done = story.prepare(*sys.argv[2:]) if sys.argv[1] == "prepare" else story.count()
    print(json.dumps(done))
