"""Where in a pack's file something stands. tomllib does not say, so the text is searched for it."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from journal_cli.errors import NotWhatItSays
from journal_cli.packs.source import Source, shown

HEADER = re.compile(r"^[ \t]*\[\[?([^\[\]\n]+)\]\]?[ \t]*(?:#.*)?$")

# Parts of a pack's file that come once; all others come as often as they are needed.
SINGLE = frozenset({"pack", "homework", "pack.translates", "check_in.scale"})


@dataclass(frozen=True, slots=True)
class Place:
    """
    One part of a pack's file.

    Args:
        source: The file.
        path: Names of the parts around it and its own, each with its number from 0:
            `(("session", 2), ("step", 0))`. Empty for what stands above all parts.
    """

    source: Source = field(repr=False)
    path: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """The part as the file's headers write it, without brackets: `session.step`."""
        return ".".join(name for name, _ in self.path)

    @property
    def label(self) -> str:
        """The part as an author writes it: `[pack]` or `[[session.step]]`."""
        return f"[{self.name}]" if self.name in SINGLE else f"[[{self.name}]]"

    def inside(self, name: str, number: int = 0) -> "Place":
        """Give the part of this name and number inside this one."""
        return Place(self.source, (*self.path, (name, number)))

    def line(self, key: str = "", value: str = "") -> int:
        """
        Find the line, from 1, of a key in this part, or of a value of that key.

        What cannot be found gives the nearest thing that could: the key, the part's
        header, the first line.
        """
        lines = self.source.text.split("\n")
        first, end = _range(lines, self.path)
        own_end = _next_header(lines, first + bool(self.path), end)
        at = _find(lines, first, own_end, _key(key)) if key else None
        if value:
            within = _find(lines, first if at is None else at, own_end, rf"[\"']{re.escape(value)}[\"']")
            at = at if within is None else within
        return (first if at is None else at) + 1

    def refuse(self, template: str, *, key: str = "", value: str = "", hint: str = "", **values: object) -> NoReturn:
        """
        Refuse the file for what stands here.

        Args:
            template: A whole sentence, beginning `{file}, line {line}: `.
            key: The key it is about, if one.
            value: The text it is about, as `{value}` in the sentence.
            hint: The way out.
            values: What other names in the sentence and the hint stand for.

        Raises:
            NotWhatItSays: Always.
        """
        raise NotWhatItSays(
            template,
            hint=hint,
            file=self.source.name,
            line=self.line(key, value),
            **({"part": self.label, "key": key, "value": shown(value)} | values),
        )


def nearest(word: str, offered: Iterable[str]) -> tuple[str, str]:
    """Give a hint that names the nearest of the words offered, and that word; two empty texts if none is near."""
    near = difflib.get_close_matches(word, list(offered), n=1)
    return ('did you mean "{near}"?', near[0]) if near else ("", "")


def _range(lines: list[str], path: tuple[tuple[str, int], ...]) -> tuple[int, int]:
    """Find the lines of a part with the parts inside it: the first, and one past the last, from 0."""
    first, end = 0, len(lines)
    name = ""
    for step, number in path:
        name = f"{name}.{step}" if name else step
        headers = [index for index in range(first, end) if _header(lines[index]) == name]
        if number >= len(headers):
            # Written as a value, `scale = { … }`: its key is the nearest place.
            at = _find(lines, first, end, _key(step))
            return (first if at is None else at), end
        first = headers[number]
        end = next((index for index in range(first + 1, end) if _leaves(lines[index], name)), end)
    return first, end


def _key(key: str) -> str:
    return rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*="


def _header(line: str) -> str:
    found = HEADER.match(line)
    return re.sub(r"[\s\"']", "", found[1]) if found else ""


def _leaves(line: str, name: str) -> bool:
    header = _header(line)
    return bool(header) and not header.startswith(f"{name}.")


def _next_header(lines: list[str], first: int, end: int) -> int:
    return next((index for index in range(first, end) if _header(lines[index])), end)


def _find(lines: list[str], first: int, end: int, pattern: str) -> int | None:
    wanted = re.compile(pattern)
    uncommented = (i for i in range(first, end) if not lines[i].lstrip().startswith("#"))
    return next((index for index in uncommented if wanted.search(lines[index])), None)
