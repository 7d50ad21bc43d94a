"""What a new installation needs before the first page is written; each step may run again and again."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content.models import HomePage, LessonsPage, ReviewTask

REVIEW = "Review"
WORKSHOP = ("editor", "trainer", "reviewer", "admin")
# Which of Wagtail's page permissions a role has on the home page, and on the lessons' folder.
ON_HOME: Mapping[str, tuple[str, ...]] = {
    "editor": ("add_page", "change_page", "publish_page"),
    "reviewer": ("change_page", "publish_page", "lock_page"),
    "admin": (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}
ON_LESSONS: Mapping[str, tuple[str, ...]] = {
    "trainer": ("add_page", "change_page", "publish_page")
}
# What a role may do with what scripts share: lists of choices, sections.
ON_SHARED: Mapping[str, tuple[str, ...]] = {
    "editor": ("add", "change", "publish", "delete"),
    "trainer": ("add", "change", "publish"),
    "reviewer": ("change", "publish", "lock", "unlock"),
    "admin": ("add", "change", "publish", "delete", "lock", "unlock"),
}
# What an administrator settles: what a release needs, which languages there are. People and rights are no matter of the workshop.
SETTLED = ("workflow", "task", "locale")
WAGTAILS_OWN = ("Moderators", "Editors")


def set_up() -> HomePage:
    """Languages, the top of the tree, what roles may do there, and the review."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    home = _home()
    lessons = _lessons(home)
    for page, roles in ((home, ON_HOME), (lessons, ON_LESSONS)):
        for each in (page, *_in_other_languages(page)):
            for role, permissions in roles.items():
                _permit(role, each, permissions)
    _open_workshop()
    _open_shared()
    _open_settings()
    _review(home)
    Group.objects.filter(name__in=WAGTAILS_OWN).delete()
    return home


def _home() -> HomePage:
    home = HomePage.objects.filter(locale=Locale.get_default()).order_by("depth", "pk").first()
    if home is None:
        root = Page.objects.get(depth=1)
        # Wagtail's own welcome page holds the slug and the site.
        Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(title="Scriptorium", slug="home", locale=Locale.get_default())
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    return home


def _lessons(home: HomePage) -> LessonsPage:
    found = LessonsPage.objects.child_of(home).first()
    return found or home.add_child(
        instance=LessonsPage(title="Lessons", slug="lessons", locale=home.locale)
    )


def _in_other_languages(page: Page) -> list[Page]:
    """Each language has its own tree; translations of pages stand there."""
    for locale in Locale.objects.exclude(pk=page.locale_id):
        if not page.has_translation(locale):
            translated = page.copy_for_translation(locale)
            translated.save_revision().publish()
    if page.latest_revision is None:
        page.save_revision().publish()  # last, so that the workshop lists the source language first
    return list(page.get_translations())


def _permit(role: str, page: Page, permissions: tuple[str, ...]) -> None:
    group, _made = Group.objects.get_or_create(name=role)
    for codename in permissions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _open_workshop() -> None:
    """Wagtail's admin opens for those who write or review; who reviews may also say why a gate does not matter."""
    permission = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for role in WORKSHOP:
        Group.objects.get_or_create(name=role)[0].permissions.add(permission)
    translate = Permission.objects.filter(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    for role in ("editor", "trainer", "admin"):
        Group.objects.get(name=role).permissions.add(*translate)
    committee = Permission.objects.filter(
        content_type__app_label="content", codename="decide_proposal"
    )
    for role in ("editor", "reviewer", "admin"):
        Group.objects.get(name=role).permissions.add(*committee)
    emergency = Permission.objects.filter(
        content_type__app_label="content", codename="release_in_emergency"
    )
    for role in ("editor", "reviewer", "admin"):
        Group.objects.get(name=role).permissions.add(*emergency)
    overriding = Permission.objects.filter(
        content_type__app_label="builder", codename__startswith="override_"
    )
    for role in ("reviewer", "admin"):
        Group.objects.get(name=role).permissions.add(*overriding)


def _open_shared() -> None:
    for role, deeds in ON_SHARED.items():
        models = ("choicelist", "sharedsection")
        codenames = [f"{deed}_{model}" for deed in deeds for model in models]
        found = Permission.objects.filter(
            content_type__app_label="content", codename__in=codenames
        )
        Group.objects.get_or_create(name=role)[0].permissions.add(*found)


def _open_settings() -> None:
    codenames = [f"{deed}_{model}" for deed in ("add", "change", "delete") for model in SETTLED]
    found = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    )
    Group.objects.get_or_create(name="admin")[0].permissions.add(*found)


def _review(home: HomePage) -> None:
    """One step: a reviewer approves, which publishes. That nothing is released without it is for an administrator to say."""
    workflow, _made = Workflow.objects.get_or_create(name=REVIEW)
    task = ReviewTask.objects.filter(name=REVIEW).first()
    if task is None:
        task = ReviewTask.objects.create(name=REVIEW)
        task.groups.set([Group.objects.get(name="reviewer")])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowTask.objects.filter(workflow=workflow, task__name=REVIEW).exclude(task=task).delete()
    for each in (home, *_in_other_languages(home)):
        WorkflowPage.objects.get_or_create(page=each, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).filter(name="Moderators approval").update(
        active=False
    )
