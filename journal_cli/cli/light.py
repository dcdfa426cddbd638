"""
Values of options read without pydantic, where there is nothing to validate.

typer 0.29 has pydantic check every value that is not a flag, even one that was not given,
and loading it takes longer than most commands. What is text already, or is not there at
all, needs no checking; everything else goes the usual way. This leans on a name of typer's
that is not promised, so its version is pinned and a test says whether it still holds.
"""

from dataclasses import dataclass
from typing import Any

from typer._coercion import build_runtime_param  # typer's own, not promised: see above

AS_THEY_ARE = (str, int, bool)


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
        if wanted == list[str] and all(isinstance(one, str) for one in value):
            return list(value)
        return build_runtime_param(self.descriptor).coerce(value, param=param, ctx=ctx)


def fast(option: Any) -> Any:
    """Have an unused --help be False, so that typer need not load pydantic to read None."""
    if option is not None:
        option.default = False
    return option


def lighten(command: Any) -> Any:
    """Have a command, and those inside it, read their values this way."""
    usual = command.get_help_option
    command.get_help_option = lambda ctx: fast(usual(ctx))
    for param in command.params:
        param._runtime_param = Light(param.type_descriptor)  # noqa: SLF001  # see above
    for inner in getattr(command, "commands", {}).values():
        lighten(inner)
    return command
