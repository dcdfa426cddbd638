"""
Values of options read without pydantic, where they are plainly what they have to be.

typer 0.29 has pydantic check every value that is not a flag, even one that was not given,
and loading it takes longer than most commands. A text, a path and a whole number within its
range are read here; everything else, such as a number that is none, goes the usual way and is
refused there. This leans on names of typer's that are not promised, so its version is pinned
and a test says whether they still hold.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer._coercion import build_runtime_param  # typer's own, not promised: see above

AS_THEY_ARE = (str, int, bool)
DIGITS = 9  # more of them are read the usual way


@dataclass(frozen=True, slots=True)
class Light:
    """
    Reads one option or argument.

    Args:
        descriptor: What typer knows of its type.
    """

    descriptor: Any

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """Give the value itself where its type is right already, else what typer makes of it."""
        wanted = self.descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if wanted in AS_THEY_ARE and type(value) is wanted:
            return value
        if wanted is Path and type(value) is str:
            return Path(value)
        if wanted is int and self._is_within(value):
            return int(value)
        if wanted in {list[str], list[Path]} and all(type(one) is str for one in value):
            return list(value) if wanted == list[str] else [Path(one) for one in value]
        return build_runtime_param(self.descriptor).coerce(value, param=param, ctx=ctx)

    def _is_within(self, value: Any) -> bool:
        """Whether a value is a few digits, and the number they say is within the option's range."""
        if type(value) is not str or not (value.isascii() and value.isdigit() and len(value) <= DIGITS):
            return False
        info = self.descriptor.parameter_info
        least, most = (-math.inf if info.min is None else info.min), (math.inf if info.max is None else info.max)
        return bool(least <= int(value) <= most)


def fast(option: Any) -> Any:
    """Have an unused --help be False, so that typer need not load pydantic to read None."""
    if option is not None:
        option.default = False
    return option


def name_plainly(argument: Any) -> None:
    """Have a help page say `ID`, or `[ID]` where it can be left out, and not `{ID…}... <list[str]>`."""
    named = (argument.metavar or argument.name.upper()).strip("[]")
    usage = named if argument.required else f"[{named}]"
    argument.get_usage_pieces = lambda _: [usage]
    argument.display_type_rich = lambda **_: None


def lighten(command: Any) -> Any:
    """Have a command, and those inside it, read their values this way, and name no types on its help page."""
    usual = command.get_help_option
    command.get_help_option = lambda ctx: fast(usual(ctx))
    for param in command.params:
        param._runtime_param = Light(param.type_descriptor)  # noqa: SLF001  # see above
        if param.param_type_name == "argument":
            name_plainly(param)
    for inner in getattr(command, "commands", {}).values():
        lighten(inner)
    return command
