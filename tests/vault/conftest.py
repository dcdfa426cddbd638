from datetime import date
from pathlib import Path

import pytest
from making import Made, Make
from whole import Whole

from journal_cli.vault import vault
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds


@pytest.fixture
def bounds() -> Bounds:
    return Bounds(lowest=CHEAPEST, highest=STRONG)


@pytest.fixture
def make(tmp_path: Path, bounds: Bounds) -> Make:
    def made(name: str = "journal", passphrase: str = "lantern orchid velvet") -> Made:  # noqa: S107  invented
        folder = tmp_path / name
        opened, recovery = vault.create(folder, passphrase, today=date(2026, 11, 24), cost=CHEAPEST)
        return Made(folder, opened, passphrase, recovery, bounds)

    return made


@pytest.fixture
def made(make: Make) -> Made:
    return make()


@pytest.fixture
def whole(made: Made, tmp_path: Path) -> Whole:
    """A journal of sixty notes that this computer has seen."""
    journal = Whole(made, tmp_path / "state" / "journal" / made.vault.journal[:16])
    journal.write(*range(60))
    return journal
