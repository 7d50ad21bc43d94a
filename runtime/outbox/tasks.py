"""The outbox as a task, for installations whose worker runs tasks only (the truth stays in the outbox' rows)."""

from django_tasks import task

from runtime.outbox import actions

MOST_AT_ONCE = 100


def carry_out_all(most: int = MOST_AT_ONCE) -> int:
    """Carries out what is due, at most `most` effects; how many it did."""
    done = 0
    while done < most and actions.carry_out():
        done += 1
    return done


@task()
def carry_out_due() -> None:
    carry_out_all()
