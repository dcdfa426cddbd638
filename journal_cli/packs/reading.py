"""The parts of a pack, each read into the journal thing it describes."""

from collections.abc import Mapping

from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.library import Homework, Pack
from journal_cli.journal.program import Program, Unit, Week
from journal_cli.journal.session import (
    CONTENT_NOTES,
    CheckInItem,
    Closing,
    Gate,
    Grounding,
    Intensity,
    Option,
    Prompt,
    Scale,
    Session,
    Step,
    StepKind,
    Theme,
)
from journal_cli.packs.table import LONGEST_ID, Table

INTENSITIES = tuple(intensity.word for intensity in Intensity)
PROMPT_KINDS = ("write", "list", "letter")
STEP_KINDS = tuple(kind.value for kind in StepKind)
SCALE_KINDS = ("number", "choice")
MOMENTS = tuple(kind.value for kind in MomentKind)
GATES = tuple(gate.value for gate in Gate)
UNITS = tuple(unit.value for unit in Unit)
STEPS_WITH_USE = frozenset({StepKind.GROUNDING, StepKind.PROMPT, StepKind.CLOSING})

LONGEST_SITTING = 240  # minutes
MOST_SITTINGS = 14  # in a week of a program
HIGHEST = 100  # of a number scale
MOST_OPTIONS = 9  # each is one key
ROOM_FOR_NUMBER = 6  # signs of an id: a hyphen, and a number of five digits; a pack of 1 MiB holds no more prompts

_LEVEL = {"intensity", "content_notes", "private", "gate"}

KEYS: Mapping[str, frozenset[str]] = {
    "homework": frozenset({"from", "note", "share"}),
    "theme": frozenset({"id", "title", "about"}),
    "prompt": frozenset({"id", "text", "theme", "kind", "minutes", "follow_ups", "tags", "moment"} | _LEVEL),
    "grounding": frozenset({"id", "title", "lines"}),
    "closing": frozenset({"id", "title", "lines"}),
    "session": frozenset({"id", "title", "about", "minutes", "step"} | _LEVEL),
    "session.step": frozenset({"kind", "use", "when", "optional", "text"}),
    "program": frozenset({"id", "title", "about", "unit", "week"} | _LEVEL),
    "program.week": frozenset({"title", "sessions", "prompts", "check_ins", "measures", "sittings", "optional"}),
    "check_in": frozenset({"id", "text", "scale", "chart", "private", "content_notes"}),
    "check_in.scale": frozenset({"kind", "min", "max", "low", "high", "options"}),
    "check_in.scale.options": frozenset({"id", "label"}),
}
"""The keys each part may have; others are reported, never fatal."""


def usual_id(pack: str, number: int) -> str:
    """Give the id of a prompt that came without one; no other pack has it, and it is never longer than an id may be."""
    return f"{pack[: LONGEST_ID - ROOM_FOR_NUMBER].rstrip('-')}-{number}"


def read_homework(table: Table) -> Homework:
    """Read who a therapist's pack is from."""
    return Homework(
        sender=table.line("from", ""),
        note=table.text("note", ""),
        share=table.one_of("share", ("ask", "never"), "ask"),
    )


def read_theme(table: Table) -> Theme:
    """Read a theme."""
    return Theme(table.id("id"), table.line("title"), table.text("about", ""))


def read_prompt(table: Table, pack: Pack, number: int) -> Prompt:
    """Read a prompt; one without an id is called by its pack and its number in the file, from 1."""
    return Prompt(
        id=table.id("id") if "id" in table.values else usual_id(pack.id, number),
        text=table.text("text"),
        pack=pack.id,
        version=pack.version,
        language=pack.language,
        theme=table.id("theme") if "theme" in table.values else None,
        intensity=read_intensity(table),
        kind=table.one_of("kind", PROMPT_KINDS, "write"),
        minutes=table.number("minutes", 5, 1, LONGEST_SITTING),
        follow_ups=table.texts("follow_ups"),
        content_notes=read_notes(table),
        tags=table.texts("tags", most=40),
        private=table.flag("private"),
        gate=read_gate(table),
        moment=MomentKind(table.one_of("moment", MOMENTS)) if "moment" in table.values else None,
    )


def read_grounding(table: Table) -> Grounding:
    """Read a grounding."""
    return Grounding(table.id("id"), table.line("title"), table.texts("lines", required=True))


def read_closing(table: Table) -> Closing:
    """Read a closing."""
    return Closing(table.id("id"), table.texts("lines", required=True), table.line("title", ""))


def read_session(table: Table, pack: Pack) -> Session:
    """Read a session with its steps."""
    return Session(
        id=table.id("id"),
        title=table.line("title"),
        steps=tuple(_step(step) for step in table.parts("step", required=True)),
        pack=pack.id,
        version=pack.version,
        language=pack.language,
        about=table.text("about", ""),
        minutes=table.number("minutes", 10, 1, LONGEST_SITTING),
        intensity=read_intensity(table),
        content_notes=read_notes(table),
        private=table.flag("private"),
        gate=read_gate(table),
    )


def _step(table: Table) -> Step:
    kind = StepKind(table.one_of("kind", STEP_KINDS))
    return Step(
        kind=kind,
        use=table.ids("use", required=True) if kind in STEPS_WITH_USE else (),
        when=table.one_of("when", ("before", "after")) if kind is StepKind.MOOD else "",
        optional=table.flag("optional"),
        text=table.text("text") if kind is StepKind.NOTE else "",
    )


def read_program(table: Table, pack: Pack) -> Program:
    """Read a program with its weeks."""
    return Program(
        id=table.id("id"),
        title=table.line("title"),
        weeks=tuple(_week(week) for week in table.parts("week", required=True)),
        pack=pack.id,
        about=table.text("about", ""),
        intensity=read_intensity(table),
        content_notes=read_notes(table),
        private=table.flag("private"),
        gate=read_gate(table),
        unit=Unit(table.one_of("unit", UNITS, Unit.WEEK.value)),
    )


def _week(table: Table) -> Week:
    return Week(
        title=table.line("title"),
        sessions=table.ids("sessions"),
        prompts=table.ids("prompts"),
        check_ins=table.ids("check_ins"),
        measures=table.ids("measures"),
        sittings=table.number("sittings", 1, 1, MOST_SITTINGS),
        optional=table.flag("optional"),
    )


def read_check_in(table: Table) -> CheckInItem:
    """Read a check-in item with its scale."""
    scale = table.part("scale")
    if scale is None:
        table.place.refuse(
            "{file}, line {line}: this {part} has no {key}",
            key="scale",
            hint="add a line: {key} = {example}",
            example='{ kind = "number", min = 0, max = 10, low = "…", high = "…" }',
        )
    return CheckInItem(
        id=table.id("id"),
        text=table.text("text"),
        scale=_scale(scale),
        chart=table.flag("chart", default=True),
        private=table.flag("private"),
        content_notes=read_notes(table),
    )


def _scale(table: Table) -> Scale:
    if table.one_of("kind", SCALE_KINDS) == "choice":
        options = tuple(Option(one.id("id"), one.line("label")) for one in table.parts("options"))
        if not 2 <= len(options) <= MOST_OPTIONS or len({option.id for option in options}) < len(options):
            table.place.refuse(
                "{file}, line {line}: a choice has two to {most} options, each with an id of its own",
                key="options",
                hint="an option looks like this: {example}",
                most=MOST_OPTIONS,
                example='{ id = "partly", label = "partly" }',
            )
        return Scale(options=options)
    least, most = table.number("min", 0, 0, HIGHEST), table.number("max", 10, 0, HIGHEST)
    if least >= most:
        table.place.refuse("{file}, line {line}: min is less than max", key="min", hint="write min = 0 and max = 10")
    return Scale(least=least, most=most, low=table.line("low", ""), high=table.line("high", ""))


def read_intensity(table: Table) -> Intensity:
    """Read how far something may go."""
    return Intensity[table.one_of("intensity", INTENSITIES, "gentle").upper()]


def read_notes(table: Table) -> tuple[str, ...]:
    """Read content notes, which come from a closed list so that they can be hidden."""
    return table.some_of("content_notes", CONTENT_NOTES)


def read_gate(table: Table) -> Gate | None:
    """Read the question to ask before, if there is one."""
    return Gate(table.one_of("gate", GATES)) if "gate" in table.values else None
