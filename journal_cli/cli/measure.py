"""
`journal measure`: questionnaires answered from a form the person has, scored as their publications say.

What `--json` prints:

    list    {"measures": [MEASURE…]}
    show    MEASURE + {"about","source","licence","bands": [{"least","most","label","source"}…],
            "wobble": {"points","source"}|null,"results": [{"id","at","total","answered","items","language"}…]}
    take    {"id","name","at","answered","items": [number|null…],"total": number|null,
            "band": {"label","source"}|null}     id and at are null where it was for another day
    add     {"questionnaire","language","items"}
    MEASURE {"id","name","version","items","window","last_at","form": its language|null,"coding"}
"""

import os
import stat
from pathlib import Path
from typing import Annotated, Any

import typer

from journal_cli.cli import measuring, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.measuring import Taking
from journal_cli.cli.options import At
from journal_cli.cli.questions import Left
from journal_cli.cli.rooms import Json, Plain, Yes, at_desk, group
from journal_cli.errors import AlreadyThere, Interrupted, NothingToDo, NotWhatItSays, Refused
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Form, Questionnaire, Result
from journal_cli.packs.forms import LARGEST, form_toml, read_form
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import forms, measures
from journal_cli.records.forms import AddedForm
from journal_cli.screen import measures as screen
from journal_cli.screen.ask import Question, key_of, yes_no
from journal_cli.screen.measures import Known

app = group()

NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # a pipe with nobody at its other end is opened all the same
BANDS_KEY = "b"

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Its name; `journal measure list` shows them.", show_default=False)
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A TOML file with the wording.", show_default=False)]
Bands = Annotated[bool, typer.Option("--bands", help="Then show the names published for ranges of totals.")]
Replace = Annotated[bool, typer.Option("--replace", help="Put it in the place of the one added before.")]


@app.callback(invoke_without_command=True)
def measure(ctx: typer.Context) -> None:
    """
    Answer a questionnaire from a form you have.

    A number is not a diagnosis. Here are the facts of published measures: how many items, how they are counted, what
    was published about the result. The wording is on the form you were given.
    """
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("list")
def list_measures(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show which questionnaires there are, and when you last answered them.

      journal measure list
    """
    _list(at_desk(ctx, plain=plain), as_json=as_json)


@app.command("show")
def show(ctx: typer.Context, name: Name, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show where its scoring comes from, published bands, and your earlier answers.

      journal measure show phq-9
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    known = _known(desk, measuring.named(desk, name))
    there = [one for one in measures.results(desk.journal, None, None) if one.questionnaire == known.measure.id]
    if as_json:
        desk.dump(_measure_json(known) | _more_json(known.measure, there))
        return
    desk.show(screen.measure_page(known, there, desk.now().day, desk.look, desk.words))


@app.command("take")
def take(
    ctx: typer.Context,
    name: Name,
    at: At = None,
    bands: Bands = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Answer it item by item, from your form.

    Stopping keeps what was answered so far, without a total. From a pipe it reads one answer a line; an empty line
    leaves an item out. For phq-9 the first line is 9 for all of it, 8 without its last question, or 0 for not today.

      journal measure take phq-9
      journal measure take gad-7 --at "last monday"
    """
    desk = at_desk(ctx, plain=plain)
    moment = desk.moment(at)
    desk.open()
    wanted = measuring.named(desk, name)
    with desk.journal.changing():
        pass  # a journal that cannot be written to says so before the first item, not after the last
    try:
        taking = measuring.begin(desk, wanted, moment)
    except Left:
        raise _nothing() from None
    if taking is None:
        if as_json:
            desk.dump(_answers_json(wanted, None))
        return
    result = _taken(desk, taking, moment)
    if as_json:
        desk.dump(_answers_json(taking.measure, result))
        return
    _show_outcome(desk, taking.measure, result, bands=bands)


@app.command("add")
def add(
    ctx: typer.Context,
    file: File,
    replace: Replace = False,
    yes: Yes = False,
    as_json: Json = False,
    plain: Plain = False,
) -> None:
    """
    Bring the wording of a form you have; it stays inside your journal.

      journal measure add my-form.toml
    """
    desk = at_desk(ctx, plain=plain)
    desk.open()
    raw = _content(file)
    there = questionnaires(desk.language)
    form = read_form(raw, file.name, there)
    found = there[form.questionnaire]
    _agree_to_keep(desk, found, form, replace=replace, yes=yes)
    forms.put(desk.journal, AddedForm(form.questionnaire, form.language, form_toml(form), desk.now()))
    if as_json:
        desk.dump({"questionnaire": found.id, "language": form.language, "items": len(form.items)})
        return
    desk.show(screen.form_kept(found, form, desk.look, desk.words))


def _list(desk: Desk, *, as_json: bool) -> None:
    desk.open()
    shown = [one for one in questionnaires(desk.language).values() if not desk.hides(one.content_notes)]
    known = [_known(desk, one) for one in shown]
    if as_json:
        desk.dump({"measures": [_measure_json(one) for one in known]})
        return
    desk.show(screen.measures_page(known, desk.now().day, desk.look, desk.words))


def _known(desk: Desk, measure: Questionnaire) -> Known:
    form = measuring.form_of(desk, measure)
    return Known(measure, measures.last_taken(desk.journal).get(measure.id), form.language if form else "")


def _taken(desk: Desk, taking: Taking, moment: Moment) -> Result:
    """
    Ask, and keep what was answered, however it ends.

    Raises:
        NothingToDo: If nothing was answered.
    """
    answers: list[int | None] = [None] * len(taking.measure.items)
    stopped = False
    try:
        measuring.fill(desk, taking, answers)
    except Left:
        stopped = None in answers
    except (KeyboardInterrupt, Interrupted):
        if any(one is not None for one in answers):
            measuring.kept(desk, taking, answers, moment)
        raise
    if all(one is None for one in answers):
        raise _nothing()
    result = measuring.kept(desk, taking, answers, moment)
    if stopped:
        desk.say(desk.words("measure.stopped"))
    desk.say(desk.words("measure.kept", time=desk.words.clock(moment), id=result.id))
    return result


def _nothing() -> NothingToDo:
    return NothingToDo("nothing was answered, so nothing was kept")


def _show_outcome(desk: Desk, measure: Questionnaire, result: Result, *, bands: bool) -> None:
    """Show the number and what a change can carry; published names only to who asks for them."""
    outcome = measuring.outcome_of(desk, measure, result)
    desk.show(screen.outcome(outcome, desk.now().day, desk.look, desk.words))
    if result.total is None:
        return
    if not bands and desk.is_person and (measure.bands or measure.clusters):
        bands = _wants_bands(desk)
    if bands:
        desk.show(screen.bands(measure, desk.look, desk.words, result))


def _wants_bands(desk: Desk) -> bool:
    view = screen.quiet_line("bands_key", desk.talk_look, desk.words)
    try:
        return questions.ask(desk, Question("bands", view, key_of(BANDS_KEY), one_key=True)) == BANDS_KEY
    except Left:
        return False


def _agree_to_keep(desk: Desk, found: Questionnaire, form: Form, *, replace: bool, yes: bool) -> None:
    """
    Say what will be kept of a form, and ask somebody at a terminal.

    Raises:
        AlreadyThere: If one is there, and nobody said that it may be replaced.
        NothingToDo: If the answer is no.
    """
    added = {(one.questionnaire, one.language) for one in forms.forms(desk.journal)}
    there, asks = (form.questionnaire, form.language) in added, desk.is_person and not yes
    if there and not (replace or asks):
        hint = "`--replace` puts this one in its place"
        raise AlreadyThere("the wording of {name} in this language is added already", name=found.name, hint=hint)
    desk.say(screen.will_keep(found, form, desk.talk_look, desk.words, replaces=there))
    if not asks:
        return
    try:
        agreed = questions.ask(desk, yes_no("yes or no", desk.words("measure.keep_it")))
    except Left:
        agreed = "n"
    if agreed != "y":
        raise NothingToDo("nothing was changed")


def _content(file: Path) -> bytes:
    """
    Read a file that says it is a form; of one that is too large, enough for it to be refused.

    Raises:
        NotWhatItSays: If it is a folder, a device or a pipe.
        Refused: If it is not there, or may not be read.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | NO_WAITING)
        try:
            kind = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(kind):
                raise NotWhatItSays("{file} is a folder, not a form", file=file.name)
            if not stat.S_ISREG(kind):
                raise NotWhatItSays("{file} is not a file, so it is not a form", file=file.name)
            with os.fdopen(descriptor, "rb", closefd=False) as source:
                return source.read(LARGEST + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):  # a ValueError for a name that no file can have
        raise Refused("{file} cannot be read", file=file.name, hint="check the path and its permissions") from None


def _measure_json(one: Known) -> dict[str, Any]:
    return {
        "id": one.measure.id,
        "name": one.measure.name,
        "version": one.measure.version,
        "items": len(one.measure.items),
        "window": one.measure.window,
        "last_at": one.last.iso() if one.last else None,
        "form": one.form or None,
        "coding": one.measure.coding or None,
    }


def _more_json(measure: Questionnaire, results: list[Result]) -> dict[str, Any]:
    wobble = measure.wobble
    return {
        "about": measure.about,
        "source": measure.source,
        "licence": measure.licence or None,
        "bands": [
            {"least": one.least, "most": one.most, "label": one.label, "source": one.source} for one in measure.bands
        ],
        "wobble": {"points": wobble.points, "source": wobble.source} if wobble else None,
        "results": [
            {
                "id": one.id,
                "at": one.at.iso(),
                "total": _whole(one.total),
                "answered": one.answered,
                "items": len(one.answers),
                "language": one.language,
            }
            for one in results
        ],
    }


def _answers_json(measure: Questionnaire, result: Result | None) -> dict[str, Any]:
    band = measure.band(result.total) if result else None
    return {
        "id": result.id if result else None,
        "name": measure.id,
        "at": result.at.iso() if result else None,
        "answered": result.answered if result else 0,
        "items": list(result.answers) if result else [None] * len(measure.items),
        "total": _whole(result.total) if result else None,
        "band": {"label": band.label, "source": band.source} if band else None,
    }


def _whole(total: float | None) -> float | int | None:
    """Write a sum as the whole number it is."""
    return int(total) if total is not None and total == int(total) else total
