from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds
from journal_cli.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Made:
    """A journal made for one test, and the secrets that open it."""

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


@pytest.fixture
def bounds():
    return Bounds(lowest=CHEAPEST, highest=STRONG)


@pytest.fixture
def make(tmp_path, bounds):
    def make(name="journal", passphrase="lantern orchid velvet"):
        folder = tmp_path / name
        opened, recovery = vault.create(folder, passphrase, today=date(2026, 11, 24), cost=CHEAPEST)
        return Made(folder, opened, passphrase, recovery, bounds)

    return make


@pytest.fixture
def made(make):
    return make()
