"""People: made known, or found by the keys that are theirs; read as far as the clearance of the token goes."""

from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Header, Path, Router

from runtime.api import people, reach, shapes
from runtime.api.actions import kept
from runtime.api.answers import answer, not_again, tag_of
from runtime.api.bearer import Bearer, token_of
from runtime.api.models import Token
from runtime.api.problems import Refused
from runtime.api.scopes import PARTIES_READ, PARTIES_WRITE
from runtime.api.views.items import Key
from runtime.parties.store import open_party

router = Router(tags=["parties"])


@router.get(
    "/parties/{uuid:party}",
    auth=Bearer(PARTIES_READ),
    response=shapes.Party,
    summary=_("Read what is known of a person"),
)
def read_party(request: HttpRequest, party: Path[UUID]) -> HttpResponse:
    """Its tag is made of what lies sealed: a person who has not changed is not opened again."""
    token = token_of(request)
    row = get_object_or_404(reach.parties(token), pk=party)
    readable = reach.facts(token)
    tag = tag_of([bytes(row.sealed).hex(), sorted(readable)])
    known_already = not_again(request, tag)
    if known_already is not None:
        return known_already
    known = open_party(row, by=None, purpose=token.logged_as).known()
    shown = shapes.Party(
        id=row.pk,
        kind=row.kind,
        facts={name: value for name, value in known.items() if name in readable},
        withheld=sorted(known.keys() - readable),
    )
    return answer(shown.model_dump(mode="json"), tag=tag)


@router.post(
    "/parties",
    auth=Bearer(PARTIES_WRITE),
    response={201: shapes.Known, 200: shapes.Known},
    summary=_("Make a person known"),
)
def make_party(
    request: HttpRequest,
    told: shapes.NewParty,
    key: Annotated[Key, Header(alias="Idempotency-Key")],
) -> HttpResponse:
    """A token that is bound to campaigns makes people known with their item: else it would come to people of other campaigns."""
    token = token_of(request)
    if not token.everywhere:
        raise Refused("bound")
    asked = kept.Asked(token, key, b"POST parties\0" + request.body)
    try:
        done = kept.once(asked=asked, now=timezone.now(), do=lambda: _make(token, told))
    except kept.KeyReused:
        raise Refused("key_reused") from None
    made = answer(done.body, status=done.status, place=f"/api/v1/parties/{done.body['id']}")
    made["Idempotency-Replayed"] = "true" if done.again else "false"
    return made


def _make(token: Token, told: shapes.NewParty) -> kept.Answer:
    facts = people.read_facts(
        told.person, language=settings.LANGUAGE_CODE, today=timezone.localdate()
    )
    party, new, differing = people.matched(facts, token=token)
    body = {"id": str(party.pk), "created": new, "differing": differing}
    return kept.Answer(201 if new else 200, body)
