"""What every question type says of itself."""

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from builder.question_types.base.door import Admitted
from builder.question_types.base.settings import Setting, Settings
from builder.values import AnswerType, Missing, Value, is_value
from builder.values.schemas import VALUE_SCHEMAS, Schema

if TYPE_CHECKING:
    from builder.problems import Problem
    from builder.question_types.base.part import Part

# The kinds of field a screen has. Screens have one row for each of these, whatever the types are: how it is drawn, how
# it is read, how an answer is put into it.
Control = Literal[
    "line",
    "area",
    "yes_no",
    "radios",
    "checks",
    "list",
    "scale",
    "rank",
    "parts",
    "file",
    "signature",
    "none",
]


class QuestionType:
    """The base of all types; what is here suits most of them."""

    name: ClassVar[str]
    label: ClassVar[str]
    answer_type: ClassVar[AnswerType]
    settings: ClassVar[tuple[Setting, ...]] = ()
    # Whether typed text is read on the server only, by a library the browser has no twin of.
    door: ClassVar[bool] = False
    # Whether any text is an answer, so that nothing that is typed can be misread.
    free: ClassVar[bool] = False

    # Whether nobody is asked: the answer is there beforehand or never, and no screen shows it.
    unasked: ClassVar[bool] = False
    # Whether some answers do not satisfy `required` (see `satisfies`).
    demanding: ClassVar[bool] = False

    # Whether `satisfies` also speaks where nothing is required: half an answer says nothing.
    whole: ClassVar[bool] = False

    # Whether its answers name files, which are kept sealed beside the record (see `base.stored`).
    stored: ClassVar[bool] = False

    # The ways in which a record may be found by its answers (`base.searching`); none where there are few answers.
    searches: ClassVar[tuple[str, ...]] = ()

    # In the author's editor: its icon, and how a right answer is written there.
    icon: ClassVar[str] = "help"
    right_hint: ClassVar[str] = ""
    # On a screen: the kind of field, the keyboard that a telephone offers, what may be typed beside the plain form.
    control: ClassVar[Control] = "line"
    keyboard: ClassVar[str] = "text"
    reading_hint: ClassVar[str] = ""

    @property
    def is_typed(self) -> bool:
        """Whether the answer is typed as a text that may turn out to mean nothing."""
        return self.control in {"line", "rank", "parts"} and not self.free

    @property
    def picks(self) -> bool:
        """Whether its answers are names of its choices, so that a filter may offer fewer of them."""
        return self.answer_type in {"one", "many", "ranked"}

    def admit(self, value: object, settings: Settings) -> Admitted:
        """The door for canonical JSON values: the declared type, sizes and choices; ranges are the engine's problems."""
        if value is Missing:
            return Admitted(Missing)
        if not is_value(self.answer_type, value):
            return Admitted(Missing, "type")
        return Admitted(value)  # type: ignore[arg-type]  # is_value has just said so

    def schema(self, settings: Settings) -> Schema:
        """Its answers as a JSON Schema: all that is admitted fits it, in the form it is kept in."""
        return VALUE_SCHEMAS[self.answer_type]

    def at_the_door(
        self, value: "Value", settings: Settings, language: str
    ) -> "Value | None | Problem":
        """What a library on the server makes of an admitted value; the Problem of one it cannot read."""
        return self.read(str(value), settings, "", language) if self.door else value

    def parts(self, settings: Settings) -> "tuple[Part, ...]":
        """The parts of an answer that has some."""
        return ()

    def part(self, name: str, settings: Settings) -> "Part | None":
        """One part by its name."""
        return next((part for part in self.parts(settings) if part.name == name), None)

    def satisfies(self, value: Any, settings: Settings) -> bool:
        """Whether an answer is enough where one is required; asked of demanding types only."""
        raise NotImplementedError

    def faults(self, settings: Settings) -> tuple[str, ...]:
        """What is wrong with settings that can be read: English sentences."""
        return ()

    def too_few(self, settings: Settings) -> bool:
        """Whether the answers are so few that their tokens would tell them; asked of types with `searches`."""
        return False

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        """What a person means who typed this: a canonical value, Missing, or a Problem that says what is expected."""
        raise NotImplementedError

    def show(self, value: Any, settings: Settings, language: str) -> str:
        """The value as people read it."""
        return str(value)

    def columns(self, name: str, settings: Settings) -> tuple[str, ...]:
        """The columns an export has for it: one, named like the question."""
        return (name,)

    def column_labels(self, settings: Settings, language: str, source: str) -> tuple[str, ...]:
        """What each column tells beside the question's label; empty texts where there is nothing to add."""
        return ("",) * len(self.columns("", settings))

    def cells(self, value: Any, settings: Settings) -> tuple[str, ...]:
        """What stands in these columns; empty texts for Missing."""
        return ("" if value is Missing else str(value),)
