"""
What could come next on a command line: the answer to a shell's TAB.

No room is opened for it: commands and options stand in `completion_map.json`, which a test holds against
the rooms. What a value can be is asked of one function each, whose module is opened only then. A TAB never
asks for anything, never writes, and is never answered with a failure: where something is wrong, nothing is offered.

What the shell is told: a line that says what comes (`words`, `files` or `folders`), then one word a line.
"""

import contextlib
import itertools
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from journal_cli.cli.completing_lines import BashLine, Line, ListedLine
from journal_cli.cli.completing_sources import FILES, Asked, Choice, needs_agent, source_of
from journal_cli.cli.desk import Desk
from journal_cli.cli.front import at

MAP = Path(__file__).with_name("completion_map.json")

AGENT_IS_THERE = "journal_cli.cli.completing_agent:is_there"
MOST = 2000  # choices; far more than anybody reads

_WORDS = "words"


@dataclass(slots=True)
class Walk:
    """
    How far the words before the cursor lead.

    Args:
        node: The command they lead to, as the map has it.
        path: Its name, without `journal`.
        given: The arguments it was given.
        used: The options it was given.
        values: What those options were given.
        option: The option that waits for its value, if one does.
        only_arguments: True once `--` was given.
    """

    node: dict[str, Any]
    path: str = ""
    given: list[str] = field(default_factory=list, repr=False)
    used: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list, repr=False)
    option: dict[str, Any] | None = None
    only_arguments: bool = False

    def take(self, word: str) -> bool:
        """Go on by one word; False if it leads nowhere."""
        if self.option is not None:
            self.option = None
            self.values.append(word)
        elif not self.only_arguments and word.startswith("-") and len(word) > 1:
            self._take_option(word)
        elif "commands" in self.node:
            if word not in self.node["commands"]:
                return False
            self.node, self.path, self.used = self.node["commands"][word], f"{self.path} {word}".strip(), []
        else:
            self.given.append(word)
        return True

    def _take_option(self, word: str) -> None:
        self.only_arguments = word == "--"
        name, joined, value = word.partition("=")
        self.used.append(name)
        option = self.named(name)
        if option is not None and option.get("takes"):
            if joined:
                self.values.append(value)
            else:
                self.option = option

    def named(self, name: str) -> dict[str, Any] | None:
        """Give the option of this name."""
        return next((option for option in self.node["options"] if name in option["names"]), None)


def answer(desk: Desk | None) -> None:
    """
    Answer a shell: print what could stand where the cursor is, or nothing.

    Args:
        desk: Where commands work; by default the person's own.
    """
    # A failure of any kind, of ours too, would be written across the line somebody is typing.
    with contextlib.suppress(Exception):
        line = asked_line(os.environ)
        kind, choices = completed(line.before, line.word, desk or Desk())
        words = line.written(choices) if kind == _WORDS else []
        if words or kind != _WORDS:
            typer.echo("\n".join([kind, *words]))


def asked_line(told: Any) -> Line:
    """Read the line from what the shell told in its variables."""
    if told["_JOURNAL_COMPLETE"] == "bash":
        lists = int(told.get("_JOURNAL_TYPE") or 0) in BashLine.LISTING
        return BashLine.read(told["_JOURNAL_LINE"], told.get("_JOURNAL_BREAKS", ""), lists=lists)
    return ListedLine.read(told["_JOURNAL_WORDS"], of=told["_JOURNAL_COMPLETE"])


def completed(before: Iterable[str], word: str, desk: Desk) -> tuple[str, list[Choice]]:
    """
    Say what could come next.

    Args:
        before: The words after `journal`, up to the one that is typed.
        word: What is typed of it.
        desk: Where commands work.

    Returns:
        `words` and the choices, each as the whole word; or `files` or `folders`, which the shell knows itself.
    """
    walk = Walk(json.loads(MAP.read_text(encoding="utf-8")))
    if not all(walk.take(one) for one in before):
        return _WORDS, []
    if walk.option is not None:
        return _values(walk, walk.option["takes"], word, desk)
    if not walk.only_arguments and word.startswith("-"):
        return _at_option(walk, word, desk)
    if "commands" in walk.node:
        return _WORDS, [(name, inner["help"]) for name, inner in walk.node["commands"].items()]
    argument = _argument(walk)
    if argument is None:
        return _WORDS, [] if walk.only_arguments or word else list(_options(walk))
    return _values(walk, argument["takes"], word, desk)


def _at_option(walk: Walk, word: str, desk: Desk) -> tuple[str, list[Choice]]:
    """What a word can become that begins as an option: its name, or after `=` its value."""
    name, joined, value = word.partition("=")
    option = walk.named(name) if joined else None
    if option is None:
        return _WORDS, list(_options(walk))
    kind, choices = _values(walk, option.get("takes", ""), value, desk)
    return kind, [(f"{name}={one}", about) for one, about in choices]


def _argument(walk: Walk) -> dict[str, Any] | None:
    """The argument that stands at the cursor; the last one may take several."""
    arguments: list[dict[str, Any]] = walk.node["arguments"]
    place = len(walk.given)
    if place >= len(arguments):
        return arguments[-1] if arguments and arguments[-1].get("many") else None
    return arguments[place]


def _options(walk: Walk) -> Iterator[Choice]:
    """The options that were not given yet."""
    for option in walk.node["options"]:
        if option.get("many") or not set(option["names"]) & set(walk.used):
            yield from ((name, option["help"]) for name in option["names"])


def _values(walk: Walk, takes: str, word: str, desk: Desk) -> tuple[str, list[Choice]]:
    """What an option or an argument can be; what it was given already is not offered again."""
    source = source_of(walk.path, takes)
    if source in FILES:
        return source, []
    if not source or (needs_agent(source) and not at(AGENT_IS_THERE)()):
        return _WORDS, []
    asked = Asked(walk.path, word, tuple(walk.given), desk)
    given = {*walk.given, *walk.values}
    choices: Iterable[Choice] = at(source)(asked)
    return _WORDS, list(itertools.islice((one for one in choices if one[0] not in given), MOST))
