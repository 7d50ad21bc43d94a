"""Which small faults a module may have: each is one node of its tree put in another's place.

Left alone is what no test can or should notice: annotations, docstrings, decorators, `__slots__`, texts for people (those that are
translated, and any with a blank in it), what only the type checker reads, and abstract methods.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Step = tuple[str, int | None]

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_UNREAD = {"annotation", "returns", "decorator_list", "type_comment", "format_spec", "type_params"}
_NO_LOGIC = {"cast", "TypeVar", "NewType", "_", "NotImplementedError", "namedtuple"}
_OF_TYPES = {"Protocol"}
_NAMES_OF_LISTS = {"__slots__", "__all__"}


@dataclass(frozen=True)
class Fault:
    """One fault: where it lies in the tree, and what stands there instead. `inside`: in the body of a function; `word`: the text
    that is changed."""

    line: int
    last: int
    says: str
    way: tuple[Step, ...]
    instead: ast.AST
    inside: bool
    word: str = ""

    def planted(self, source: str) -> ast.Module:
        """The module with it."""
        tree = ast.parse(source)
        node: Any = tree
        *way, (field, at) = self.way
        for name, index in way:
            node = getattr(node, name)
            node = node if index is None else node[index]
        if at is None:
            setattr(node, field, self.instead)
        else:
            getattr(node, field)[at] = self.instead
        return ast.fix_missing_locations(tree)


def faults(source: str) -> list[Fault]:
    """All faults of a module, in the order of its lines."""
    return list(_within(ast.parse(source), (), inside=False))


def _within(node: ast.AST, way: tuple[Step, ...], *, inside: bool) -> Iterator[Fault]:
    for field, value in ast.iter_fields(node):
        if field in _UNREAD:
            continue
        deeper = inside or (
            field in {"body", "args"} and isinstance(node, ast.FunctionDef | ast.Lambda)
        )
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for at, child in children:
            if isinstance(child, ast.AST) and not _left_alone(child):
                here = (*way, (field, at))
                for says, instead in _instead(node, field, child):
                    ast.copy_location(instead, child)
                    line = getattr(child, "lineno", getattr(node, "lineno", 1))
                    last = getattr(child, "end_lineno", line) or line
                    yield Fault(line, last, says, here, instead, deeper, _word(child))
                yield from _within(child, here, inside=deeper)


def _word(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _left_alone(node: ast.AST) -> bool:
    match node:
        case (
            ast.Expr(value=ast.Constant())
            | ast.Raise(exc=ast.Name(id="NotImplementedError"))
            | ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Compare(left=ast.Name(id="__name__")))
            | ast.Subscript(value=ast.Name(id="Literal"))
            | ast.keyword(arg="strict")  # an assertion, not a rule
        ):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _NAMES_OF_LISTS
        case ast.ClassDef(bases=bases):
            return any(isinstance(base, ast.Name) and base.id in _OF_TYPES for base in bases)
        case ast.Call(func=ast.Name(id=name)):
            return name in _NO_LOGIC
        case ast.Constant(value=str() as text):
            return " " in text
    return False


def _instead(parent: ast.AST, field: str, node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    yield from _expressions(node)
    yield from _statements(node)
    if field in {"test", "ifs"} and not isinstance(node, ast.Compare | ast.UnaryOp):
        assert isinstance(node, ast.expr)
        yield f"if not {ast.unparse(node)}", ast.UnaryOp(ast.Not(), node)
    if field == "value" and isinstance(parent, ast.Return) and not _is_nothing(node):
        yield f"return None for {ast.unparse(node)}", ast.Constant(None)
    if field == "body" and isinstance(parent, ast.Lambda) and not _is_nothing(node):
        yield f"None for {ast.unparse(node)}", ast.Constant(None)


def _is_nothing(node: ast.AST) -> bool:
    """What is None already (as Missing is), or as false as None."""
    if isinstance(node, ast.Name):
        return node.id == "Missing"
    return isinstance(node, ast.Constant) and not node.value


def _expressions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    made: Iterator[ast.AST] = iter(())
    match node:
        case ast.Compare():
            made = _comparisons(node)
        case ast.BoolOp(op=op, values=values):
            made = iter((ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values),))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            made = iter((operand,))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            made = iter((ast.BinOp(left, _COUNTED[type(op)](), right),))
        case ast.Constant(value=value):
            made = map(ast.Constant, _other_values(value))
    for instead in made:
        yield f"{ast.unparse(instead)} for {ast.unparse(node)}", instead


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    """Each of a chain turned round; one that stands alone also moved by one."""
    for at, op in enumerate(node.ops):
        others = _COMPARED[type(op)]
        for other in others if len(node.ops) == 1 else others[:1]:
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)


def _other_values(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value}XX"


def _statements(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in _COUNTED:
            other = ast.AugAssign(target, _COUNTED[type(op)](), value)
            yield _said(node, other), other
            yield f"without {ast.unparse(node)}", ast.Pass()
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            yield f"without {ast.unparse(node)}", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield f"without {ast.unparse(node)}", ast.Pass()
        case ast.Continue():
            yield "break for continue", ast.Break()
        case ast.Break():
            yield "continue for break", ast.Continue()


def _said(before: ast.AST, after: ast.AST) -> str:
    return f"{ast.unparse(after)} for {ast.unparse(before)}"
