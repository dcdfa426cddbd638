"""Whether an agent may hold a journal open: looked at before anything that could read one is loaded."""

from journal_cli.cli import home
from journal_cli.vault.agent_wire import SOCKET


def is_there() -> bool:
    """Whether something lies where the agent's socket would; nobody is asked yet."""
    return (home.runtime_folder() / SOCKET).exists()
