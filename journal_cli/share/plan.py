"""A plan: what to share, written beforehand as TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from journal_cli.errors import NotWhatItSays, Protected
from journal_cli.journal.text import decoded
from journal_cli.share import plan_reading as reading
from journal_cli.share.plan_reading import LARGEST as LARGEST
from journal_cli.share.plan_reading import Reader, Source

BLOCKS = ("mood", "words", "sittings", "limits", "goals", "measures")
FORMS = ("pdf", "html", "md", "txt", "json", "csv", "fhir")
LOCKED = ("pdf", "html")  # forms that can be locked with a password, and are unless the person says otherwise
ENDINGS = {"fhir": "json"}  # of a form that has no ending of its own
LANGUAGES = ("en", "pl")
DATES = ("exact", "coarse")
PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to share.

    Args:
        form: Of `FORMS`.
        out: The file to write; empty for a neutral name of its own.
        to: A label for who it is for; empty if none was given.
        since: First day, as it was written; empty for since the last share.
        until: Last day, as it was written; empty for today.
        lang: `en` or `pl`; empty for the language of the journal.
        talk_about: What the person wants to talk about, in their own lines.
        blocks: Of `BLOCKS`, in the order of the page.
        withhold: Items of questionnaires, such as `phq-9/9`, or whole ones, such as `phq-9`.
        entries: Ids of entries, or how they begin.
        passages: Id of an entry, or how it begins, to the part of its text that is chosen; empty for
            the whole. An entry in here is chosen too.
        aliases: Name to alias.
        strike: Texts that are struck out wherever they stand.
        dates: `exact` or `coarse`.
        paper: `a4` or `letter`; empty for the setting of the journal.
        password_command: The command whose first output line is the password; empty for none.
        clear: True if the file may be read by anyone who has it.
    """

    form: str
    out: str = ""
    to: str = field(default="", repr=False)
    since: str = ""
    until: str = ""
    lang: str = ""
    talk_about: tuple[str, ...] = field(default=(), repr=False)
    blocks: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    passages: Mapping[str, str] = field(default_factory=dict, repr=False)
    aliases: Mapping[str, str] = field(default_factory=dict, repr=False)
    strike: tuple[str, ...] = field(default=(), repr=False)
    dates: str = "exact"
    paper: str = ""
    password_command: str = field(default="", repr=False)
    clear: bool = False


def read_plan(raw: bytes, name: str) -> Plan:
    """
    Read a plan.

    Args:
        raw: The bytes of the file.
        name: The file's name, for what may have to be said of it.

    Raises:
        NotWhatItSays: If it is not a plan; file and line are named as `plan.toml:3`.
        Protected: If the file would be readable and the plan does not say `clear = true`.
    """
    if len(raw) > LARGEST:
        raise NotWhatItSays("{place}: this is too long for a plan", hint="a plan is a short TOML file", place=name)
    source = Source(name, decoded(raw))
    said = reading.parsed(source)
    reading.refuse_unknown(source, said, _READERS)
    plan = Plan(**{"form": _form_of(said, source), **{key: _READERS[key](source, key, said[key]) for key in said}})
    _check_name(plan, source)
    if plan.form in LOCKED and plan.clear and plan.password_command:
        raise source.refuse(
            "clear",
            "the plan gives a password, and says that anyone may read the file",
            "keep one of them: password_command or clear",
        )
    refuse_unlocked(plan)
    return plan


def ending_of(form: str) -> str:
    """Give what the name of a file of this form ends in."""
    return ENDINGS.get(form, form)


def refuse_unlocked(plan: Plan) -> None:
    """
    Refuse a plan that leaves a file readable without saying so.

    Raises:
        Protected: If a form that cannot be locked comes with a password or without `clear`, or one
            that can be locked with neither.
    """
    if plan.form in LOCKED:
        if not (plan.password_command or plan.clear):
            raise Protected(
                "the plan gives no password, and does not say that anyone may read the file",
                hint='add password_command = "…", whose first line is the password, or clear = true',
            )
    elif plan.password_command:
        raise Protected(
            "a file of the form {form} cannot be locked, so a password would protect nothing",
            hint="take password_command out of the plan, and say clear = true if the file may be read",
            form=plan.form,
        )
    elif not plan.clear:
        raise Protected(
            "a file of the form {form} cannot be locked: whoever has the file can read it",
            hint="if that is what you want, say clear = true",
            form=plan.form,
        )


def _form_of(said: Mapping[str, Any], source: Source) -> str:
    """Take the form from the ending of the file when the plan does not name it."""
    if "form" in said:
        return ""
    out = said.get("out")
    ending = _ending(out) if isinstance(out, str) else ""
    if ending in FORMS:
        return ending
    raise source.refuse("form", "the plan does not say which form to write", 'for example: form = "pdf"')


def _check_name(plan: Plan, source: Source) -> None:
    ending = _ending(plan.out)
    if ending in FORMS and ending != ending_of(plan.form):
        raise source.refuse("out", "the name of the file ends in one form and the plan says another", "let them agree")


def _ending(out: str) -> str:
    return PurePath(out).suffix.removeprefix(".").lower()


def _form(source: Source, key: str, value: object) -> str:
    form = reading.text(source, key, value)
    if form not in FORMS:
        raise source.refuse(key, "this is no form of a share", near=(form, FORMS))
    return form


def _language(source: Source, key: str, value: object) -> str:
    language = reading.text(source, key, value)
    if language not in LANGUAGES:
        raise source.refuse(key, "the language is en or pl", 'for example: lang = "pl"')
    return language


def _blocks(source: Source, key: str, value: object) -> tuple[str, ...]:
    blocks = reading.ids(source, key, value)
    for block in blocks:
        if block not in BLOCKS:
            raise source.refuse(key, "here stands a block that there is not", near=(block, BLOCKS))
    return tuple(block for block in BLOCKS if block in blocks)


def _dates(source: Source, key: str, value: object) -> str:
    dates = reading.text(source, key, value)
    if dates not in DATES:
        raise source.refuse(key, "dates are exact, or coarse: the week and the day of it", near=(dates, DATES))
    return dates


def _paper(source: Source, key: str, value: object) -> str:
    paper = reading.text(source, key, value)
    if paper not in PAPERS:
        raise source.refuse(key, "the paper is a4 or letter", near=(paper, PAPERS))
    return paper


_READERS: dict[str, Reader] = {
    "out": reading.line,
    "form": _form,
    "to": reading.line,
    "since": reading.time,
    "until": reading.time,
    "lang": _language,
    "talk_about": reading.lines,
    "blocks": _blocks,
    "withhold": reading.withheld,
    "entries": reading.ids,
    "passages": reading.passages,
    "aliases": reading.aliases,
    "strike": reading.ids,
    "dates": _dates,
    "paper": _paper,
    "password_command": reading.line,
    "clear": reading.yes,
}
