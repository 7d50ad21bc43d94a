"""Who may translate: whoever may write both sides. wagtail-localize itself asks for one right, whatever the page is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


def may_write(page: Page, locale: Locale, user: Any) -> bool:
    """Whether somebody may write what stands, or would stand, for a page in a language."""
    target = page.get_translation_or_none(locale)
    if target is not None and not target.alias_of_id:
        permissions = target.permissions_for_user(user)
        return bool(permissions.can_edit() and not permissions.page_locked())
    for folder in page.get_ancestors().filter(depth__gt=1).order_by("-depth"):
        above = folder.get_translation_or_none(locale)
        if above is not None:
            return bool(above.specific.permissions_for_user(user).can_add_subpage())
    return bool(page.permissions_for_user(user).can_edit())


def submit_page(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """wagtail-localize's form, for whoever may edit the page and write in the languages that were chosen."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    chosen = [one for one in request.POST.getlist("locales") if one.isascii() and one.isdigit()]
    if not all(may_write(page, one, request.user) for one in Locale.objects.filter(pk__in=chosen)):
        raise PermissionDenied
    return SubmitPageTranslationView.as_view()(request, page_id=page_id)


def update(request: HttpRequest, translation_source_id: int) -> HttpResponseBase:
    """wagtail-localize's form, for whoever may edit the source and its translations; publishing them asks for that right."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    pages = Page.objects.filter(translation_key=source.object_id, alias_of=None)
    for page in pages:
        permissions = page.permissions_for_user(request.user)
        publishes = "publish_translations" in request.POST and page.locale_id != source.locale_id
        if not permissions.can_edit() or (publishes and not permissions.can_publish()):
            raise PermissionDenied
    if not pages and not _may_change(source.specific_content_type, request.user):
        raise PermissionDenied
    return UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)


def _may_change(kind: Any, user: Any) -> bool:
    """What is no page: a shared section."""
    return bool(user.has_perm(f"{kind.app_label}.change_{kind.model}"))


@hooks.register("register_admin_urls", order=-1)  # met before the addresses they stand for
def own_urls() -> list[URLPattern]:
    return [
        path("localize/submit/page/<int:page_id>/", submit_page, name="translate-page"),
        path("localize/update/<int:translation_source_id>/", update, name="translate-page-again"),
    ]
