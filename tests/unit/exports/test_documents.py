"""Documents: issued from effective answers, numbered, sealed, printed with a purpose, revoked, verified."""

import datetime
import io
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from builder.models import Version
from exports.documents.actions import DocumentRefused, Holding, issue, revoke
from exports.documents.effects import issue_document, open_for_document
from exports.documents.models import Document
from exports.documents.printing import print_document
from exports.limits import MOST
from exports.vaulted import VaultError
from runtime.audit.models import AccessLog
from runtime.outbox import actions as outbox
from runtime.outbox import handlers
from runtime.outbox.models import Effect
from runtime.parties import actions as parties
from runtime.records import actions as records
from tests.unit.exports.given import ANN, FEVERISH, Make, publish
from tests.unit.exports.making import body, display, section

UNTIL = Holding(datetime.date(2026, 11, 20), datetime.date(2026, 11, 30))


def printed(document: Document, by: Any) -> str:
    data = print_document(document=document, by=by, purpose="hand_out")
    return " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())


def test_the_text_holds_answers_calculations_and_the_documents_own_facts(
    make: Make, template: Version, agent: Any
) -> None:
    document = issue(template=template, record=make(**FEVERISH), by=agent, holding=UNTIL)
    text = printed(document, agent)
    assert "Ann Peeters stays at home until 30 November 2026." in text
    assert f"Number {document.number}, severity: the hard" in text
    assert "For the agent only" not in text
    assert "85073000160" not in text


def test_it_is_written_in_the_records_language(make: Make, template: Version, agent: Any) -> None:
    document = issue(
        template=template, record=make(**FEVERISH, language="fr"), by=agent, holding=UNTIL
    )
    assert document.language == "fr"
    assert "reste chez soi jusqu\u2019au 30 novembre 2026" in printed(document, agent)


def test_two_languages_may_stand_on_one_document(
    make: Make, template: Version, agent: Any
) -> None:
    document = issue(
        template=template, record=make(**FEVERISH), by=agent, holding=UNTIL, language="fr+en"
    )
    text = printed(document, agent)
    assert "30 novembre 2026" in text
    assert "30 November 2026" in text


def test_a_hidden_answer_is_not_printed(make: Make, template: Version, agent: Any) -> None:
    document = issue(template=template, record=make(**{**FEVERISH, "fever": False}), by=agent)
    assert "Ann Peeters stays at home until \u2013." in printed(document, agent)


def test_what_the_record_does_not_tell_comes_from_the_party(
    make: Make, template: Version, agent: Any
) -> None:
    person, _ = parties.find_or_create(
        facts={"given_name": "Zoë", "family_name": "Maes"}, by=agent, purpose="test"
    )
    record = make(fever=True, onset="2026-11-20", severity="mild")
    record.party = person
    record.save()
    assert "Zoë Maes stays" in printed(issue(template=template, record=record, by=agent), agent)


def test_it_does_not_change_when_the_record_does(
    make: Make, template: Version, agent: Any
) -> None:
    record = make(**FEVERISH)
    document = issue(template=template, record=record, by=agent)
    records.reopen(record, "a mistake", by=agent)
    assert "Ann Peeters" in printed(document, agent)


def test_numbers_follow_each_other_without_gaps(make: Make, template: Version, agent: Any) -> None:
    record = make(**FEVERISH)
    first = issue(template=template, record=record, by=agent)
    with transaction.atomic():
        issue(template=template, record=record, by=agent)
        transaction.set_rollback(True)
    second = issue(template=template, record=record, by=agent)
    year = timezone.localdate().year
    assert (first.number, second.number) == (f"{year}-000001", f"{year}-000002")
    assert first.code != second.code


def test_an_unknown_placeholder_refuses_the_document_and_takes_no_number(
    make: Make, agent: Any
) -> None:
    template = publish(
        body(section("text", display([{"answer": "nobody_knows"}])), kind="document", name="odd")
    )
    with pytest.raises(DocumentRefused) as refused:
        issue(template=template, record=make(**ANN), by=agent)
    assert (refused.value.code, refused.value.name) == ("unknown_placeholder", "nobody_knows")
    assert not Document.objects.exists()


def test_a_document_that_ends_before_it_begins_is_refused(
    make: Make, template: Version, agent: Any
) -> None:
    with pytest.raises(DocumentRefused, match="ends_before"):
        issue(
            template=template,
            record=make(**ANN),
            by=agent,
            holding=Holding(UNTIL.valid_until, UNTIL.valid_from),
        )


def test_nothing_of_it_lies_in_clear(make: Make, template: Version, agent: Any) -> None:
    document = issue(template=template, record=make(**FEVERISH), by=agent, holding=UNTIL)
    assert b"Peeters" not in bytes(document.sealed)
    other = issue(template=template, record=document.record, by=agent)
    Document.objects.filter(pk=other.pk).update(sealed=bytes(document.sealed))
    other.refresh_from_db()
    with pytest.raises(VaultError):
        print_document(document=other, by=agent, purpose="hand_out")


def test_after_an_erasure_it_cannot_be_printed(
    make: Make, template: Version, client_of: Any, supervisor: Any
) -> None:
    record = make(**FEVERISH, party=True)
    document = issue(template=template, record=record, by=supervisor)
    parties.erase(party=record.party, by=supervisor, purpose="erasure")
    answer = client_of(supervisor).post(f"/document/{document.pk}.pdf", {"purpose": "hand_out"})
    assert answer.status_code == 410


def effect_of(record: Any, **arguments: str) -> Effect:
    outbox.enqueue(
        effect="issue_document", key=str(uuid.uuid4()), arguments=arguments, record=record.pk
    )
    return Effect.objects.order_by("-created_at").first()  # type: ignore[return-value]


def carried_out(effect: Effect) -> Document:
    """As the outbox does it."""
    effect.prepared = open_for_document(effect.arguments, effect)
    return issue_document(effect.arguments, effect)


def test_an_outcome_issues_the_document_once(make: Make, template: Version, agent: Any) -> None:
    record = make(**FEVERISH, finish=False)
    assert isinstance(records.finish(record.pk, "done", by=agent), records.Settled)
    effect = Effect.objects.get(effect="issue_document")
    assert outbox.carry_out()
    document = Document.objects.get()
    assert (document.valid_from, document.valid_until) == (
        datetime.date(2026, 11, 20),
        datetime.date(2026, 11, 30),
    )
    assert carried_out(effect) == document
    assert Document.objects.count() == 1


def test_a_second_document_of_an_amended_record_replaces_the_first(
    make: Make, template: Version
) -> None:
    record = make(**FEVERISH)
    first = carried_out(effect_of(record, document="certificate"))
    second = carried_out(effect_of(record, document="certificate"))
    first.refresh_from_db()
    assert (first.reason, second.revoked_at) == ("replaced", None)
    assert first.revoked_at is not None


def test_an_effect_without_its_template_is_refused_for_good(make: Make) -> None:
    with pytest.raises(handlers.Refused) as refused:
        carried_out(effect_of(make(**ANN), document="absent"))
    assert (refused.value.code, refused.value.final) == ("document no_template", True)


def test_what_was_opened_for_a_document_stays_in_the_log_when_issuing_fails(
    make: Make, template: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise OSError

    record = make(fever=True, party=True)  # the template asks for names, which the person tells
    effect = effect_of(record, document="certificate")
    monkeypatch.setattr("exports.documents.actions.seal_facts", fails)
    assert outbox.carry_out()
    effect.refresh_from_db()
    assert (effect.last_problem, Document.objects.count()) == ("OSError", 0)
    logged = AccessLog.objects.filter(purpose="issue_document").order_by("pk")
    assert list(logged.values_list("deed", "record")) == [
        ("document", record.pk),
        ("open", record.pk),
        ("open", None),
    ]


def test_a_print_has_a_purpose_and_is_logged(
    make: Make, template: Version, client_of: Any, supervisor: Any
) -> None:
    document = issue(template=template, record=make(**FEVERISH), by=supervisor)
    client = client_of(supervisor)
    assert client.post(f"/document/{document.pk}.pdf", {}).status_code == 400
    assert client.get(f"/document/{document.pk}.pdf").status_code == 405
    answer = client.post(f"/document/{document.pk}.pdf", {"purpose": "hand_out"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    row = AccessLog.objects.get(deed="print")
    assert (row.by, row.purpose, row.detail) == (supervisor, "hand_out", document.number)


def test_an_agent_prints_only_what_he_sat_at_or_opened_lately(
    make: Make, template: Version, client_of: Any, agent: Any
) -> None:
    from tests.people import make_person

    other = make_person("other", "agent")
    record = make(**FEVERISH, finish=False)
    document = issue(template=template, record=record, by=None)
    address = f"/document/{document.pk}.pdf"
    assert client_of(other).post(address, {"purpose": "hand_out"}).status_code == 404
    assert document.number not in client_of(other).get("/documents/").content.decode()
    records.open_session(record=record, by=other, kind="agent", purpose="call")
    assert client_of(other).post(address, {"purpose": "hand_out"}).status_code == 200
    assert document.number in client_of(other).get("/documents/").content.decode()


def test_revoking_has_a_reason_and_a_person(
    make: Make, template: Version, client_of: Any, supervisor: Any
) -> None:
    document = issue(template=template, record=make(**FEVERISH), by=supervisor)
    address = f"/document/{document.pk}/revoke/"
    client = client_of(supervisor)
    assert client.get(address).status_code == 200
    assert client.post(address, {"purpose": "I say so"}).status_code == 400
    assert client.post(address, {"purpose": "mistake"}).status_code == 302
    document.refresh_from_db()
    assert (document.revoked_by, document.reason) == (supervisor, "mistake")
    assert "REVOKED" in printed(document, supervisor)
    again = revoke(document=document, by=supervisor, reason="requested")
    assert again.reason == "mistake"


def said(client: Any, code: str) -> str:
    return str(client.get(f"/verify/{code}/").content.decode())


def test_the_public_page_says_valid_revoked_or_unknown_and_no_name(
    make: Make, template: Version, client_of: Any, supervisor: Any
) -> None:
    public = client_of(None)
    until = Holding(None, timezone.localdate() + datetime.timedelta(days=3))
    document = issue(template=template, record=make(**FEVERISH), by=supervisor, holding=until)
    page = said(public, document.grouped_code.lower())
    assert "Valid until" in page
    assert document.number not in page
    assert "Peeters" not in page
    assert "Unknown" in said(public, "ABCD-EFGH-IJKL-MNOP")
    assert "Unknown" in said(public, "<script>")
    revoke(document=document, by=supervisor, reason="mistake")
    page = said(public, document.code)
    assert "Revoked" in page
    assert "Valid until" not in page


def test_a_document_whose_last_day_has_passed_is_not_called_valid_until(
    make: Make, template: Version, client_of: Any, agent: Any
) -> None:
    past = Holding(None, timezone.localdate() - datetime.timedelta(days=1))
    document = issue(template=template, record=make(**ANN), by=agent, holding=past)
    assert "Was valid until" in said(client_of(None), document.code)


def test_the_form_leads_to_the_page_of_the_code(client_of: Any) -> None:
    public = client_of(None)
    assert public.get("/verify/").status_code == 200
    answer = public.post("/verify/", {"code": " abcd-efgh-ijkl-mnop "})
    assert answer["Location"] == "/verify/abcd-efgh-ijkl-mnop/"
    assert public.post("/verify/", {"code": "/" * 900}).status_code == 200


def test_guessing_is_slowed_down(client_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    public = client_of(None)
    monkeypatch.setattr("exports.limits.time.time", lambda: 1_000_000.0)
    answers = [public.get("/verify/ABCDEFGHIJKLMNOP/").status_code for _ in range(MOST + 2)]
    assert answers == [200] * MOST + [429] * 2
    limited = public.get("/verify/ABCDEFGHIJKLMNOP/")
    assert limited.status_code == 429
    assert limited["Retry-After"] == "60"
    assert public.get("/verify/ABCDEFGHIJKLMNOP/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_persons_page_lists_the_documents_without_opening_them(
    make: Make, template: Version, agent: Any
) -> None:
    from exports.documents.panel import documents_of

    record = make(**FEVERISH, party=True)
    first = issue(template=template, record=record, by=agent)
    second = issue(template=template, record=record, by=agent)
    revoke(document=first, by=agent, reason="mistake")
    before = AccessLog.objects.count()
    lines = documents_of(record.party_id, None)
    assert [(line.text.split()[-1], line.tone) for line in lines] == [
        (second.number, "good"),
        (first.number, "bad"),
    ]
    assert AccessLog.objects.count() == before
