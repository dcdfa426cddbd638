"""What the tests of the screens share: words, a window of any width, and a few invented evenings."""

import tomllib
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import product
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, RenderableType

from journal_cli.journal.moment import Moment
from journal_cli.journal.mood import Corner, Feeling
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import theme

PROMPTS = Path(__file__).parents[2] / "prompts"
CALENDAR = {
    "en": {
        "months": "January February March April May June July August September October November December",
        "months_short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "months_alone": "January February March April May June July August September October November December",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "weekdays_short": "Mon Tue Wed Thu Fri Sat Sun",
    },
    "pl": {
        "months": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "months_short": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "months_alone": "styczeń luty marzec kwiecień maj czerwiec "
        "lipiec sierpień wrzesień październik listopad grudzień",
        "weekdays": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        "weekdays_short": "pn wt śr czw pt sob nd",
    },
}
THEMES = {"trust-self": "trust in yourself", "boundaries": "boundaries"}
HOSTILE = "\x1b[31mred\x1b[0m \u202eback\u2066 \x07\x9b"


def sentences(language: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    said: dict[str, str] = {}
    plurals: dict[str, dict[str, str]] = {}

    def walk(table: dict, key: str) -> None:
        if set(table) in ({"one", "other"}, {"one", "few", "many"}):
            plurals[key] = table
            return
        for name, value in table.items():
            full = f"{key}.{name}" if key else name
            if isinstance(value, dict):
                walk(value, full)
            else:
                said[full] = value

    walk(tomllib.loads((PROMPTS / language / "words" / "look_back.toml").read_text(encoding="utf-8")), "")
    return said, plurals


def words(language: str) -> Words:
    said, plurals = sentences(language)
    lists = {name: tuple(row.split()) for name, row in CALENDAR[language].items()}
    return Words(language, said, plurals, lists)


def feelings(language: str) -> tuple[Feeling, ...]:
    table = tomllib.loads((PROMPTS / language / "feelings.toml").read_text(encoding="utf-8"))
    return tuple(
        Feeling(id_, word, Corner(corner)) for corner in Corner for id_, word in table.get(corner.value, {}).items()
    )


def voice(language: str = "en") -> Voice:
    return Voice(words(language), feelings(language), THEMES)


def looks() -> list[Look]:
    """Every window a screen is tried in."""
    kinds = product((40, 80, 120), (False, True), (False, True))
    return [Look(width, plain, colour=not plain, ascii=only_ascii) for width, plain, only_ascii in kinds]


def show(renderable: RenderableType, look: Look) -> str:
    """Show it on a terminal that takes every code, so that nothing is lost on the way."""
    out = StringIO()
    Console(
        file=out,
        width=look.width,
        force_terminal=True,
        color_system="truecolor",
        no_color=not look.colour,
        theme=theme(look),
        legacy_windows=False,
    ).print(renderable)
    return out.getvalue()


def lines(renderable: RenderableType, look: Look) -> list[str]:
    """Show it without its styles, and see that no line is wider than the window."""
    bare = show(renderable, Look(look.width, plain=True, colour=False)) if look.plain else _unstyled(renderable, look)
    shown = bare.splitlines()
    assert all(cell_len(line) <= look.width for line in shown), max(shown, key=cell_len)
    assert all(line == line.rstrip() for line in shown), "a line ends in spaces"
    return shown


def _unstyled(renderable: RenderableType, look: Look) -> str:
    out = StringIO()
    Console(file=out, width=look.width, color_system=None, theme=theme(look)).print(renderable)
    return out.getvalue()


def at(text: str, zone: str = "Europe/Warsaw", offset: int = 60) -> Moment:
    """Read a local time such as `2026-11-24 21:08`."""
    local = datetime.fromisoformat(text)
    return Moment((local - timedelta(minutes=offset)).replace(tzinfo=UTC), zone, offset)
