"""What all pages that become an app share: code, body, outcomes, and what happens when they go live.

Wagtail reaches `Page.publish` from workflows and schedules, but its editor calls the publishing action itself. What all
ways share is that the page is saved with a new live revision; so that is where the version is made, in the same
transaction, and a problem vetoes the whole.
"""

import json
import logging
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.log_actions import LogContext, get_active_log_context, log
from wagtail.models import Page

from builder import publish as publishing
from builder.blocks import BodyBlock, OutcomesBlock
from builder.blocks.packing import PackedStreamField
from content.codes import CODE
from content.forms import AppPageForm
from content.named import with_names
from content.previews import preview
from content.signals import going_live

logger = logging.getLogger("scriptorium.content")
AUTHORS = HelpPanel(template="content/authors.html", classname="authors-panel")
SCHEDULED = "wagtail.publish.scheduled"


class AppPage(Page):
    """A page whose published body is a Version of an app."""

    kind: ClassVar[str]
    base_form_class = AppPageForm
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    exclude_fields_in_copy: ClassVar[list[str]] = ["code", "version_note"]  # a copy is a new app

    code = models.CharField(
        _("code"),
        max_length=63,
        blank=True,
        validators=[
            RegexValidator(CODE, _("Small letters, digits and _ only, beginning with a letter."))
        ],
        help_text=_(
            "The app's name in addresses and files. Left empty, it is made of the slug. Fixed once published."
        ),
    )
    version_note = models.CharField(
        _("note for this version"),
        max_length=500,
        blank=True,
        help_text=_("What changes with the next publishing, and why. Shown in the history."),
    )
    complete_in = models.JSONField(
        _("whole in"),
        default=list,
        blank=True,
        help_text=_(
            "It is not released while texts lack a translation in these languages, or were translated before they changed."
        ),
    )
    body = PackedStreamField(BodyBlock("script"), blank=True)
    outcomes = PackedStreamField(OutcomesBlock("script"), blank=True)

    settings_panels_of_kind: ClassVar[list[Any]] = []
    body_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", help_text=_("What people call it.")),
        HelpPanel(heading=_("Check"), template="content/check_status.html"),
        FieldPanel("body", heading=_("Body")),
        FieldPanel("outcomes", heading=_("Outcomes")),
    ]

    class Meta:
        abstract = True

    @classmethod
    def edit_handler_of_kind(cls) -> TabbedInterface:
        """The tabs of the editor page."""
        app = MultiFieldPanel(
            [
                FieldPanel("code"),
                *cls.settings_panels_of_kind,
                FieldPanel("complete_in"),
                FieldPanel("version_note"),
            ],
            _("App"),
        )
        return TabbedInterface(
            [
                ObjectList([AUTHORS, *cls.body_panels], heading=_("Content")),
                ObjectList([app, FieldPanel("slug")], heading=_("App")),
                ObjectList(cls.settings_panels, heading=_("Publishing")),
            ]
        )

    def definition_settings(self) -> dict[str, Any]:
        """The settings of the kind of page, for `builder.compile`."""
        return {}

    def save(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            before = (
                type(self)
                .objects.filter(pk=self.pk)
                .values_list("live_revision_id", flat=True)
                .first()
            )
            saved = super().save(*args, **kwargs)
            if (
                self.live
                and self.alias_of_id is None
                and self.live_revision_id not in (None, before)
            ):
                self._make_version()
        return saved

    def _make_version(self) -> None:
        by = get_active_log_context().user or self.live_revision.user
        going_live.send(sender=AppPage, page=self, by=by)
        publishing.publish(self, by=by)
        self._keep_names(publishing.names_of_page(self))

    def _keep_names(self, names: dict[str, str]) -> None:
        """Write the names that were made into the live page and its revision, and empty the version's note."""
        streams = {
            field: with_names(getattr(self, field), names) for field in ("body", "outcomes")
        }
        for field, stream in streams.items():
            setattr(self, field, json.dumps(stream))
        self.code, self.version_note = publishing.code_of_page(self), ""
        type(self).objects.filter(pk=self.pk).update(
            code=self.code, version_note="", body=self.body, outcomes=self.outcomes
        )
        revision = self.live_revision
        if revision.object_id == str(self.pk):
            texts = {field: json.dumps(stream) for field, stream in streams.items()}
            revision.content = {**revision.content, **texts, "code": self.code, "version_note": ""}
            revision.save(update_fields=["content"])

    def save_revision(self, *args: Any, **options: Any) -> Any:
        """As Wagtail's. From the editor page it goes through its sitting, which joins what two save at once."""
        sitting = getattr(self, "sitting", None)
        if sitting is None:
            return super().save_revision(*args, **options)
        return sitting.save(super().save_revision, self, *args, **options)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """As Wagtail's. Raises PublishVetoed, also when scheduling; what a schedule publishes is only logged."""
        scheduled = options.get("log_action") == SCHEDULED
        try:
            with transaction.atomic(), LogContext(user=user):
                self._check_scheduling(revision)
                return super().publish(revision, user=user, **options)
        except publishing.PublishVetoed as veto:
            if not scheduled:
                raise
            self._refuse_scheduled(revision, veto)

    def _check_scheduling(self, revision: Any) -> None:
        page = revision.as_object()
        if page.go_live_at and page.go_live_at > timezone.now():
            publishing.check_release(page)

    def _refuse_scheduled(self, revision: Any, veto: Exception) -> None:
        """One page's failure does not stop the others; it is not tried again, and the page's history says why."""
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(instance=self, action="content.veto", revision=revision, data={"problems": str(veto)})
        logger.warning("Scheduled publishing of page %s was vetoed", self.pk)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no public site: a page is its app."""
        return HttpResponseRedirect(reverse("versions", args=[self.code]))

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview(self)

    def get_admin_display_title(self) -> str:
        return super().get_admin_display_title() or gettext("Untitled")
