"""What a kind of effect is: its name, its words, what it is given. Its block, its check and its place in differences follow from that."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing an effect is given, in writing. `kind`: `code` (of something kept elsewhere), `date`, `answer` (names of this
    definition), `repeat` (the name of a repeat), `number`, `fact` (of a person), `name` (of something in another app).

    `label` is above its field, `words` in sentences. A code names `of` what it is; without that, what the argument is called.
    """

    kind: str
    label: str
    words: str
    optional: bool = False
    help: str = ""
    of: str = ""
    least: int = 1
    most: int = 3660
    default: int | None = None


@dataclass(frozen=True, slots=True)
class EffectKind:
    """A kind of effect. `label` is its block's, `words` are its own in sentences.

    `text`: the label of a text for people that it says, in every language; empty where it says nothing. `spawns`: it makes work
    in the `campaign` it is given, and may so be the cause of itself.
    """

    name: str
    label: str
    words: str
    icon: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    text: str = ""
    text_help: str = ""
    spawns: bool = False

    def kind_of(self, argument: str) -> str:
        """The kind of an argument; empty where it has none of that name."""
        found = self.arguments.get(argument)
        return "" if found is None else found.kind

    def of(self, argument: str) -> str:
        """What a code is the code of."""
        found = self.arguments.get(argument)
        return "" if found is None else found.of or argument
