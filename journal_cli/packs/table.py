"""One part of a pack's file, read field by field; each refusal says it in an author's words."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from journal_cli.packs.place import Place, nearest
from journal_cli.packs.source import shown

LONGEST_ID = 64
LONGEST_LINE = 200  # characters of a title
LONGEST_TEXT = 4000  # characters of a question or a note
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Table:
    """
    A part of a file, with what is written in it.

    Args:
        place: Where it stands.
        values: Its keys and what they were given.
    """

    place: Place
    values: Mapping[str, Any] = field(repr=False)

    def line(self, key: str, default: str | None = None, *, most: int = LONGEST_LINE) -> str:
        """
        Read a text of one line; without a default it must be there.

        Raises:
            NotWhatItSays: If it is missing, empty, no text, of several lines, or too long.
        """
        value = self.text(key, default, most=most)
        if "\n" in value:
            self.place.refuse(
                "{file}, line {line}: {key} is a text of one line", key=key, hint="take the line break out"
            )
        return value

    def text(self, key: str, default: str | None = None, *, most: int = LONGEST_TEXT) -> str:
        """
        Read a text, of several lines if need be; without a default it must be there.

        Raises:
            NotWhatItSays: If it is missing, empty, no text, or longer than `most` characters.
        """
        if key not in self.values:
            return self._missing(key, 'add a line: {key} = "…"') if default is None else default
        return self._checked(key, self.values[key], most, empty=default == "")

    def texts(self, key: str, *, required: bool = False, most: int = LONGEST_TEXT) -> tuple[str, ...]:
        """
        Read a list of texts; none if it is not there.

        Raises:
            NotWhatItSays: If it is no list of texts, or holds nothing although it is required.
        """
        if key not in self.values and required:
            self._missing(key, 'add a line: {key} = ["…", "…"]')
        value = self.values.get(key, [])
        if not isinstance(value, list) or (required and not value):
            self.place.refuse(
                "{file}, line {line}: {key} is a list of texts in square brackets",
                key=key,
                hint='write {key} = ["…", "…"]',
            )
        return tuple(self._checked(key, one, most) for one in value)

    def id(self, key: str, default: str | None = None) -> str:
        """
        Read an id; without a default it must be there.

        Raises:
            NotWhatItSays: If it is missing, or not made of a-z, 0-9 and hyphens.
        """
        return self._as_id(key, self.line(key, default))

    def ids(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """
        Read a list of ids; none if it is not there.

        Raises:
            NotWhatItSays: If it is no list of ids, or holds none although it is required.
        """
        return tuple(self._as_id(key, one) for one in self.texts(key, required=required))

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """
        Read a whole number from least to most.

        Raises:
            NotWhatItSays: If it is anything else.
        """
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.place.refuse(
                "{file}, line {line}: {key} is a whole number from {least} to {most}",
                key=key,
                hint="write {key} = {default}, without quotation marks",
                least=least,
                most=most,
                default=default,
            )
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """
        Read a yes or no.

        Raises:
            NotWhatItSays: If it is anything else.
        """
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.place.refuse(
                "{file}, line {line}: {key} is true or false",
                key=key,
                hint="write {key} = true, without quotation marks",
            )
        return value

    def one_of(self, key: str, offered: Collection[str], default: str | None = None) -> str:
        """
        Read one of the words offered; without a default it must be there.

        Raises:
            NotWhatItSays: If it is missing or another word, with the nearest one as a hint.
        """
        value = self.line(key, default)
        if value not in offered and value != default:
            self.not_offered(key, value, offered)
        return value

    def some_of(self, key: str, offered: Collection[str]) -> tuple[str, ...]:
        """
        Read a list of the words offered; none if it is not there.

        Raises:
            NotWhatItSays: If one is another word, with the nearest one as a hint.
        """
        values = self.texts(key)
        for value in values:
            if value not in offered:
                self.not_offered(key, value, offered)
        return values

    def not_offered(self, key: str, value: str, offered: Collection[str]) -> NoReturn:
        """
        Refuse a word that is not one of those offered.

        Raises:
            NotWhatItSays: Always.
        """
        hint, near = nearest(value, offered)
        self.place.refuse(
            '{file}, line {line}: "{value}" is not a word that {key} knows',
            key=key,
            value=value,
            hint=hint or "it knows: {offered}",
            near=near,
            offered=", ".join(offered),
        )

    def part(self, name: str) -> "Table | None":
        """
        Give the part of this name that comes at most once, or None.

        Raises:
            NotWhatItSays: If it is written with two brackets, or as a value.
        """
        value = self.values.get(name)
        if value is None:
            return None
        place = self.place.inside(name)
        if not isinstance(value, dict):
            place.refuse("{file}, line {line}: {part} comes once, on a line of its own", hint="write {part}")
        return Table(place, value)

    def parts(self, name: str, *, required: bool = False) -> tuple["Table", ...]:
        """
        List the parts of this name, in the order of the file.

        Raises:
            NotWhatItSays: If it is written with one bracket, or as a value.
        """
        value = self.values.get(name, [])
        place = self.place.inside(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            place.refuse(
                "{file}, line {line}: {part} may come several times and has two brackets on each side",
                hint="write {part}",
            )
        if required and not value:
            self.place.refuse(
                "{file}, line {line}: this {part} has no {needed}", needed=place.label, hint="add one below it"
            )
        return tuple(Table(self.place.inside(name, number), one) for number, one in enumerate(value))

    def unknown(self, known: Collection[str]) -> tuple[str, ...]:
        """List the keys of this part that nobody reads, as `[prompt] colour`."""
        name = self.place.name
        return tuple(f"[{name}] {shown(key)}" if name else shown(key) for key in self.values if key not in known)

    def _missing(self, key: str, hint: str) -> NoReturn:
        self.place.refuse("{file}, line {line}: this {part} has no {key}", key=key, hint=hint)

    def _checked(self, key: str, value: object, most: int, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            self.place.refuse(
                "{file}, line {line}: {key} is a text and stands between quotation marks",
                key=key,
                hint='write {key} = "…"',
            )
        text = value.strip()
        if not text and not empty:
            self.place.refuse("{file}, line {line}: {key} is empty", key=key, hint="write something, or take it out")
        if len(text) > most:
            self.place.refuse(
                "{file}, line {line}: {key} is longer than {most} characters",
                key=key,
                hint="make it shorter, or two of it",
                most=most,
            )
        return text

    def _as_id(self, key: str, value: str) -> str:
        if not ID.fullmatch(value) or len(value) > LONGEST_ID:
            near = "-".join(re.findall("[a-z0-9]+", value.lower()))[:LONGEST_ID].strip("-")
            self.place.refuse(
                '{file}, line {line}: the id "{value}" is not made of a-z, 0-9 and hyphens',
                key=key,
                value=value,
                hint='"{near}" would do' if near else "an id looks like this: kept-word",
                near=near,
            )
        return value
