"""
The rules of the house: which room may know which, how large a thing may grow, what each is called.

A rule is a function that takes parsed modules and gives back its complaints, so that every rule is
itself tried on small houses with one fault built in on purpose.
"""

import ast
import graphlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "journal_cli"

ROOMS = {"vault", "journal", "packs", "records", "insight", "share", "imports", "screen", "cli"}
MAY_KNOW = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "journal": {"errors"},
    "vault": {"errors"},
    "insight": {"journal", "errors"},
    "imports": {"journal", "errors"},
    "packs": {"journal", "errors"},
    "records": {"vault", "journal", "errors"},
    "share": {"insight", "journal", "errors"},
    "screen": {"insight", "journal", "errors"},
    "cli": ROOMS | {"errors", "__version__"},
}
HOMES = {
    "cryptography": ("vault/", "share/to_html.py", "imports/jrnl_sealed.py"),
    "dateutil": ("journal/moment.py",),
    "platformdirs": ("cli/home.py",),
    "prompt_toolkit": ("screen/", "cli/desk.py"),
    "pypdf": ("share/to_pdf.py",),
    "rich": ("screen/", "cli/desk.py"),
    "sqlcipher3": ("vault/", "records/"),
    "sqlite_utils": ("vault/", "records/"),
    "typer": ("cli/",),
    "typst": ("share/typesetting.py",),
    "xkcdpass": ("vault/",),
    "zxcvbn": ("vault/",),
}
OPENS_LATE = {"journal_cli/cli/desk.py"}
OPENS_BY_NAME = {"journal_cli/cli/front.py", "journal_cli/cli/desk.py", "journal_cli/records/steps.py"}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "base", "handler", "data"}
PURE = ("journal_cli/journal/", "journal_cli/insight/")
WORLDLY = {
    *("io", "locale", "logging", "os", "pathlib", "platform", "random", "secrets", "shutil", "socket"),
    *("sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "uuid"),
}
IMPORT = (ast.Import, ast.ImportFrom)
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed source file; the path is given from the top of the repository."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        return Path(self.path).parts[1].removesuffix(".py")


def house(root: Path) -> list[Module]:
    """Parse every module of the package that stands in this folder."""
    paths = sorted((root / PACKAGE).rglob("*.py"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [
        Module(path.relative_to(root).as_posix(), text, ast.parse(text))
        for path, text in zip(paths, texts, strict=True)
    ]


# What a rule looks at.


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever in it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def named(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of the modules a module knows by a string, as in a card's target."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and re.fullmatch(rf"{PACKAGE}(\.\w+)+(:\w+)?", str(node.value)):
            yield node.lineno, str(node.value).partition(":")[0]


def called(module: Module) -> Iterator[tuple[int, str]]:
    """Line and name, as it is written, of everything a module calls."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public(node: ast.AST) -> Iterator[ast.AST]:
    """A module or class, and what can be seen of it from outside."""
    yield node
    for child in getattr(node, "body", []):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
            yield from public(child) if isinstance(child, ast.ClassDef) else (child,)


# The rules.


def imports_point_downward(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        known = MAY_KNOW.get(module.room)
        if known is None:
            yield f"{module.path}: the design has no room {module.room}"
            continue
        for line, name in [*imported(module), *named(module)]:
            top, _, rest = name.partition(".")
            other = rest.partition(".")[0] or "__version__"
            if top == PACKAGE and other != module.room and other not in known:
                yield f"{module.path}:{line}: {module.room} may not know {other}"


def modules_form_no_circle(modules: list[Module]) -> Iterator[str]:
    names = {module.name for module in modules}
    graph: dict[str, set[str]] = {}
    for module in modules:
        found = {name if name in names else name.rpartition(".")[0] for _, name in imported(module)}
        graph[module.name] = (found & names) - {module.name, PACKAGE}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield f"these import one another: {' → '.join(error.args[1])}"


def imports_stand_at_the_top(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        if module.path in OPENS_LATE:
            continue
        beginning = module.tree.body[ast.get_docstring(module.tree) is not None :]
        rest = next((i for i, node in enumerate(beginning) if not _may_stand_at_the_top(node)), len(beginning))
        for node in (node for top in beginning[rest:] for node in ast.walk(top)):
            if isinstance(node, IMPORT):
                yield f"{module.path}:{node.lineno}: this import does not stand at the top"


def _may_stand_at_the_top(node: ast.stmt) -> bool:
    """Whether this is an import, or one that only some systems have."""
    if isinstance(node, ast.If) and ast.unparse(node.test).startswith("sys.platform "):
        return all(isinstance(inner, IMPORT) for inner in [*node.body, *node.orelse])
    return isinstance(node, IMPORT)


def imports_are_spelt_out(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        for line, name in imported(module):
            if name.startswith(".") or name.endswith(".*"):
                yield f"{module.path}:{line}: write where {name} comes from in full"


def few_open_modules_by_name(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        names = [*imported(module), *called(module)]
        for line, name in names:
            opens = name.rpartition(".")[2] in {"import_module", "__import__"} or name == "importlib"
            if opens and module.path not in OPENS_BY_NAME:
                yield f"{module.path}:{line}: only the front desk and the steps open modules by name"


def guests_stay_in_their_rooms(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        inside = module.path.removeprefix(f"{PACKAGE}/")
        for line, name in imported(module):
            top = name.partition(".")[0]
            if top in sys.stdlib_module_names or top in {"", PACKAGE}:
                continue
            if top not in HOMES:
                yield f"{module.path}:{line}: {top} is not among the dependencies of the design"
            elif not inside.startswith(HOMES[top]):
                yield f"{module.path}:{line}: {top} lives in {', '.join(HOMES[top])}"


def modules_hold_one_subject(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        lines = len(module.text.splitlines())
        if lines > MOST_LINES:
            yield f"{module.path}: {lines} lines"


def functions_hold_one_thought(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        for function in functions(module):
            start = function.body[0].lineno if _is_command(module, function) else function.lineno
            lines = (function.end_lineno or start) - start + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{module.path}:{function.lineno}: {function.name} has {lines} lines"


def _is_command(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether this is a command, which may have as many options as it offers."""
    decorated = [ast.unparse(decorator) for decorator in function.decorator_list]
    return module.room == "cli" and any(re.search(r"\.(command|callback)\(", text) for text in decorated)


def modules_say_their_subject(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        for part in module.name.split(".")[1:]:
            if SAYS_NOTHING & set(part.split("_")):
                yield f"{module.path}: {part} does not say what is in it"
            if part in sys.stdlib_module_names:
                yield f"{module.path}: {part} is the name of a standard module"


def the_middle_is_pure(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        if not module.path.startswith(PURE):
            continue
        for line, name in imported(module):
            if name.partition(".")[0] in WORLDLY:
                yield f"{module.path}:{line}: {name} belongs to the rooms outside"
        for line, name in called(module):
            if name in {"open", "print", "input"} or re.search(r"(^|\.)(date|datetime)\.(now|today|utcnow)$", name):
                yield f"{module.path}:{line}: {name}() belongs to the rooms outside"


def nothing_is_printed_past_the_desk(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        for line, name in called(module):
            if name in {"print", "pprint", "pprint.pprint"}:
                yield f"{module.path}:{line}: answers go through the console, talk through typer.echo"


def what_is_public_is_explained(modules: list[Module]) -> Iterator[str]:
    for module in modules:
        for node in public(module.tree):
            if not ast.get_docstring(node):
                yield f"{module.path}:{getattr(node, 'lineno', 1)}: {getattr(node, 'name', 'module')} has no docstring"


Rule = Callable[[list[Module]], Iterator[str]]
RULES: list[Rule] = [
    imports_point_downward,
    modules_form_no_circle,
    imports_stand_at_the_top,
    imports_are_spelt_out,
    few_open_modules_by_name,
    guests_stay_in_their_rooms,
    modules_hold_one_subject,
    functions_hold_one_thought,
    modules_say_their_subject,
    the_middle_is_pure,
    nothing_is_printed_past_the_desk,
    what_is_public_is_explained,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    modules = house(ROOT)

    complaints = list(rule(modules))

    assert modules
    assert not complaints, "\n".join(complaints)


# Small houses, sound but for one fault: the rule, where the fault stands, what stands there, what is said of it.

LONG = "def long():\n    '''Long.'''\n" + "    x = 1\n" * 38
COMMAND = "@app.command()\n" + LONG
FAULTS: list[tuple[Rule, str, str, str]] = [
    (imports_point_downward, "journal/entry.py", "from journal_cli.vault import slots", "journal may not know vault"),
    (imports_point_downward, "vault/slots.py", "import journal_cli.journal.entry", "vault may not know journal"),
    (imports_point_downward, "screen/charts.py", "from journal_cli.share import document", "may not know share"),
    (imports_point_downward, "share/compose.py", "from journal_cli.records.search import find", "may not know records"),
    (imports_point_downward, "records/entries.py", "from journal_cli.packs import pack", "may not know packs"),
    (imports_point_downward, "insight/moods.py", "def f():\n    import journal_cli.cli.desk", "may not know cli"),
    (imports_point_downward, "errors.py", "from journal_cli import __version__", "errors may not know __version__"),
    (imports_point_downward, "records/steps.py", "STEPS = 'journal_cli.packs.pack'", "records may not know packs"),
    (imports_point_downward, "attic/box.py", "", "the design has no room attic"),
    (modules_form_no_circle, "vault/slots.py", "from journal_cli.vault import ring", "import one another"),
    (modules_form_no_circle, "vault/slots.py", "def f():\n    import journal_cli.vault.ring", "import one another"),
    (imports_stand_at_the_top, "vault/slots.py", "def f():\n    import json", ":2: this import"),
    (imports_stand_at_the_top, "vault/slots.py", "class A:\n    import json", ":2: this import"),
    (imports_stand_at_the_top, "vault/slots.py", "if TYPE_CHECKING:\n    import json", ":2: this import"),
    (imports_stand_at_the_top, "vault/slots.py", "A = 1\nimport json", ":2: this import"),
    (imports_stand_at_the_top, "vault/slots.py", "try:\n    import json\nexcept ImportError: ...", ":2: this import"),
    (imports_are_spelt_out, "vault/slots.py", "from . import ring", "in full"),
    (imports_are_spelt_out, "vault/slots.py", "from ..errors import Damaged", "in full"),
    (imports_are_spelt_out, "vault/slots.py", "from journal_cli.errors import *", "in full"),
    (few_open_modules_by_name, "cli/write.py", "from importlib import import_module", ":1: only the front desk"),
    (few_open_modules_by_name, "cli/write.py", "importlib.import_module('json')", ":1: only the front desk"),
    (few_open_modules_by_name, "cli/write.py", "__import__('json')", ":1: only the front desk"),
    (guests_stay_in_their_rooms, "cli/write.py", "from rich.table import Table", "rich lives in screen/, cli/desk.py"),
    (guests_stay_in_their_rooms, "screen/ask.py", "import typer", "typer lives in cli/"),
    (guests_stay_in_their_rooms, "share/to_json.py", "import cryptography.fernet", "cryptography lives in vault/"),
    (guests_stay_in_their_rooms, "journal/entry.py", "import dateutil", "dateutil lives in journal/moment.py"),
    (guests_stay_in_their_rooms, "vault/agent.py", "import requests", "requests is not among the dependencies"),
    (modules_hold_one_subject, "vault/slots.py", "A = 1\n" * 401, "401 lines"),
    (functions_hold_one_thought, "vault/slots.py", LONG + "    y = 2\n", "long has 41 lines"),
    (functions_hold_one_thought, "vault/slots.py", COMMAND + "    y = 2\n", "long has 41 lines"),
    (functions_hold_one_thought, "cli/write.py", COMMAND + "    y = 2\n" * 2, "long has 41 lines"),
    (modules_say_their_subject, "screen/utils.py", "", "utils does not say"),
    (modules_say_their_subject, "journal/mood_data.py", "", "mood_data does not say"),
    (modules_say_their_subject, "journal/calendar.py", "", "calendar is the name of a standard module"),
    (the_middle_is_pure, "journal/ids.py", "import random", "random belongs"),
    (the_middle_is_pure, "insight/moods.py", "from pathlib import Path", "pathlib.Path belongs"),
    (the_middle_is_pure, "insight/moods.py", "NOW = datetime.now(UTC)", "datetime.now() belongs"),
    (the_middle_is_pure, "journal/moment.py", "DAY = datetime.date.today()", "datetime.date.today() belongs"),
    (the_middle_is_pure, "journal/entry.py", "open('entry')", "open() belongs"),
    (nothing_is_printed_past_the_desk, "cli/write.py", "def f():\n    print('hello')", ":2: answers go"),
    (what_is_public_is_explained, "vault/slots.py", "A = 1", ":1: module has no docstring"),
    (what_is_public_is_explained, "vault/slots.py", "'''Slots.'''\ndef seal(): ...", ":2: seal has no docstring"),
    (what_is_public_is_explained, "vault/slots.py", "'''Slots.'''\nclass Slot: ...", ":2: Slot has no docstring"),
    (
        what_is_public_is_explained,
        "vault/slots.py",
        "'''S.'''\nclass A:\n  '''A.'''\n  def f(self): ...",
        ":4: f has no",
    ),
]

SOUND = {
    "__init__.py": "'''A house.'''\n__version__ = '1'",
    "__main__.py": "'''The door.'''\nfrom journal_cli.cli.main import run\nrun()",
    "errors.py": "'''Failures.'''",
    "vault/__init__.py": "'''The locked room.'''",
    "vault/disk.py": "'''Files.'''\nimport sys\nif sys.platform != 'win32':\n    import fcntl",
    "vault/ring.py": "'''Rings.'''\nfrom journal_cli.errors import Damaged\nfrom journal_cli.vault import slots",
    "vault/slots.py": "'''Slots.'''\n" + LONG,
    "journal/moment.py": "'''Moments.'''\nimport dateutil\ndef _day_of(now): return now.date()",
    "records/steps.py": "'''Steps.'''\nfrom importlib import import_module\nimport_module('journal_cli.vault.slots')",
    "cli/desk.py": "'''The desk.'''\nfrom rich import console\ndef _open():\n    import journal_cli.vault.slots",
    "cli/main.py": "'''Cards.'''\nfrom journal_cli import __version__\nCARDS = 'journal_cli.cli.write:app'",
    "cli/write.py": "'''Writing.'''\n@app.command()\ndef write(\n" + "    x=1,\n" * 50 + "):\n    '''Write.'''\n",
}


def build(folder: Path, modules: dict[str, str]) -> list[Module]:
    """Write these modules down as a package, and parse it."""
    for path, text in modules.items():
        target = folder / PACKAGE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return house(folder)


@pytest.mark.parametrize("rule, path, text, complaint", FAULTS)
def test_a_fault_built_in_on_purpose_is_found(tmp_path: Path, rule: Rule, path: str, text: str, complaint: str) -> None:
    modules = build(tmp_path, SOUND | {path: text})

    complaints = list(rule(modules))

    assert len(complaints) == 1
    assert complaint in complaints[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_no_complaints(tmp_path: Path, rule: Rule) -> None:
    assert list(rule(build(tmp_path, SOUND))) == []


def test_every_rule_is_tried_on_a_fault() -> None:
    assert {rule for rule, *_ in FAULTS} == set(RULES)
