"""The library on the screen: what there is to choose from, and a session step by step."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.library import Library, Pack
from journal_cli.journal.session import Session, Step, StepKind
from journal_cli.journal.text import visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, signs

Row = tuple[str, str, str]  # id, title, facts


def library_page(library: Library, words: Words, look: Look) -> RenderableType:
    """Show packs, themes, sessions and programs with their ids."""
    programs = (
        (one.id, one.title, words.count("keep.packs.weeks_counted", len(one.weeks)))
        for one in library.programs.values()
    )
    packs = ((one.id, one.title, one.version) for one in library.packs)
    return Group(
        *_section(words("keep.packs.themes"), _themes(library, words), look),
        *_section(words("keep.packs.sessions"), _sessions(library, words), look),
        *_section(words("keep.packs.programs"), programs, look),
        *_section(words("keep.packs.heading"), packs, look),
        Folded(Text(words("keep.packs.how_to_begin"), "quiet"), look.width),
    )


def _themes(library: Library, words: Words) -> Iterator[Row]:
    prompts = [prompt.theme for prompt in library.prompts.values()]
    sessions = [theme for one in library.sessions.values() for theme in library.themes_of(one)]
    for theme in library.themes.values():
        counted = words.count("keep.packs.prompts_counted", prompts.count(theme.id))
        yield (
            theme.id,
            theme.title,
            _facts(counted, words.count("keep.packs.sessions_counted", sessions.count(theme.id))),
        )


def _sessions(library: Library, words: Words) -> Iterator[Row]:
    for session in library.sessions.values():
        minutes = words.count("reflect.session_minutes", session.minutes)
        yield session.id, session.title, _facts(minutes, words(f"reflect.{session.intensity.word}"))


def session_page(session: Session, library: Library, words: Words, look: Look) -> RenderableType:
    """Show a session as it will go."""
    rows: list[RenderableType] = [Text(visible_line(session.title), "strong")]
    if session.about:
        rows.append(Folded(Text(visible_line(session.about)), look.width))
    facts = _facts(words.count("reflect.session_minutes", session.minutes), words(f"reflect.{session.intensity.word}"))
    rows.append(Text(signs(facts, look), "quiet"))
    if session.content_notes:
        notes = ", ".join(words(f"reflect.notes.{note}") for note in session.content_notes)
        rows.append(Folded(Text(words("keep.packs.touches", notes=notes)), look.width))
    for number, step in enumerate(session.steps, 1):
        rows += _step(number, step, library, words, look)
    return Group(*rows, Text(words("keep.packs.begin", id=session.id), "quiet"))


def checked(pack: Pack, file: str, words: Words, look: Look) -> RenderableType:
    """Say that a pack holds together, and what in it was passed over."""
    sessions = [words.count("keep.packs.sessions_counted", len(pack.sessions))] if pack.sessions else []
    facts = _facts(words.count("keep.packs.prompts_counted", len(pack.prompts)), *sessions)
    said = words("keep.packs.checked", file=visible_line(file), facts=signs(facts, look))
    rows: list[RenderableType] = [Folded(Text(said), look.width)]
    if pack.unknown:
        keys = visible_line(", ".join(pack.unknown))
        rows.append(Folded(Text(words("keep.packs.not_understood", keys=keys)), look.width))
    return Group(*rows)


def _facts(*facts: str) -> str:
    return " · ".join(facts)


def _section(title: str, things: Iterable[Row], look: Look) -> list[RenderableType]:
    rows: list[RenderableType] = [Text(title, "strong")]
    for id_, name, facts in things:
        line = Text(f"{visible_line(name)}").append(signs(f" · {facts}", look), "quiet")
        rows.append(Folded(line, look.width, Text(f"  {id_:22}  ", "accent")))
    return rows if len(rows) > 1 else []


def _step(number: int, step: Step, library: Library, words: Words, look: Look) -> list[RenderableType]:
    label = f"{number:3}  "
    offered = f" {words('keep.packs.step_optional')}" if step.optional else ""
    if step.kind is StepKind.PROMPT:
        prompts = [library.prompts[id_] for id_ in step.use if id_ in library.prompts]
        joined = f" {words('keep.packs.step_or')} ".join(visible_line(one.text) for one in prompts)
        rows: list[RenderableType] = [Folded(Text(joined + offered, "accent"), look.width, label)]
        follow_ups = [text for one in prompts for text in one.follow_ups]
        return rows + [Folded(Text(visible_line(text), "quiet"), look.width, "       ") for text in follow_ups]
    if step.kind is StepKind.GROUNDING:
        titles = ", ".join(library.groundings[id_].title for id_ in step.use if id_ in library.groundings)
        said = words("keep.packs.step_grounding", titles=visible_line(titles))
    elif step.kind is StepKind.MOOD:
        said = words(f"keep.packs.step_mood_{step.when}")
    elif step.kind is StepKind.NOTE:
        said = words("keep.packs.step_note", text=visible_line(step.text))
    else:
        said = words(f"keep.packs.step_{step.kind.value}")
    return [Folded(Text(said + offered), look.width, label)]
