"""
What is never built, a row for each: no sentence says it, no key, column or name holds it.

Each rule over words is itself tried on one planted fault, as the rules of the house are; what is a matter
of behaviour is tried on the screens and in the JSON.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from typer.main import get_command

from journal_cli.cli.main import Journal
from journal_cli.insight.moods import Trend, mood_findings, mood_json
from journal_cli.journal.moment import Moment, moment
from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.questionnaire import Result
from journal_cli.journal.session import StepKind
from journal_cli.journal.sitting import Sitting, State
from journal_cli.packs import shelf
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import measures, moods
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.moods import mood_calendar, mood_page
from journal_cli.screen.theme import theme
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds
from journal_cli.vault.vault import unlock

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 24)
ANY_COST = Bounds(lowest=CHEAPEST, highest=HIGHEST)


@dataclass(frozen=True)
class Shown:
    """
    What the program says and holds.

    Args:
        sentences: What people read, by where it stands: words of both languages, help pages.
        held: Keys of JSON, columns of tables, and what modules, functions and fields are called.
        styles: Text in the screens' code that may be the name of a style.
        asked: What is answered with a number or a choice: questionnaires, and those short questions that may be
            drawn, or that are asked of somebody who did not choose them.
    """

    sentences: dict[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Never:
    """
    A row of what is never built.

    Args:
        said: What no sentence may say, as a pattern.
        held: What no key, column or name may have in it, as a pattern.
        plant: A sentence and a name that break the rule.
        where: The topics of words it holds for; all of them if none is named.
    """

    said: str
    held: str
    plant: tuple[str, str]
    where: tuple[str, ...] = ()


SUMMARIES = ("look_back", "measure", "limit", "goal", "program", "share", "help")
NEVER = {
    "correlations": Never(
        r"correlat|korelac|skorelow|\d ?%|\bpercent\b|procent|on days with|w dni(ach)? z ",
        r"correlat|percent|regress",
        ("Mood is 23% lower on days with Sam.", "correlations"),
        SUMMARIES,
    ),
    "a single average mood": Never(
        r"\baverage|\bon the whole\b|przeciętn|\bśredni(a|ej|ą)\b",
        r"average|mean_mood|mood_mean|mood_score|overall",
        ("Your average mood is 0.4.", "average_pleasant"),
    ),
    "before and after as a success": Never(
        r"success|sukces|it worked|zadziała|paid off|effective|skuteczn",
        r"success|improve|effect(ive)?(ness)?$",
        ("In five of nine sittings it was a success.", "sittings_improved"),
        SUMMARIES,
    ),
    "a change called better or worse": Never(
        r"\bbetter\b|\bworse\b|improv|declin|deteriorat|\blepie|\bgorze|popraw[aęy]\b|pogorsz|polepsz",
        r"better|worse|improv|deteriorat",
        ("PHQ-9: better than in October.", "is_better"),
        SUMMARIES,
    ),
    "risk scores, prediction, sentiment": Never(
        r"\brisk (score|level)|at risk|predict|forecast|sentiment|przewidyw|prognoz|poziom ryzyka|sentyment|\bwydźwięk",
        r"risk|predict|forecast|sentiment",
        ("Tomorrow's mood, a forecast: low.", "sentiment"),
    ),
    "streaks and rates of completion": Never(
        r"streak|in a row|z rzędu|\bseri[aię]\b|overdue|\bmissed\b|you skipped|completion rate|"
        r"\bdone: \d|adheren|zaległ|opuszczon|nieodrobion",
        r"streak|overdue|missed|adherence|completion_rate|skipped_days|percent",
        ("Seven days in a row, well done.", "longest_streak"),
        (*SUMMARIES, "reflect", "keep", "desk"),
    ),
    "a partner compared": Never(
        r"your partner's (answers|score|mood|result)|compared? (with|to) (your|a) partner|than your partner|"
        r"wynik(i|iem)? partner|niż (twój partner|twoja partnerka)",
        r"partner|(author|owner|writer|user)_id|merged?_from",
        ("Your partner's score is higher.", "partner_id"),
    ),
    "names of ranges where the days are told": Never(
        r"\b(minimal|mild|moderate|severe)\b|łagodn[ey]|umiarkowan|ciężki[e]?\b",
        r"^(mood|progress|day|week)_band|severity",
        ("PHQ-9, 9 of 27: mild.", "severity"),
        ("look_back", "limit", "goal", "program", "calendar"),
    ),
}
UNTOUCHED = {"completion"}  # the shell's, not the person's


# What there is to look at.


def _strings(table: dict[str, Any], beginning: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        at = f"{beginning}.{key}"
        if isinstance(value, dict):
            yield from _strings(value, at)
        else:
            yield from ((at, one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _help() -> Iterator[tuple[str, str]]:
    """Every help page: what it says, and what it says of each option."""
    for card in Journal.cards:
        command = card.open()
        waiting = [(card.name, command if hasattr(command, "params") else get_command(command))]
        while waiting:
            name, one = waiting.pop()
            texts = [one.help or "", *(getattr(param, "help", None) or "" for param in one.params)]
            yield f"help.{name}", "\n".join(texts)
            waiting += [(f"{name} {inner}", there) for inner, there in getattr(one, "commands", {}).items()]


@cache
def _sentences() -> dict[str, str]:
    found = dict(_help())
    for path in sorted((ROOT / "prompts").glob("*/words/*.toml")):
        language, topic = path.parts[-3], path.stem
        found |= {f"{language}:{key}": text for key, text in _strings(tomllib.loads(path.read_text("utf-8")), topic)}
    return found


@cache
def _code() -> tuple[frozenset[str], frozenset[str]]:
    """What things are called in the package, and the texts in the screens that are no docstrings."""
    names, texts = set(), set()
    for path in (ROOT / "journal_cli").rglob("*.py"):
        names.add(path.stem)
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and path.parent.name in {"screen", "cli"}
            ):
                texts.add(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and (
                said := ast.get_docstring(node, clean=False)
            ):
                texts.discard(said)
    return frozenset(names), frozenset(texts)


def _keys(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from _keys(value)
    elif isinstance(document, list):
        for one in document:
            yield from _keys(one)


def _asked() -> dict[str, str]:
    found = {}
    for language in ("en", "pl"):
        library = shelf.shipped_library(language)
        items = (one for one in library.check_ins.values() if one.chart or not one.private)
        found |= {f"{language}:{one.id}": one.text for one in items}
        for one in questionnaires(language).values():
            found[f"{language}:{one.id}"] = " ".join([one.name, one.about, *(item.label for item in one.items)])
    return found


@pytest.fixture
def evening(journal: Any) -> Any:
    """A journal with a little of everything that is summed up, a questionnaire among it."""
    journal("checkin", "--pleasant", "2", "--energy", "6", "--word", "tense")
    journal("write", "--star", input="A page.")
    journal("reflect", "signal-today", input="\n3\n5\nafraid\nA no.\n.\n:s\n:s\n5\n4\ncalm\n")
    journal("limit", "add", input="Leave at four.\n")
    journal("goal", "add", input="Sleep before midnight.\n")
    with unlock(journal.folder, journal.passphrase, bounds=ANY_COST).open(STEP_COUNT, load_steps) as db:
        fact = questionnaires("en")["phq-9"]
        for days, answers in ((30, (2, 2, 1, 1, 1, 1, 1, 1, 0)), (1, (1,) * 9)):
            known = (f"pppp{days:04}", fact.id, fact.version, "en", at(days), answers)
            measures.add(db, Result(*known, total=fact.total(answers)))
    return journal


@pytest.fixture
def shown(evening: Any) -> Shown:
    """All of it: what is said, and the keys and columns of a journal that is lived in."""
    commands = ("mood", "progress", "list", "limit list", "goal list", "prompts list", "settings")
    keys = {key for command in commands for key in _keys(evening(*command.split(), "--json").json)}
    with unlock(evening.folder, evening.passphrase, bounds=ANY_COST).open(STEP_COUNT, load_steps) as db:
        columns = db.read("SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c")
    names, texts = _code()
    held = names | keys | {name for pair in columns for name in pair}
    return Shown(_sentences(), frozenset(held - UNTOUCHED), texts, _asked())


# The rules over words.


def complaints(never: Never, shown: Shown) -> Iterator[str]:
    """What of a row is built after all."""
    for where, sentence in shown.sentences.items():
        topic = where.partition(":")[2].partition(".")[0] if ":" in where else where.partition(".")[0]
        if (not never.where or topic in never.where) and re.search(never.said, sentence, re.IGNORECASE):
            yield f"{where}: {sentence}"
    yield from (name for name in sorted(shown.held) if re.search(never.held, name.lower()))


@pytest.mark.parametrize("never", NEVER.values(), ids=NEVER)
def test_it_is_in_no_sentence_no_key_no_column_and_no_name(never: Never, shown: Shown) -> None:
    found = list(complaints(never, shown))

    assert len(shown.sentences) > 1000
    assert {"pleasant", "crossed", "changed_at", "days_with_entries", "mood_page"} <= shown.held
    assert not found, "\n".join(found)


@pytest.mark.parametrize("never", NEVER.values(), ids=NEVER)
def test_it_would_be_found_if_it_were_there(never: Never) -> None:
    sentence, name = never.plant

    for topic in never.where or ("mood",):
        assert len(list(complaints(never, Shown({f"en:{topic}.planted": sentence})))) == 1
    assert list(complaints(never, Shown(held=frozenset({name})))) == [name]
    assert not list(complaints(never, Shown({"en:look_back.word": "A calm day."}, frozenset({"pleasant"}))))


INTIMATE = re.compile(
    r"\bsex|\bdesire|\bpassion|orgasm|libido|arous|seks|pożąda|namiętn|pragnie[nń]|podniec", re.IGNORECASE
)


def counted_intimacy(shown: Shown) -> list[str]:
    """Short questions with a number, and columns, that would count or chart what is nobody's to count."""
    return [where for where, text in shown.asked.items() if INTIMATE.search(text)] + [
        name for name in shown.held if INTIMATE.search(name)
    ]


def test_neither_sex_nor_desire_is_counted_or_given_a_number(shown: Shown) -> None:
    assert len(shown.asked) > 40
    assert not counted_intimacy(shown)
    assert counted_intimacy(replace(shown, asked={"en:how-often": "How often did you have sex this week?"}))
    assert counted_intimacy(replace(shown, held=frozenset({"passion_score"})))


def test_the_one_private_answer_about_touch_comes_up_in_no_summary(evening: Any) -> None:
    """It is there for whoever chooses it; what is private in no chart is in no sum either."""
    item = shelf.shipped_library("en").check_ins["interest-in-touch"]
    assert (item.chart, item.private) == (False, True)
    with unlock(evening.folder, evening.passphrase, bounds=ANY_COST).open(STEP_COUNT, load_steps) as db:
        moods.add_check_in(db, CheckIn("t0000000", at(1), Mood(1, 1), items=((item.id, 7),)))
        assert moods.check_in(db, "t0000000").items == ((item.id, 7),)

    for command in ("mood", "mood --calendar", "progress", "progress --numbers", "mood --json", "progress --json"):
        page = evening(*command.split()).stdout
        assert item.id not in page
        assert not INTIMATE.search(page)


GRADING = re.compile(r"\b(bright_)?(red|green|yellow|orange)\d*\b|#[0-9a-f]{6}|rgb\(", re.IGNORECASE)


def grading_colours(shown: Shown) -> list[str]:
    return [text for text in shown.styles if GRADING.search(text)]


def test_no_screen_has_a_colour_that_grades(shown: Shown) -> None:
    assert {"accent", "quiet", "strong"} <= shown.styles
    assert not grading_colours(shown)
    assert grading_colours(replace(shown, styles=frozenset({"bold green"}))) == ["bold green"]
    for look in (Look(), Look(colour=False), Look(plain=True)):
        named = {style.color.name for style in theme(look).styles.values() if style.color}
        own = {theme(look).styles[name].color for name in ("accent", "quiet", "strong")} - {None}
        assert {colour.name for colour in own} <= {"cyan"}
        assert named  # rich brings styles of its own, which the screens do not use


# What is a matter of behaviour.


def at(days: int) -> Moment:
    return moment(datetime(2026, 11, 24, 12, tzinfo=UTC) - timedelta(days=days), "Europe/Warsaw")


def told(days: int, pleasant: float | None) -> CheckIn:
    return CheckIn("c0000000", at(days), Mood(pleasant, pleasant and int(pleasant)))


def page_of(page: RenderableType, look: Look) -> str:
    out = StringIO()
    Console(file=out, width=look.width, force_terminal=not look.plain, theme=theme(look)).print(page)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())


@cache
def voice(language: str) -> Voice:
    return Voice(shelf.words(language, "look_back", "calendar"), shelf.feelings(language))


LOOKS = [Look(width, plain, ascii=only) for width in (40, 80, 120) for plain in (False, True) for only in (False, True)]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_line_goes_over_a_gap_and_a_blank_is_no_zero(look: Look) -> None:
    found = mood_findings([told(0, 3), told(27, -3)], [], 2, TODAY - timedelta(days=27), TODAY)

    gaps = [week for week in mood_json(found)["weeks"] if not week["n"]]
    page = page_of(mood_page(found, voice("en"), look), look)

    assert len(gaps) >= 2
    assert all((week["pleasant"], week["energy"]) == (None, None) for week in gaps)
    if look.plain:
        first, last = "2 November", "16 November"
        said = f"From the week of {first} to the week of {last}: no check-ins."
        assert said in " ".join(page.split())
        return
    rows = [line.split() for line in page.splitlines() if "no check-ins" in line]
    assert len(rows) == len(gaps)
    assert all(row[2:] == ["no", "check-ins"] for row in rows)  # a day, a month, and nothing drawn beside them


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(-3, 3)), max_size=7))
def test_under_eight_moods_in_four_weeks_no_word_says_where_it_is_moving(few: list[tuple[int, int]]) -> None:
    found = mood_findings([told(*one) for one in few], [], 0, TODAY - timedelta(days=60), TODAY)

    assert found.trend is Trend.TOO_FEW
    for language, moving in (("en", r"\b(higher|lower)\b|lay about where"), ("pl", r"\b(wyżej|niżej|mniej więcej)\b")):
        page = page_of(mood_page(found, voice(language), Look(120)), Look(120))
        assert not re.search(moving, page)


def test_from_eight_on_there_is_a_word_so_that_the_test_above_can_fail() -> None:
    eight = [told(days, -3) for days in range(20, 24)] + [told(days, 3) for days in range(4)]
    found = mood_findings(eight, [], 0, TODAY - timedelta(days=60), TODAY)

    assert "higher" in page_of(mood_page(found, voice("en"), Look(120)), Look(120))


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_before_and_after_never_stand_without_the_sentence_about_a_dip(look: Look, language: str) -> None:
    for moves in ([(-1, 1)], [(1, -1)], [(0, 0)] * 20):
        sat = [
            Sitting(f"s{n:07}", at(n), "evening", "Evening", State.DONE, Mood(before), Mood(after))
            for n, (before, after) in enumerate(moves)
        ]
        found = mood_findings([], sat, 0, TODAY - timedelta(days=60), TODAY)
        page = " ".join(page_of(mood_page(found, voice(language), look), look).split()).lower()
        assert voice(language).words("look_back.mood.dip").lower() in page


def test_a_change_within_the_wobble_is_called_noise_and_one_beyond_it_nothing_more_than_that() -> None:
    for language, noise in (("en", "may be noise"), ("pl", "szum")):
        words = shelf.words(language, "measure")
        said = words("measure.change_within", before=11, after=9, wobble=5)
        assert noise in said
        assert noise not in words("measure.change_beyond", before=19, after=9, wobble=5)


def test_no_goal_is_made_of_a_questionnaire_and_no_session_or_program_asks_one(evening: Any) -> None:
    assert {kind.value for kind in StepKind}.isdisjoint({"measure", "questionnaire", "goal"})
    for language in ("en", "pl"):
        programs = shelf.shipped_library(language).programs.values()
        assert not [week.title for one in programs for week in one.weeks if week.measures]
    with unlock(evening.folder, evening.passphrase, bounds=ANY_COST).open(STEP_COUNT, load_steps) as db:
        columns = {
            name
            for table in ("goal", "goal_rating")
            for (name,) in db.read("SELECT name FROM pragma_table_xinfo(?)", (table,))
        }
    assert "value" in columns
    assert not columns & {"questionnaire", "measure", "target", "total", "measured"}
    goals = evening("progress", "--json").json["goals"]
    assert [one["text"] for one in goals] == ["Sleep before midnight."]


@pytest.mark.parametrize("lang", ["en", "pl"])
@pytest.mark.parametrize(
    "command", ["", "mood", "mood --calendar", "progress --numbers", "list", "goal list", "limit list"]
)
def test_no_page_of_the_day_calls_a_total_by_the_name_of_its_range(evening: Any, command: str, lang: str) -> None:
    page = evening(*command.split(), JOURNAL_LANG=lang)
    labels = {band.label for one in questionnaires(lang).values() for band in one.bands}

    assert {"mild" if lang == "en" else "łagodne"} <= labels
    assert page.stdout
    assert not [label for label in labels if re.search(rf"\b{label}\b", page.stdout + page.stderr)]


@pytest.mark.parametrize("command", ["mood", "progress", "list"])
def test_no_document_of_the_day_has_the_name_of_a_range_in_it(evening: Any, command: str) -> None:
    document = evening(command, "--json").json

    assert set(_keys(document)).isdisjoint({"band", "bands", "label", "severity", "cutoff", "change", "wobble"})


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_day_and_no_time_is_ranked_above_another(language: str) -> None:
    many = [replace(told(days, 3 if days % 7 else -3), at=at(days)) for days in range(100)]
    found = mood_findings(many, [], 0, TODAY - timedelta(days=120), TODAY)

    for page in (mood_page, mood_calendar):
        said = page_of(page(found, voice(language), Look(120)), Look(120)).lower()
        assert not re.search(
            r"\b(best|worst|most|happiest|better|worse|usually)\b|najlep|najgor|lepiej|gorzej|zwykle", said
        )
    assert len(found.weekdays) == 7
