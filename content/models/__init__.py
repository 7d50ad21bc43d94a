"""The page types, one a file. To add one: write its file, list it here and in PAGES."""

from content.models.base import AppPage
from content.models.document import DocumentPage
from content.models.folders import FolderPage, HomePage, LessonsPage
from content.models.form import FormPage
from content.models.lesson import LessonPage
from content.models.lists import ChoiceList, ListEdition
from content.models.script import ScriptPage
from content.models.script_test import ScriptTest
from content.models.sections import SectionEdition, SharedSection
from content.models.translations import TranslatedText
from content.models.window import Window
from content.proposals.models import Proposal
from content.reviews.models import Approval, Emergency, Notice, ReviewState
from content.reviews.task import ReviewTask

PAGES: dict[str, type[AppPage]] = {
    page.kind: page for page in (ScriptPage, FormPage, LessonPage, DocumentPage)
}

__all__ = [
    "PAGES",
    "AppPage",
    "Approval",
    "ChoiceList",
    "DocumentPage",
    "Emergency",
    "FolderPage",
    "FormPage",
    "HomePage",
    "LessonPage",
    "LessonsPage",
    "ListEdition",
    "Notice",
    "Proposal",
    "ReviewState",
    "ReviewTask",
    "ScriptPage",
    "ScriptTest",
    "SectionEdition",
    "SharedSection",
    "TranslatedText",
    "Window",
]
