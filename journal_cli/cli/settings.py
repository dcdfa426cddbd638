"""`journal settings`: how the journal behaves; kept inside it."""

import difflib
from collections.abc import Mapping
from typing import Annotated

import typer

from journal_cli.cli.desk import QUIET_AFTER, Desk
from journal_cli.cli.rooms import Json, at_desk, leaf
from journal_cli.cli.setting_choices import ANY, CHOICES, SEVERAL
from journal_cli.errors import Mistyped, NotFound
from journal_cli.journal.items import NONE
from journal_cli.records import settings
from journal_cli.screen.said import parts

app = leaf()

USUAL: Mapping[str, str] = {
    "lang": "",
    "intensity": "gentle",
    "hidden-notes": "",
    "discreet": "off",
    "editor": "built-in",
    "quiet-after": QUIET_AFTER,
    "week-starts": "monday",
    "page-size": "a4",
    "check-in": "",
}

Key = Annotated[str, typer.Argument(metavar="[KEY]", help="Which one.", show_default=False)]
Value = Annotated[str, typer.Argument(metavar="[VALUE]", help="What it is from now on.", show_default=False)]


@app.command("settings")
def show_or_set(ctx: typer.Context, key: Key = "", value: Value = "", as_json: Json = False) -> None:
    """
    See and change how the journal behaves.

    With `discreet` on, `list`, `search`, `trash`, `progress`, the first page and what is offered again show days,
    times, kinds, ids and lengths, and no title, word, feeling, person or theme. `show ID` shows what was asked for.

      journal settings
      journal settings discreet on
      journal settings intensity steady
      journal settings hidden-notes sexual-content,illness
      journal settings check-in own-tone,felt-safe
    """
    desk = at_desk(ctx)
    if key and key not in CHOICES:
        near = difflib.get_close_matches(key, CHOICES, n=1)
        hint = "did you mean {near}?" if near else "they are: {offered}"
        offered = ", ".join(CHOICES)
        raise NotFound("no setting is called {key}", key=key[:40], hint=hint, near="".join(near), offered=offered)
    checked = _checked(key, value, _choices(desk, key)) if value else None
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


def _choices(desk: Desk, key: str) -> tuple[str, ...]:
    """Give what a setting may be."""
    return (*CHOICES[key], ANY, *desk.library.check_ins) if key == "check-in" else CHOICES[key]


def _checked(key: str, value: str, choices: tuple[str, ...]) -> str:
    """
    Check a new value; `none` clears the content notes, and `any` the check-in items that were chosen.

    Raises:
        Mistyped: If the setting cannot be that.
    """
    several = key in SEVERAL
    parts = [part.strip().lower() for part in value.split(",")] if several else [value.strip().lower()]
    if parts == [{"hidden-notes": NONE, "check-in": ANY}.get(key)]:
        return ""
    for part in parts:
        if part not in choices or (len(parts) > 1 and part in {NONE, ANY}):
            offered = ", ".join(choices)
            hint = "one of: {offered}"
            raise Mistyped("{key} cannot be {value}", key=key, value=part[:40], hint=hint, offered=offered)
    return ",".join(dict.fromkeys(parts))
