"""What was chosen for the last page: kept inside the journal, and offered for the next one."""

import json
from collections.abc import Iterable
from typing import Any

from journal_cli.cli.desk import Desk
from journal_cli.share.plan import BLOCKS, DATES, FORMS, LOCKED, Plan

KEY = "share-last"  # among the settings, and none that `journal settings` shows


def last_choices(desk: Desk) -> Plan | None:
    """
    Give a plan with what was chosen last time: blocks, what was withheld, names, dates, form, for whom.

    Times, lines and entries are of their time and not among it. What cannot be read is left out.
    """
    try:
        kept = json.loads(desk.settings.get(KEY, ""))
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return None
    form = _one_of(kept.get("form"), FORMS, "pdf")
    aliases = kept.get("aliases")
    return Plan(
        form=form,
        to=_text(kept.get("to")),
        blocks=tuple(name for name in BLOCKS if name in _texts(kept.get("blocks"))),
        withhold=tuple(_texts(kept.get("withhold"))),
        aliases={name: _text(alias) for name, alias in aliases.items()} if isinstance(aliases, dict) else {},
        dates=_one_of(kept.get("dates"), DATES, DATES[0]),
        clear=form not in LOCKED or kept.get("clear") is True,
    )


def remember(desk: Desk, plan: Plan) -> None:
    """Keep what was chosen."""
    kept = {
        "blocks": list(plan.blocks),
        "withhold": list(plan.withhold),
        "aliases": dict(plan.aliases),
        "dates": plan.dates,
        "form": plan.form,
        "clear": plan.clear,
        "to": plan.to,
    }
    desk.set(KEY, json.dumps(kept, ensure_ascii=False))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _one_of(value: Any, known: Iterable[str], usual: str) -> str:
    return value if isinstance(value, str) and value in known else usual
