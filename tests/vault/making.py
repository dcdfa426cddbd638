"""A journal made for one test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from journal_cli.vault import vault
from journal_cli.vault.slots import Bounds
from journal_cli.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Made:
    """A journal, and the secrets that open it."""

    folder: Path
    vault: Vault
    passphrase: str
    recovery: str
    bounds: Bounds

    @property
    def database(self) -> Path:
        return self.folder / "journal.db"

    def unlock(self, secret: str) -> Vault:
        return vault.unlock(self.folder, secret, bounds=self.bounds)

    def files(self) -> dict[str, bytes]:
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


Make = Callable[..., Made]
