"""
The map of commands that completion reads, drawn anew from the rooms: `python tests/cli/mapped.py` writes it.

It names every command with its line of help, and every option and argument with what its help page calls the value.
"""

import json
import re
from typing import Any

from typer.main import get_command

from journal_cli.cli.completing import MAP
from journal_cli.cli.main import Journal, app


def first_line(text: str | None) -> str:
    """The line a list of commands shows."""
    return (text or "").strip().partition("\n")[0].strip()


def drawn(command: Any) -> dict[str, Any]:
    """Draw a command and those inside it."""
    context = command.make_context(command.name, [], resilient_parsing=True)
    there = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    options = [param for param in there if param.param_type_name == "option"]
    arguments = [param for param in there if param.param_type_name == "argument"]
    found: dict[str, Any] = {"help": first_line(command.help), "options": [option(one) for one in options]}
    if hasattr(command, "commands"):
        found["commands"] = {name: drawn(inner) for name, inner in command.commands.items()}
    else:
        found["arguments"] = [{"takes": takes(one)} | ({"many": True} if one.nargs == -1 else {}) for one in arguments]
    return found


def option(param: Any) -> dict[str, Any]:
    """Draw an option, its long name first; what it takes only if it takes something."""
    names = sorted([*param.opts, *param.secondary_opts], key=lambda name: (not name.startswith("--"), "--no-" in name))
    found = {"names": names, "help": first_line(param.help)}
    if not param.is_flag:
        found["takes"] = takes(param)
    return found | ({"many": True} if param.multiple else {})


def takes(param: Any) -> str:
    """What a help page calls a value, without the signs around it."""
    return (param.metavar or "NUMBER").strip("[]…")


def everything() -> dict[str, Any]:
    """Draw the whole program."""
    root = drawn(get_command(app))
    root["commands"] = {card.name: drawn(card.open()) for card in Journal.cards}
    return root


def as_text(found: dict[str, Any]) -> str:
    """Write the map so that a change of one option is a change of one line."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return re.sub(r"\{[^{}]+\}", lambda one: " ".join(one[0].split()), text) + "\n"


if __name__ == "__main__":
    MAP.write_text(as_text(everything()), encoding="utf-8")
