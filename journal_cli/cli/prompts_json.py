"""What the library offers, as JSON that others may rely on."""

from collections.abc import Mapping, Sequence

from journal_cli.journal.as_json import Json
from journal_cli.journal.library import Library, Pack
from journal_cli.journal.session import Session, Step, StepKind


def library_json(library: Library, languages: Mapping[str, Sequence[str]]) -> Json:
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


def _pack_json(pack: Pack, languages: Sequence[str]) -> Json:
    return {"id": pack.id, "title": pack.title, "version": pack.version, "languages": list(languages)}


def _offered_json(session: Session, library: Library) -> Json:
    return {
        "id": session.id,
        "title": session.title,
        "minutes": session.minutes,
        "intensity": session.intensity.word,
        "themes": list(library.themes_of(session)),
    }


def session_json(session: Session, library: Library) -> Json:
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


def _step_json(step: Step, library: Library) -> Json:
    prompts = [library.prompts[id_] for id_ in step.use if id_ in library.prompts]
    gates = dict.fromkeys(prompt.gate.value for prompt in prompts if prompt.gate)
    texts = {one.id: one.text for one in prompts} | {
        id_: library.groundings[id_].title for id_ in step.use if id_ in library.groundings
    }
    follow_ups = {one.id: len(one.follow_ups) for one in prompts}
    moments = {one.id: one.moment.value for one in prompts if one.moment}
    shown = step.use if step.kind in {StepKind.PROMPT, StepKind.GROUNDING} else ()
    return {
        "kind": step.kind.value,
        "use": list(step.use),
        "when": step.when or None,
        "optional": step.optional,
        "gates": list(gates),
        "choices": [
            {"id": id_, "text": texts.get(id_, ""), "follow_ups": follow_ups.get(id_, 0), "moment": moments.get(id_)}
            for id_ in shown
        ],
    }


def mine_json(packs: Sequence[Pack]) -> Json:
    """Give the packs a person added, with the ids of what can be begun in each."""
    return {
        "packs": [
            {
                "id": one.id,
                "title": one.title,
                "version": one.version,
                "language": one.language,
                "from": (one.homework.sender if one.homework else "") or None,
                "prompts": [prompt.id for prompt in one.prompts],
                "sessions": [session.id for session in one.sessions],
                "programs": [program.id for program in one.programs],
            }
            for one in packs
        ]
    }
