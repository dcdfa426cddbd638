"""`journal prompts`: what the library offers, and whether a pack holds together."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from journal_cli.cli.desk import Desk
from journal_cli.cli.rooms import Json, Plain, at_desk, group
from journal_cli.errors import NotWhatItSays, Refused
from journal_cli.journal.library import Library, Pack
from journal_cli.journal.session import Session, Step, StepKind
from journal_cli.packs.pack import read_pack
from journal_cli.packs.shelf import languages_of_packs
from journal_cli.screen import packs as screen

app = group()

SessionName = Annotated[str, typer.Argument(metavar="SESSION", help="Its id.", show_default=False)]
PackFile = Annotated[Path, typer.Argument(metavar="FILE", help="A pack, as a TOML file.", show_default=False)]

LARGEST = 1024 * 1024  # bytes of a pack


@app.callback(invoke_without_command=True)
def prompts(ctx: typer.Context) -> None:
    """See and check prompts, sessions and packs."""
    if ctx.invoked_subcommand is None:
        _list(at_desk(ctx), as_json=False)


@app.command("list")
def list_prompts(ctx: typer.Context, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show the packs, themes, sessions and programs.

      journal prompts list
    """
    _list(at_desk(ctx, plain=plain), as_json=as_json)


@app.command("show")
def show(ctx: typer.Context, session: SessionName, as_json: Json = False, plain: Plain = False) -> None:
    """
    Show a session step by step: what will be asked, and in which order.

      journal prompts show evening-signals
    """
    desk = at_desk(ctx, plain=plain)
    found = desk.library.session(session)
    if as_json:
        desk.dump(session_json(found, desk.library))
        return
    desk.show(screen.session_page(found, desk.library, desk.words, desk.look))


@app.command("check")
def check(ctx: typer.Context, file: PackFile, as_json: Json = False) -> None:
    """
    Check a pack you are writing: every fault is named with its line and a way out.

      journal prompts check homework.toml
    """
    desk = at_desk(ctx)
    pack = read_pack(_content(file), file.name, known=desk.library)
    if as_json:
        counts = {name: len(getattr(pack, name)) for name in ("themes", "prompts", "sessions", "programs", "check_ins")}
        desk.dump(
            {"id": pack.id, "title": pack.title, "version": pack.version, **counts, "unknown": list(pack.unknown)}
        )
        return
    desk.show(screen.checked(pack, file.name, desk.words, desk.look))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            content = source.read(LARGEST + 1)
    except IsADirectoryError:
        raise NotWhatItSays("{file} is a folder, not a pack", file=file.name) from None
    except OSError:
        raise Refused("{file} cannot be read", file=file.name, hint="check the path and its permissions") from None
    if len(content) > LARGEST:
        raise NotWhatItSays("{file} is larger than a pack may be (1 MiB)", file=file.name)
    return content


def _list(desk: Desk, *, as_json: bool) -> None:
    if as_json:
        desk.dump(library_json(desk.library, languages_of_packs()))
        return
    desk.show(screen.library_page(desk.library, desk.words, desk.look))


def library_json(library: Library, languages: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """
    Give what the library offers as JSON that others may rely on.

    Args:
        library: In the language of the titles.
        languages: The languages each pack is there in, by its id.
    """
    prompts_of = [prompt.theme for prompt in library.prompts.values()]
    sessions_of = [theme for session in library.sessions.values() for theme in library.themes_of(session)]
    counts = {id_: {"prompts": prompts_of.count(id_), "sessions": sessions_of.count(id_)} for id_ in library.themes}
    return {
        "packs": [_pack_json(pack, languages.get(pack.id, (pack.language,))) for pack in library.packs],
        "themes": [{"id": one.id, "title": one.title, **counts[one.id]} for one in library.themes.values()],
        "sessions": [_offered_json(one, library) for one in library.sessions.values()],
        "programs": [{"id": one.id, "title": one.title, "weeks": len(one.weeks)} for one in library.programs.values()],
    }


def _pack_json(pack: Pack, languages: Sequence[str]) -> dict[str, Any]:
    return {"id": pack.id, "title": pack.title, "version": pack.version, "languages": list(languages)}


def _offered_json(session: Session, library: Library) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "minutes": session.minutes,
        "intensity": session.intensity.word,
        "themes": list(library.themes_of(session)),
    }


def session_json(session: Session, library: Library) -> dict[str, Any]:
    """Give a session step by step as JSON that others may rely on."""
    return {
        "id": session.id,
        "title": session.title,
        "about": session.about,
        "minutes": session.minutes,
        "intensity": session.intensity.word,
        "content_notes": list(session.content_notes),
        "steps": [_step_json(step, library) for step in session.steps],
    }


def _step_json(step: Step, library: Library) -> dict[str, Any]:
    prompts = [library.prompts[id_] for id_ in step.use if id_ in library.prompts]
    gates = dict.fromkeys(prompt.gate.value for prompt in prompts if prompt.gate)
    texts = {one.id: one.text for one in prompts} | {
        id_: library.groundings[id_].title for id_ in step.use if id_ in library.groundings
    }
    follow_ups = {one.id: len(one.follow_ups) for one in prompts}
    shown = step.use if step.kind in {StepKind.PROMPT, StepKind.GROUNDING} else ()
    return {
        "kind": step.kind.value,
        "use": list(step.use),
        "when": step.when or None,
        "optional": step.optional,
        "gates": list(gates),
        "choices": [{"id": id_, "text": texts.get(id_, ""), "follow_ups": follow_ups.get(id_, 0)} for id_ in shown],
    }
