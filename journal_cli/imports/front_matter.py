"""The lines at the top of a note that say things about it: `key: value` and lists, as far as notes use them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FENCE = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_LINE = re.compile(r"(?P<name>[^\s:#\-][^:\n]{0,100}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_COMMENT = re.compile(r"(?:^|[ \t]+)#(?:[ \t].*|$)")  # without the space it is a tag
_LISTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)\s*(?:,|$)""")
_TRUE = {"true", "yes", "on", "1"}
LONGEST = 65_536  # characters; longer, it is no front matter


@dataclass(frozen=True, slots=True)
class Front:
    """What is said at the top of a note: lists of texts by name, in small letters."""

    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def names(self) -> set[str]:
        """The names that stand there and say something."""
        return {name for name, values in self.said.items() if any(values)}

    def one(self, name: str) -> str:
        """Give the only, or the first, value of a name; "" if there is none."""
        return next(iter(self.said.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Give all values of a name; a single one is divided at commas, or at spaces before `#`."""
        values = self.said.get(name, ())
        if len(values) != 1:
            return tuple(filter(None, values))
        return tuple(part for part in re.split(r"\s*,\s*|\s+(?=#)", values[0]) if part)

    def is_true(self, name: str) -> bool:
        """Whether a name says yes."""
        return self.one(name).casefold() in _TRUE


def divided(text: str) -> tuple[Front, str]:
    """
    Divide a note into what is said at its top and its text.

    What is not as front matter is, is text: then all of it is given back.
    """
    opened = _FENCE.match(text)
    closed = _END.search(text, opened.end()) if opened else None
    if opened is None or closed is None or closed.start() - opened.end() > LONGEST:
        return Front(), text
    said: dict[str, list[str]] = {}
    values: list[str] | None = None
    for line in text[opened.end() : closed.start()].splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (item := _ITEM.fullmatch(line)) and values is not None:
            values.append(_plain(item["value"]))
        elif found := _LINE.fullmatch(line):
            values = said.setdefault(found["name"].strip("\"' ").casefold(), [])
            values += _values(found["value"] or "")
        elif values is not None and line[0] in " \t":
            values.append(line.strip())  # of a text of several lines, or a list within a list
        else:
            return Front(), text
    return Front({name: tuple(values) for name, values in said.items()}), text[closed.end() :]


def _values(text: str) -> list[str]:
    """Read what stands behind a name: a text, or a list in brackets."""
    text = text.strip()
    if text.startswith("[") and not text.startswith("[[") and (listed := _COMMENT.sub("", text)).endswith("]"):
        return [value for found in _LISTED.finditer(listed[1:-1]) if (value := _plain(found[1]))]
    return [] if text in {"", "|", ">", "|-", ">-"} else [_plain(text)]


def _plain(text: str) -> str:
    """Take the quotation marks, or a remark, away from a text."""
    text = text.strip()
    if text.startswith('"'):
        try:
            read, end = json.JSONDecoder(strict=False).raw_decode(text)
        except ValueError:
            return text.strip('"')
        return str(read) if not _COMMENT.sub("", text[end:]).strip() else text
    if len(text) > 1 and text.startswith("'") and text.endswith("'"):
        return text[1:-1].replace("''", "'")
    return _COMMENT.sub("", text).strip()
