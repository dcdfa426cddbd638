"""
A pack that somebody was given, before any of it is answered: who it is from, and each question as it will be asked.

Whatever the file says is made visible and stands behind a sign of its own: it cannot pass for what the program says.
"""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.journal.library import Pack
from journal_cli.journal.session import Prompt
from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.theme import Folded, ours, signs

FROM_FILE = "> "


def first_page(pack: Pack, file: str, words: Words, look: Look) -> RenderableType:
    """Show what is read first: who it is from, its name and note, what it touches, and whether it can be shared."""
    given = pack.homework
    sender = words("packs.sender", name=visible_line(given.sender)) if given and given.sender else ""
    note = given.note if given else pack.summary
    rows: list[RenderableType] = [
        Folded(Text(words("packs.from_file", file=visible_line(file)), "quiet"), look.width),
        _said(pack.title, look, "strong"),
    ]
    rows += [_said(text, look) for text in (sender, note) if text]
    rows.append(Folded(Text(signs(facts(pack, words), look), "quiet"), look.width))
    if pack.content_notes:
        rows.append(Folded(Text(touches(pack.content_notes, words)), look.width))
    if given:
        rows.append(Folded(Text(words(f"packs.share_{given.share}"), "quiet"), look.width))
    return Group(*rows)


def question(one: Prompt, number: int, total: int, words: Words, look: Look) -> RenderableType:
    """Show a question with its follow-ups and content notes."""
    place = words("packs.question", number=number, total=total)
    minutes = words("packs.minutes", minutes=words.count("reflect.session_minutes", one.minutes))
    told = " · ".join([place, minutes, words(f"reflect.{one.intensity.word}")])
    rows: list[RenderableType] = [Text(), Folded(Text(signs(told, look), "quiet"), look.width)]
    if one.content_notes:
        rows.append(Folded(Text(touches(one.content_notes, words)), look.width))
    rows.append(_said(one.text, look, "accent"))
    label = FROM_FILE + words("packs.then")
    rows += [Folded(Text(visible(text)), look.width, label) for text in one.follow_ups]
    return Group(*rows)


def hidden_question(notes: Sequence[str], number: int, total: int, words: Words, look: Look) -> RenderableType:
    """Say of a question only where it stands and what it touches."""
    said = words("packs.add.hidden", notes=_named(notes, words))
    return Group(
        Text(),
        Folded(Text(words("packs.question", number=number, total=total), "quiet"), look.width),
        Folded(Text(said), look.width),
    )


def whole(pack: Pack, file: str, words: Words, look: Look) -> RenderableType:
    """Show the first page and every question, as the person who is given it will see them."""
    total = len(pack.prompts)
    asked = (question(one, number, total, words, look) for number, one in enumerate(pack.prompts, start=1))
    return Group(first_page(pack, file, words, look), *asked)


def facts(pack: Pack, words: Words) -> str:
    """Say how much there is to a pack."""
    counted = [
        words.count(f"keep.packs.{name}_counted", len(things))
        for name, things in (("prompts", pack.prompts), ("sessions", pack.sessions))
        if things
    ]
    counted += [visible_line(one.title) for one in pack.programs]
    if pack.prompts and not pack.sessions:
        minutes = sum(one.minutes for one in pack.prompts)
        counted.append(words("packs.minutes", minutes=words.count("reflect.session_minutes", minutes)))
    return " · ".join([*counted, words(f"reflect.{pack.intensity.word}")])


def touches(notes: Sequence[str], words: Words) -> str:
    """Say what something touches."""
    return words("keep.packs.touches", notes=_named(notes, words))


def remarked(sentences: Sequence[str], words: Words, look: Look) -> RenderableType:
    """Show what the tone lint says, one remark after another."""
    if not sentences:
        return Folded(Text(words("packs.check.no_remarks"), "quiet"), look.width)
    heading = words.count("packs.check.remarks", len(sentences))
    rows = (Folded(Text(signs(visible_line(one), look)), look.width, "- ") for one in sentences)
    return Group(Folded(Text(heading, "strong"), look.width), *rows)


def mine(packs: Sequence[Pack], words: Words, look: Look) -> RenderableType:
    """Show the packs a person added, with what can be begun in each."""
    if not packs:
        return ours(words("packs.mine.none"), look)
    rows: list[RenderableType] = [Text(words("packs.mine.heading"), "strong")]
    for pack in packs:
        sender = pack.homework.sender if pack.homework else ""
        told = [words("packs.sender", name=visible_line(sender))] if sender else []
        told.append(words.count("keep.packs.prompts_counted", len(pack.prompts)))
        rows.append(_row(pack.id, pack.title, " · ".join(told), look))
        sessions, programs = (
            ((one.id, one.title) for one in pack.sessions),
            ((one.id, one.title) for one in pack.programs),
        )
        own = [(id_, title) for id_, title in (*sessions, *programs) if id_ != pack.id]
        rows += [_row(f"  {id_}", title, "", look) for id_, title in own]
    return Group(*rows, *(ours(words(f"packs.mine.{name}"), look, "quiet") for name in ("closer", "take_out")))


def talk(sentence: str, look: Look, style: str = "") -> RenderableType:
    """Say a sentence of ours that may hold an id or a title of the file's."""
    return ours(visible_line(sentence), look, style)


def _row(id_: str, title: str, told: str, look: Look) -> RenderableType:
    line = Text(visible_line(title)).append(signs(f" · {told}", look) if told else "", "quiet")
    return Folded(line, look.width, Text(f"  {id_:22}  ", "accent"))


def _said(text: str, look: Look, style: str = "") -> RenderableType:
    return Folded(Text(visible(text), style), look.width, FROM_FILE)


def _named(notes: Sequence[str], words: Words) -> str:
    return ", ".join(words(f"reflect.notes.{note}") for note in notes)
