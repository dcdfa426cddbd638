"""Every sentence and hint the program can fail with, read out of its source."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import journal_cli
from journal_cli import errors
from journal_cli.vault import recovery

ROOT = Path(journal_cli.__file__).parent
CLASSES = {
    name: one for name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.JournalError)
}
AGAIN = {"template", "hint_template"}  # of a failure that is raised anew: its words are counted where it was made
SPELT_OUT = {"ordinal": recovery._ORDINALS}  # what stands in an f-string one word for each

# The answers that conversation from a pipe refuses: who reads them, and what may refuse in it.
READ_FROM_A_PIPE = {"screen/ask.py": None, "journal/mood.py": "read_words", "journal/text.py": "storable"}
PLANS = {"share/plan.py", "share/plan_reading.py"}  # whose refusals name a line themselves
AT_LINE = "line {line}, {question}: "


@dataclass(frozen=True)
class Raised:
    """The templates of one room's failures, and the places where one is put together too early to be translated."""

    templates: dict[str, str] = field(default_factory=dict)
    dynamic: list[str] = field(default_factory=list)


@cache
def raised() -> Raised:
    """
    Read every module a command can lead to; templates come with their place.

    The packs are left out: their refusals have tests of their own.
    """
    found = Raised({one.usual_hint: "errors.py" for one in CLASSES.values() if one.usual_hint})
    for path in sorted(_led_to()):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith("packs/"):
            _read(_tree(path), place, found)
    return found


def _led_to() -> set[Path]:
    """Follow the imports from the front desk."""
    waiting = list(ROOT.glob("cli/*.py"))
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("journal_cli"):
                place = ROOT.parent / str(node.module).replace(".", "/")
                waiting += [place.with_suffix(".py"), *(place / f"{one.name}.py" for one in node.names)]
    return seen


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _read(tree: ast.Module, place: str, found: Raised) -> None:
    answers = _inside(tree, READ_FROM_A_PIPE[place]) if place in READ_FROM_A_PIPE else ()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        sentence, hint = _words_of(call, place)
        for node, before in (
            (sentence, "{place}: " if place in PLANS and _is_refusal(call) else ""),
            (hint, ""),
        ):
            if node is None:
                continue
            where = f"{place}:{node.lineno}"
            try:
                said = [before + one for one in _texts(node, tree)]
            except LookupError:
                found.dynamic.append(where)
                continue
            found.templates.update(dict.fromkeys(filter(None, said), where))
            if node is sentence and call in answers:
                found.templates.update({AT_LINE + one: where for one in said})


def _is_refusal(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "refuse"


def _words_of(call: ast.Call, place: str) -> tuple[ast.expr | None, ast.expr | None]:
    """Give the sentence and the hint of a call that makes a failure; none for any other call."""
    if place in PLANS and _is_refusal(call):
        return call.args[1], (call.args[2] if len(call.args) > 2 else None)
    if not (isinstance(call.func, ast.Name) and call.func.id in CLASSES and call.args):
        return None, None
    if place in PLANS and isinstance(call.args[0], ast.BinOp):
        return None, next((word.value for word in call.keywords if word.arg == "hint"), None)
    return call.args[0], next((word.value for word in call.keywords if word.arg == "hint"), None)


def _inside(tree: ast.Module, function: str | None) -> list[ast.AST]:
    tops = [node for node in tree.body if function is None or getattr(node, "name", "") == function]
    return [node for top in tops for node in ast.walk(top)]


def _texts(node: ast.expr, tree: ast.Module) -> list[str]:
    """Give every text an expression can be; LookupError if that is known only while the program runs."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return _texts(node.body, tree) + _texts(node.orelse, tree)
        case ast.BinOp(op=ast.Add()):
            return [one + other for one in _texts(node.left, tree) for other in _texts(node.right, tree)]
        case ast.JoinedStr():
            pieces = [_piece(part) for part in node.values]
            texts = [""]
            for choices in pieces:
                texts = [text + choice for text in texts for choice in choices]
            return texts
        case ast.Attribute(attr=attr) if attr in AGAIN:
            return []
        case ast.Name(id=name):
            values = [value for value in _values(name, tree) if ast.unparse(value) != name]
            if values:
                return [text for value in values for text in _texts(value, tree)]
    raise LookupError


def _piece(part: ast.expr) -> tuple[str, ...]:
    if isinstance(part, ast.Constant):
        return (str(part.value),)
    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) and part.value.id in SPELT_OUT:
        return SPELT_OUT[part.value.id]
    raise LookupError


def _values(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Give whatever a name stands for in a module: what is assigned to it, handed over by it, or imported."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value
            case ast.Call(func=ast.Name(id=called), keywords=keywords) if called not in CLASSES:
                yield from (word.value for word in keywords if word.arg == name)
            case ast.ImportFrom(module=str(module), names=names) if any(one.name == name for one in names):
                yield from _values(name, _tree(ROOT.parent / f"{module.replace('.', '/')}.py"))
