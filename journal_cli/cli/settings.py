"""`journal settings`: how the journal behaves; kept inside it."""

import difflib
from collections.abc import Mapping
from typing import Annotated

import typer

from journal_cli.cli.desk import DAYS
from journal_cli.cli.rooms import Json, at_desk, leaf
from journal_cli.errors import Mistyped, NotFound
from journal_cli.journal.session import CONTENT_NOTES
from journal_cli.records import settings
from journal_cli.screen.said import parts

app = leaf()

# What each setting may be; one that takes several is written with commas.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": ("en", "pl"),
    "intensity": ("gentle", "steady", "deep"),
    "hidden-notes": CONTENT_NOTES,
    "discreet": ("off", "on"),
    "editor": ("built-in", "own"),
    "week-starts": DAYS,
    "page-size": ("a4", "letter"),
}
USUAL: Mapping[str, str] = {
    "lang": "",
    "intensity": "gentle",
    "hidden-notes": "",
    "discreet": "off",
    "editor": "built-in",
    "week-starts": "monday",
    "page-size": "a4",
}

Key = Annotated[str, typer.Argument(metavar="[KEY]", help="Which one.", show_default=False)]
Value = Annotated[str, typer.Argument(metavar="[VALUE]", help="What it is from now on.", show_default=False)]


@app.command("settings")
def show_or_set(ctx: typer.Context, key: Key = "", value: Value = "", as_json: Json = False) -> None:
    """
    See and change how the journal behaves.

      journal settings
      journal settings intensity steady
      journal settings hidden-notes sexual-content,illness
    """
    desk = at_desk(ctx)
    if key and key not in CHOICES:
        near = difflib.get_close_matches(key, CHOICES, n=1)
        hint = "did you mean {near}?" if near else "they are: {offered}"
        offered = ", ".join(CHOICES)
        raise NotFound("no setting is called {key}", key=key[:40], hint=hint, near="".join(near), offered=offered)
    checked = _checked(key, value) if value else None
    desk.open()
    if checked is not None:
        desk.set(key, checked)
    chosen = {**USUAL, **settings.get_all(desk.journal)}
    shown = {key: chosen[key]} if key else {name: chosen[name] for name in CHOICES}
    if as_json:
        desk.dump({"settings": {name: None if (name, now) == ("lang", "") else now for name, now in shown.items()}})
        return
    for name, current in shown.items():
        meaning = desk.words(f"keep.settings.{name}")
        desk.show(parts((f"{name:14}{current or desk.words('keep.not_set'):14}", ""), (meaning, "quiet")))


def _checked(key: str, value: str) -> str:
    """
    Check a new value; `none` clears one that takes several.

    Raises:
        Mistyped: If the setting cannot be that.
    """
    several = key == "hidden-notes"
    parts = [part.strip().lower() for part in value.split(",")] if several else [value.strip().lower()]
    if several and parts == ["none"]:
        return ""
    for part in parts:
        if part not in CHOICES[key]:
            offered = ", ".join(CHOICES[key])
            hint = "one of: {offered}"
            raise Mistyped("{key} cannot be {value}", key=key, value=part[:40], hint=hint, offered=offered)
    return ",".join(dict.fromkeys(parts))
