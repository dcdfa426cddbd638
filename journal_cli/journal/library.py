"""The library: everything the packs of one language offer, found by id."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from journal_cli.errors import NotFound
from journal_cli.journal.program import Program
from journal_cli.journal.session import (
    CheckInItem,
    Closing,
    Grounding,
    Intensity,
    Prompt,
    Session,
    Step,
    StepKind,
    Theme,
)

Thing = TypeVar("Thing")

STANDARD = "standard"  # the session a prompt chosen alone is wrapped in


@dataclass(frozen=True, slots=True)
class Homework:
    """Who a therapist's pack is from, what they wrote on top, and whether it may be shared."""

    sender: str = ""
    note: str = ""
    share: str = "ask"


@dataclass(frozen=True, slots=True)
class Pack:
    """
    A file of themes, prompts, sessions, programs and check-in items in one language.

    Args:
        id: The same in every language.
        title: As shown.
        language: A BCP 47 tag.
        version: Semantic.
        summary: One or two sentences.
        licence: An SPDX name or `private`.
        authors: Who wrote it.
        source: Where it comes from.
        intensity: The strongest prompt inside.
        content_notes: Cover every prompt inside.
        audience: anyone, survivors, couples, body-change or homework.
        translates: Language and version of the original.
        homework: For a therapist's file.
        unknown: Keys that were not understood, as `[table] key`.
    """

    id: str
    title: str
    language: str
    version: str = "1.0.0"
    summary: str = ""
    licence: str = "private"
    authors: tuple[str, ...] = ()
    source: str = ""
    intensity: Intensity = Intensity.GENTLE
    content_notes: tuple[str, ...] = ()
    audience: str = "anyone"
    translates: tuple[str, str] | None = None
    homework: Homework | None = None
    themes: tuple[Theme, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    groundings: tuple[Grounding, ...] = ()
    closings: tuple[Closing, ...] = ()
    sessions: tuple[Session, ...] = ()
    programs: tuple[Program, ...] = ()
    check_ins: tuple[CheckInItem, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Everything on offer in one language, each kind by id and in the order of the packs."""

    language: str
    packs: tuple[Pack, ...]
    themes: Mapping[str, Theme] = field(default_factory=dict, repr=False)
    prompts: Mapping[str, Prompt] = field(default_factory=dict, repr=False)
    groundings: Mapping[str, Grounding] = field(default_factory=dict, repr=False)
    closings: Mapping[str, Closing] = field(default_factory=dict, repr=False)
    sessions: Mapping[str, Session] = field(default_factory=dict, repr=False)
    programs: Mapping[str, Program] = field(default_factory=dict, repr=False)
    check_ins: Mapping[str, CheckInItem] = field(default_factory=dict, repr=False)

    def session(self, name: str) -> Session:
        """
        Give the session of this id, or wrap the prompt of this id in a standard one.

        Raises:
            NotFound: If there is neither, with the nearest name as a hint.
        """
        if name in self.sessions:
            return self.sessions[name]
        if name in self.prompts:
            return self.around(self.prompts[name])
        near = difflib.get_close_matches(name, [*self.sessions, *self.prompts], n=1)
        if near:
            raise NotFound("no session is called {name}", name=name[:40], hint="did you mean {near}?", near=near[0])
        raise NotFound("no session is called {name}", name=name[:40], hint="`journal prompts list` shows what there is")

    def around(self, prompt: Prompt) -> Session:
        """Wrap a prompt in a standard sitting: grounding, mood, the prompt, mood, closing."""
        theme = self.themes.get(prompt.theme or "")
        return Session(
            id=prompt.id,
            title=theme.title if theme else "",
            pack=prompt.pack,
            version=prompt.version,
            language=prompt.language,
            minutes=prompt.minutes + 3,
            intensity=prompt.intensity,
            content_notes=prompt.content_notes,
            private=prompt.private,
            gate=prompt.gate,
            steps=(
                Step(StepKind.GROUNDING, use=tuple(self.groundings)[:2]),
                Step(StepKind.MOOD, when="before"),
                Step(StepKind.PROMPT, use=(prompt.id,)),
                Step(StepKind.MOOD, when="after"),
                Step(StepKind.CLOSING, use=tuple(self.closings)[:1]),
            ),
        )

    def themes_of(self, session: Session) -> tuple[str, ...]:
        """List the ids of the themes a session's prompts are about, in order, once each."""
        prompts = (self.prompts[id_] for step in session.steps if step.kind is StepKind.PROMPT for id_ in step.use)
        return tuple(dict.fromkeys(prompt.theme for prompt in prompts if prompt.theme))


def library(language: str, packs: Iterable[Pack]) -> Library:
    """Put packs together; where two have the same id, the later one stands."""
    shelf = tuple(packs)

    def by_id(kind: str) -> dict[str, Thing]:
        return {thing.id: thing for pack in shelf for thing in getattr(pack, kind)}

    return Library(
        language=language,
        packs=shelf,
        themes=by_id("themes"),
        prompts=by_id("prompts"),
        groundings=by_id("groundings"),
        closings=by_id("closings"),
        sessions=by_id("sessions"),
        programs=by_id("programs"),
        check_ins=by_id("check_ins"),
    )
