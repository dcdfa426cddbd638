"""
One entry of Daylio, from its table or its backup, as an arrival.

Daylio's five steps of mood stand for pleasantness alone; how much energy there was it does not ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journal_cli.imports.arrival import Arrival, ImportedMood
from journal_cli.imports.choices import Choices
from journal_cli.imports.plain_text import from_html
from journal_cli.journal.moment import Moment

FORMAT = "daylio"

STEPS = (3.0, 1.5, 0.0, -1.5, -3.0)  # of the five moods, the best first
# What the five are called where nobody has renamed them, in English and in Polish; `fugly` is an older name.
MOODS: Mapping[str, float] = {
    label: step
    for step, labels in zip(
        STEPS,
        (
            ("rad", "super", "świetnie"),
            ("good", "dobrze"),
            ("meh", "tak sobie", "średnio"),
            ("bad", "fugly", "źle", "kiepsko"),
            ("awful", "okropnie", "fatalnie"),
        ),
        strict=True,
    )
    for label in labels
}


@dataclass(frozen=True, slots=True)
class Row:
    """
    What Daylio says of one entry.

    Args:
        label: What its mood is called; "" if it has none.
        at: When it was; None where that cannot be read.
        note: Its text, HTML or plain.
        title: The title of the note.
        activities: What was done, by name.
        below: Lines that belong to it and have no place of their own.
        pleasant: From -3 to 3 where the file itself tells what the label stands for.
        starred: True if it was marked.
        dropped: What has no place here, by name.
    """

    label: str = field(repr=False)
    at: Moment | None = None
    note: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    activities: tuple[str, ...] = field(default=(), repr=False)
    below: tuple[str, ...] = field(default=(), repr=False)
    pleasant: float | None = field(default=None, repr=False)
    starred: bool = False
    dropped: Mapping[str, int] = field(default_factory=dict)


def is_known(row: Row) -> bool:
    """Say whether it is known what the label of a row stands for without asking anybody."""
    return not row.label or row.pleasant is not None or row.label.casefold() in MOODS


def arrival_of(row: Row, choices: Choices) -> Arrival:
    """
    Make an arrival of one entry.

    What the person said of a label goes before what the file says of it, and both before what it usually means. Where
    there is no note, what was done is the text: a mood alone could not hold the tags.
    """
    title, note = " ".join(from_html(row.title).split()), from_html(row.note)
    lines = [note] if note.strip() else []
    if row.below:
        lines.append("\n".join(row.below))
    body = "\n\n".join(lines)
    if not body:
        title, body = "", title or ", ".join(dict.fromkeys(row.activities))
    mood = None
    if row.label:
        usual = MOODS.get(row.label.casefold()) if row.pleasant is None else row.pleasant
        mood = ImportedMood(FORMAT, row.label, choices.moods.get(row.label.casefold(), usual))
    return Arrival(
        body=body,
        at=row.at,
        title=title,
        tags=tuple(dict.fromkeys(row.activities)),
        starred=row.starred,
        mood=mood,
        dropped=row.dropped,
    )
