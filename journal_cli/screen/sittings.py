"""A sitting on the screen: what is offered, what is asked, and the words in between."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.mood import Feeling, Mood, letters
from journal_cli.journal.session import CheckInItem, Grounding, Prompt, Session
from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look, Voice
from journal_cli.screen.theme import Folded, filled, signs

TITLE_COLUMN = 28  # columns for the title of a session
BETWEEN_KEYS = " · "
WORD_COLUMN = 18  # columns for a letter and its feeling word


def offer(sessions: Sequence[tuple[Session, str]], heading: str, keys: str, look: Look, words: Words) -> RenderableType:
    """
    Show sessions to choose from, with their numbers.

    Args:
        sessions: Each with the titles of its themes.
        heading: The question above.
        keys: The other keys, below.
        look: How wide and how plain.
        words: For minutes and intensity.
    """
    rows: list[RenderableType] = [Text(heading)]
    for number, (session, themes) in enumerate(sessions, 1):
        facts = [words.count("reflect.session_minutes", session.minutes), words(f"reflect.{session.intensity.word}")]
        facts += [themes] if themes else []
        title = visible_line(session.title)
        if look.plain:
            rows.append(Text(f"{number}. {title}, {', '.join(facts)}."))
        elif look.narrow:
            rows.append(Folded(Text(title), look.width, f"  {number}  "))
            rows.append(Folded(Text(signs(" · ".join(facts), look), "quiet"), look.width, "     "))
        else:
            line = Text(filled(title, TITLE_COLUMN)).append(signs("   ".join(facts), look), "quiet")
            rows.append(Folded(line, look.width, f"  {number}  "))
    rows.append(Text(signs(keys, look), "quiet"))
    return Group(*rows)


def heading(session: Session, look: Look, words: Words) -> RenderableType:
    """Show the title of a session, what it is about, and the keys."""
    title = visible_line(session.title or words("reflect.one_question"))
    rows: list[RenderableType] = [Text(title, "strong")]
    if session.about:
        rows.append(Folded(Text(visible_line(session.about), "quiet"), look.width))
    rows.append(Folded(Text(signs(words("reflect.heading_keys"), look), "quiet"), look.width))
    return Group(*rows)


def content_notes(notes: Sequence[str], look: Look, words: Words) -> RenderableType:
    """Say what a session touches, before it begins."""
    named = ", ".join(words(f"reflect.notes.{note}") for note in notes)
    return Folded(Text(words("reflect.content_notes", notes=named)), look.width)


def prompt(one: Prompt, look: Look) -> RenderableType:
    """Show a question, set off from what is written."""
    return Group(Text(), Folded(Text(visible(one.text), "accent"), look.width))


def follow_up(text: str, look: Look, words: Words) -> RenderableType:
    """Show a further question."""
    said = words("reflect.one_more") if not look.plain else ""
    rows: list[RenderableType] = [Text(said, "quiet")] if said else []
    return Group(*rows, Folded(Text(visible(text), "accent"), look.width))


def choices(texts: Sequence[str], question: str, look: Look) -> RenderableType:
    """Show a numbered choice and the question about it."""
    rows: list[RenderableType] = [
        Folded(Text(visible_line(text)), look.width, f"  {number}  ") for number, text in enumerate(texts, 1)
    ]
    return Group(*rows, Folded(Text(signs(question, look), "quiet"), look.width))


def ways(said: str, keys: str, look: Look) -> RenderableType:
    """Say something, and which keys lead on from there."""
    return Group(Text(), Folded(Text(said), look.width), aside(keys, look))


def aside(said: str, look: Look, style: str = "quiet") -> RenderableType:
    """Say something that stays in the background; what a key does stays on one line with it, where there is room."""
    lines: list[str] = []
    for key in said.split(BETWEEN_KEYS):
        longer = f"{lines[-1]}{BETWEEN_KEYS}{key}" if lines else key
        if lines and cell_len(longer) <= look.width:
            lines[-1] = longer
        else:
            lines.append(key)
    return Group(*(Folded(Text(signs(line, look), style), look.width) for line in lines))


def grounding_choice(groundings: Sequence[Grounding], look: Look, words: Words) -> RenderableType:
    """Show which grounding exercises there are."""
    return choices([one.title for one in groundings], words("reflect.grounding_keys"), look)


def feeling_words(offered: Sequence[Feeling], look: Look, words: Words) -> RenderableType:
    """Show the feeling words to choose from, each with its letter."""
    cells = [f"{letter} {visible_line(feeling.word)}" for letter, feeling in letters(offered).items()]
    if look.plain:
        return Group(Text(words("reflect.words_question")), Text(", ".join(cells)))
    widest = max((len(cell) for cell in cells), default=WORD_COLUMN) + 2
    columns = max(1, (look.width - 1) // widest)
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    lines = [Text(" " + "".join(filled(cell, widest) for cell in row).rstrip()) for row in rows]
    return Group(Folded(Text(words("reflect.words_question")), look.width), *lines)


def check_in_item(one: CheckInItem, look: Look, words: Words) -> RenderableType:
    """Show a check-in item, what its ends mean or its options, and the keys."""
    scale, keys = one.scale, words("reflect.item_keys")
    asked: list[RenderableType] = [Text(), Folded(Text(visible(one.text), "accent"), look.width)]
    if scale.options:
        return Group(*asked, choices([option.label for option in scale.options], keys, look))
    ends = words(
        "reflect.item_number",
        least=scale.least,
        low=visible_line(scale.low),
        most=scale.most,
        high=visible_line(scale.high),
    )
    return Group(*asked, Folded(Text(signs(ends, look)), look.width), aside(keys, look))


def mood_phrase(mood: Mood, voice: Voice) -> str:
    """Say a mood in a few words: `unpleasant, high energy: on guard, tense`."""
    words = voice.words
    parts = []
    if mood.pleasant is not None:
        # A half, as an app with five steps has it, is called by the step nearer to the middle.
        parts.append(words.lists["reflect.pleasant_steps"][int(mood.pleasant) + 3])
    if mood.energy is not None:
        parts.append(words.lists["reflect.energy_steps"][mood.energy + 3])
    if mood.cant_tell:
        parts.append(words("reflect.cant_tell"))
    named = voice.feelings_of(mood)
    phrase = ", ".join(parts)
    return f"{phrase}: {named}" if phrase and named else phrase or named


def end_of_sitting(before: Mood | None, after: Mood | None, voice: Voice, look: Look) -> RenderableType:
    """Say how the mood was before and is now, without a verdict."""
    words = voice.words
    rows: list[RenderableType] = []
    if before:
        rows.append(Folded(Text(words("reflect.before", mood=mood_phrase(before, voice))), look.width))
    if after:
        rows.append(Folded(Text(words("reflect.now", mood=mood_phrase(after, voice))), look.width))
    if before and after:
        rows.append(Folded(Text(words("reflect.dip"), "quiet"), look.width))
    return Group(*rows)
