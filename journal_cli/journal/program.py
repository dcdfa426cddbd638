"""Programs: weeks of sessions, on any days."""

from dataclasses import dataclass

from journal_cli.journal.session import Gate, Intensity


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a program: it is next, never due."""

    title: str
    sessions: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    check_ins: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    sittings: int = 1
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """Weeks of sessions; late, paused or repeated weeks are all fine."""

    id: str
    title: str
    weeks: tuple[Week, ...]
    pack: str
    about: str = ""
    intensity: Intensity = Intensity.GENTLE
    content_notes: tuple[str, ...] = ()
    private: bool = False
    gate: Gate | None = None
