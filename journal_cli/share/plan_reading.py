"""Reading a plan: each key by its own rules, and refusals that name a line and never repeat what was written."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from journal_cli.errors import NotWhatItSays
from journal_cli.journal.text import is_empty

LARGEST = 1024 * 1024  # bytes of a plan
MOST = 1000  # entries, lines or aliases of a plan

_LINE_OF_TOML = re.compile(r"\(at line (\d+)")
_WITHHELD = re.compile(r"[a-z][a-z0-9-]*(/[1-9]\d{0,2})?")

Reader = Callable[["Source", str, Any], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a plan and its name, to say where something stands."""

    name: str
    text: str = field(repr=False)

    def refuse(
        self, key: str, sentence: str, hint: str = "", /, near: tuple[str, Iterable[str]] = ("", ()), **values: object
    ) -> NotWhatItSays:
        """
        Make a refusal that names the line of a key; it never repeats what was written there.

        Args:
            key: The key at fault.
            sentence: What is wrong with it; a template, like the hint.
            hint: What to write instead.
            near: What was written and the words known there, to suggest one or name them all.
            values: What the names in the templates stand for.
        """
        quoted = re.escape(key)
        found = re.search(rf"^[ \t]*(?:\[\s*)?[\"']?{quoted}[\"']?\s*[=.\]]", self.text, re.MULTILINE)
        line = f":{self.text.count(chr(10), 0, found.end()) + 1}" if found else ""
        written, known = near[0], list(near[1])
        if known:
            close = difflib.get_close_matches(written, known, n=1)
            hint = "did you mean {near}?" if close else "known here: {known}"
            values |= {"near": close[0]} if close else {"known": ", ".join(known)}
        return NotWhatItSays("{place}: " + sentence, hint=hint, place=self.name + line, **values)


def parsed(source: Source) -> dict[str, Any]:
    """
    Read the TOML of a plan.

    Raises:
        NotWhatItSays: If it is none; its line is named.
    """
    try:
        return tomllib.loads(source.text)
    except (ValueError, RecursionError) as broken:
        # The parser's own sentence may repeat what was written; only its line number is taken.
        found = _LINE_OF_TOML.search(str(broken))
    line = found[1] if found else str(source.text.rstrip().count("\n") + 1)
    raise NotWhatItSays(
        "{place}: this is not TOML",
        hint='a plan has lines such as form = "md"; text stands in quotation marks',
        place=f"{source.name}:{line}",
    )


def text(source: Source, key: str, value: object) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise source.refuse(
            key, "{key} is text in quotation marks", 'for example: {key} = "{example}"', key=key, example=_EXAMPLES[key]
        )
    return value.strip()


def line(source: Source, key: str, value: object) -> str:
    """Read a text of one line, without signs that steer."""
    read = text(source, key, value)
    if not read.isprintable():
        raise source.refuse(
            key, "{key} is one line of plain text", 'for example: {key} = "{example}"', key=key, example=_EXAMPLES[key]
        )
    return read


def time(source: Source, key: str, value: object) -> str:
    """Take a day as TOML writes it too; the time grammar reads its text."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else line(source, key, value)


def lines(source: Source, key: str, value: object) -> tuple[str, ...]:
    """Read a list of texts; empty ones are passed over."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value) or len(value) > MOST:
        raise source.refuse(
            key,
            "{key} is a list of text, at most {most} of it",
            'for example: {key} = ["{example}"]',
            key=key,
            most=MOST,
            example=_EXAMPLES[key],
        )
    return tuple(one.strip() for one in value if not is_empty(one))


def ids(source: Source, key: str, value: object) -> tuple[str, ...]:
    """Read a list of texts, each once."""
    return tuple(dict.fromkeys(lines(source, key, value)))


def withheld(source: Source, key: str, value: object) -> tuple[str, ...]:
    """Read items of questionnaires, such as `phq-9/9`, or whole ones, such as `phq-9`."""
    items = ids(source, key, value)
    if not all(_WITHHELD.fullmatch(one) for one in items):
        raise source.refuse(
            key,
            "an item is the name of its questionnaire and its number",
            'for example: {key} = ["{example}"]',
            key=key,
            example=_EXAMPLES[key],
        )
    return items


def aliases(source: Source, key: str, value: object) -> dict[str, str]:
    """Read a table of names and what to put in their place."""
    example = 'for example: a table [aliases] with a line Anna = "my sister"'
    if not isinstance(value, dict) or len(value) > MOST:
        raise source.refuse(key, "aliases is a table of names, at most {most}", example, most=MOST)
    for name, alias in value.items():
        if is_empty(name) or not isinstance(alias, str) or is_empty(alias) or not alias.isprintable():
            raise source.refuse(key, "every name needs an alias: one line of text in quotation marks", example)
    return {name: alias.strip() for name, alias in value.items()}


def passages(source: Source, key: str, value: object) -> dict[str, str]:
    """Read a table of entries and the part of each that is chosen; an empty text is the whole."""
    if not isinstance(value, dict) or len(value) > MOST or not all(isinstance(one, str) for one in value.values()):
        raise source.refuse(
            key,
            "passages is a table of ids of entries, each with the text that may leave, at most {most}",
            'for example: a table [passages] with a line 7k2m9qxa = "the words of it"',
            most=MOST,
        )
    return {id_: chosen.strip() for id_, chosen in value.items()}


def yes(source: Source, key: str, value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise source.refuse(
            key, "{key} is true or false, without quotation marks", "for example: {key} = true", key=key
        )
    return value


def refuse_unknown(source: Source, said: Mapping[str, Any], known: Iterable[str]) -> None:
    """
    Refuse keys that nobody reads.

    Raises:
        NotWhatItSays: If there is one.
    """
    for key in said:
        if key not in known:
            raise source.refuse(key, "here stands a key that a plan does not know", near=(key, known))


_EXAMPLES = {
    "out": "notes.pdf",
    "form": "pdf",
    "to": "my therapist",
    "since": "2026-10-27",
    "until": "today",
    "lang": "en",
    "talk_about": "I kept a limit, and felt sick about it for a day.",
    "blocks": "mood",
    "withhold": "phq-9/9",
    "entries": "7k2m9qxa",
    "strike": "the street I live in",
    "dates": "coarse",
    "paper": "a4",
    "password_command": "pass show notes",
}
