"""A plan: what to share, written beforehand as TOML."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from journal_cli.errors import NotWhatItSays, Protected
from journal_cli.journal.text import decoded, is_empty

BLOCKS = ("mood", "words", "sittings")
LATER_BLOCKS = ("limits", "goals", "measures")
FORMS = ("md",)
LATER_FORMS = ("pdf", "html", "txt", "json", "csv", "fhir")
LANGUAGES = ("en", "pl")

LARGEST = 1024 * 1024  # bytes of a plan
MOST = 1000  # entries, lines or aliases of a plan

_LINE_OF_TOML = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to share.

    Args:
        form: `md`.
        out: The file to write; empty for a neutral name of its own.
        to: A label for who it is for; empty if none was given.
        since: First day, as it was written; empty for since the last share.
        until: Last day, as it was written; empty for today.
        lang: `en` or `pl`; empty for the language of the journal.
        talk_about: What the person wants to talk about, in their own lines.
        blocks: Of `BLOCKS`, in the order of the page.
        entries: Ids of entries, or how they begin.
        aliases: Name to alias.
        password_command: The command whose first output line is the password; empty for none.
        clear: True if the file may be read by anyone who has it.
    """

    form: str
    out: str = ""
    to: str = field(default="", repr=False)
    since: str = ""
    until: str = ""
    lang: str = ""
    talk_about: tuple[str, ...] = field(default=(), repr=False)
    blocks: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict, repr=False)
    password_command: str = field(default="", repr=False)
    clear: bool = False


def read_plan(raw: bytes, name: str) -> Plan:
    """
    Read a plan.

    Args:
        raw: The bytes of the file.
        name: The file's name, for what may have to be said of it.

    Raises:
        NotWhatItSays: If it is not a plan; file and line are named as `plan.toml:3`.
        Protected: If the form cannot be locked and the plan does not say `clear = true`.
    """
    if len(raw) > LARGEST:
        raise NotWhatItSays("{place}: this is too long for a plan", hint="a plan is a short TOML file", place=name)
    source = _Source(name, decoded(raw))
    said = _parsed(source)
    for key in said:
        if key not in _READERS:
            raise source.refuse(key, "here stands a key that a plan does not know", near=(key, _READERS))
    plan = Plan(**{"form": _form_of(said, source), **{key: _READERS[key](source, key, said[key]) for key in said}})
    _check_name(plan, source)
    refuse_unlocked(plan)
    return plan


def refuse_unlocked(plan: Plan) -> None:
    """
    Refuse a form that cannot be locked, unless the person said that it may be read.

    Raises:
        Protected: If the plan asks for a password that would lock nothing, or is not `clear`.
    """
    if plan.password_command:
        raise Protected(
            "a Markdown file cannot be locked, so a password would protect nothing",
            hint="take password_command out of the plan, and say clear = true if the file may be read",
        )
    if not plan.clear:
        raise Protected(
            "a Markdown file cannot be locked: whoever has the file can read it",
            hint="if that is what you want, say clear = true",
        )


@dataclass(frozen=True, slots=True)
class _Source:
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


def _parsed(source: _Source) -> dict[str, Any]:
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


def _form_of(said: Mapping[str, Any], source: _Source) -> str:
    """Take the form from the ending of the file when the plan does not name it."""
    if "form" in said:
        return ""
    out = said.get("out")
    ending = PurePath(out).suffix.removeprefix(".").lower() if isinstance(out, str) else ""
    if ending in FORMS + LATER_FORMS:
        return _form(source, "out", ending)
    raise source.refuse("form", "the plan does not say which form to write", 'for example: form = "md"')


def _check_name(plan: Plan, source: _Source) -> None:
    ending = PurePath(plan.out).suffix.removeprefix(".").lower()
    if ending in FORMS + LATER_FORMS and ending != plan.form:
        raise source.refuse("out", "the name of the file ends in one form and the plan says another", "let them agree")


def _form(source: _Source, key: str, value: object) -> str:
    form = _text(source, key, value)
    if form in LATER_FORMS:
        raise source.refuse(
            key,
            "this version writes md; pdf, html and other forms come later",
            'for now: form = "md" with clear = true',
        )
    if form not in FORMS:
        raise source.refuse(key, "this is no form of a share", near=(form, FORMS))
    return form


def _language(source: _Source, key: str, value: object) -> str:
    language = _text(source, key, value)
    if language not in LANGUAGES:
        raise source.refuse(key, "the language is en or pl", 'for example: lang = "pl"')
    return language


def _blocks(source: _Source, key: str, value: object) -> tuple[str, ...]:
    blocks = _ids(source, key, value)
    for block in blocks:
        if block in LATER_BLOCKS:
            raise source.refuse(
                key,
                "this version shares mood, words and sittings; limits, goals and measures come later",
                "leave it out for now",
            )
        if block not in BLOCKS:
            raise source.refuse(key, "here stands a block that there is not", near=(block, BLOCKS))
    return tuple(block for block in BLOCKS if block in blocks)


def _text(source: _Source, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise source.refuse(
            key, "{key} is text in quotation marks", 'for example: {key} = "{example}"', key=key, example=_EXAMPLES[key]
        )
    return value.strip()


def _line(source: _Source, key: str, value: object) -> str:
    line = _text(source, key, value)
    if not line.isprintable():
        raise source.refuse(
            key, "{key} is one line of plain text", 'for example: {key} = "{example}"', key=key, example=_EXAMPLES[key]
        )
    return line


def _time(source: _Source, key: str, value: object) -> str:
    """Take a day as TOML writes it too; the time grammar reads its text."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else _line(source, key, value)


def _lines(source: _Source, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value) or len(value) > MOST:
        raise source.refuse(
            key,
            "{key} is a list of text, at most {most} of it",
            'for example: {key} = ["{example}"]',
            key=key,
            most=MOST,
            example=_EXAMPLES[key],
        )
    return tuple(line.strip() for line in value if not is_empty(line))


def _ids(source: _Source, key: str, value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_lines(source, key, value)))


def _aliases(source: _Source, key: str, value: object) -> dict[str, str]:
    example = 'for example: a table [aliases] with a line Anna = "my sister"'
    if not isinstance(value, dict) or len(value) > MOST:
        raise source.refuse(key, "aliases is a table of names, at most {most}", example, most=MOST)
    for name, alias in value.items():
        if is_empty(name) or not isinstance(alias, str) or is_empty(alias) or not alias.isprintable():
            raise source.refuse(key, "every name needs an alias: one line of text in quotation marks", example)
    return {name: alias.strip() for name, alias in value.items()}


def _yes(source: _Source, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise source.refuse(
            key, "{key} is true or false, without quotation marks", "for example: {key} = true", key=key
        )
    return value


_READERS: dict[str, Callable[[_Source, str, Any], Any]] = {
    "out": _line,
    "form": _form,
    "to": _line,
    "since": _time,
    "until": _time,
    "lang": _language,
    "talk_about": _lines,
    "blocks": _blocks,
    "entries": _ids,
    "aliases": _aliases,
    "password_command": _line,
    "clear": _yes,
}
_EXAMPLES = {
    "out": "notes.md",
    "form": "md",
    "to": "my therapist",
    "since": "2026-10-27",
    "until": "today",
    "lang": "en",
    "talk_about": "I kept a limit, and felt sick about it for a day.",
    "blocks": "mood",
    "entries": "7k2m9qxa",
    "password_command": "pass show notes",
}
