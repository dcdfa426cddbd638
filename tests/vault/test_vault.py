import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Never

import pytest
from making import Made, Make

from journal_cli.errors import AlreadyThere, Busy, Damaged, JournalError, Mistyped, NoJournal, Refused, WrongKey
from journal_cli.vault import copies, disk, keyfile, vault
from journal_cli.vault.disk import alone_in
from journal_cli.vault.keyfile import KeyFile
from journal_cli.vault.slots import CHEAPEST, Bounds, Header, seal

TODAY = date(2026, 11, 24)
UNLOCK = (
    "import sys; from pathlib import Path; from journal_cli.vault import vault;"
    "from journal_cli.errors import JournalError; from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds\n"
    "try:\n"
    "    v = vault.unlock(Path(sys.argv[1]), sys.argv[2], bounds=Bounds(CHEAPEST, STRONG)); v.open(0, list).close()\n"
    "except JournalError as error: sys.exit(error.exit_code)\n"
)


def table(connection: Any) -> None:
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")


def test_a_new_journal_opens_with_its_words_and_with_its_recovery_key(made: Made) -> None:
    by_words = made.unlock(made.passphrase)
    by_key = made.unlock(made.recovery.lower())

    assert (by_words.opened_with, by_key.opened_with) == ("passphrase", "recovery")
    assert by_words.master_key == by_key.master_key == made.vault.master_key
    assert by_words.journal == by_key.journal == made.vault.journal
    assert not by_words.key_files_missing
    assert not by_key.key_files_missing


def test_chance_is_handed_in(tmp_path: Path, bounds: Bounds) -> None:
    one, recovery_one = vault.create(
        tmp_path / "one", "lantern", today=TODAY, cost=CHEAPEST, random=random.Random(5).randbytes
    )
    two, recovery_two = vault.create(
        tmp_path / "two", "lantern", today=TODAY, cost=CHEAPEST, random=random.Random(5).randbytes
    )

    assert recovery_one == recovery_two
    assert one.journal == two.journal
    assert (tmp_path / "one/keys.json").read_bytes() == (tmp_path / "two/keys.json").read_bytes()


def test_no_secret_shows_in_a_repr(made: Made) -> None:
    assert "master_key" not in repr(made.vault)
    assert made.vault.master_key.hex() not in repr(made.vault)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_everything_is_private_under_any_umask(tmp_path: Path, bounds: Bounds, umask: int) -> None:
    before = os.umask(umask)
    try:
        opened, _ = vault.create(tmp_path / "deep/journal", "lantern", today=TODAY, cost=CHEAPEST)
        opened.open(1, lambda: [table]).close()
    finally:
        os.umask(before)

    assert (tmp_path / "deep/journal").stat().st_mode & 0o777 == 0o700
    files = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep/journal").iterdir()}
    assert files == {"journal.db": 0o600, "keys.json": 0o600, "keys.copy.json": 0o600}


def test_an_empty_folder_that_is_there_becomes_private(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir(mode=0o755)
    vault.create(tmp_path / "journal", "lantern", today=TODAY, cost=CHEAPEST)
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o700


def test_a_folder_others_may_write_to_is_refused(made: Made, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o770)
    with pytest.raises(Refused, match="other people"):
        vault.create(tmp_path / "open", "lantern", today=TODAY, cost=CHEAPEST)
    assert list((tmp_path / "open").iterdir()) == []

    made.folder.chmod(0o702)
    with pytest.raises(Refused, match="other people"):
        made.unlock(made.passphrase)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("")
    with pytest.raises(Refused, match="not a folder"):
        vault.create(tmp_path / "journal", "lantern", today=TODAY, cost=CHEAPEST)


@pytest.mark.parametrize("left", ["journal.db", "keys.json", "keys.copy.json"])
def test_nothing_is_made_where_a_part_of_a_journal_is(made: Made, left: str) -> None:
    for path in list(made.folder.iterdir()):
        if path.name != left:
            path.unlink()
    before = made.files()

    with pytest.raises(AlreadyThere):
        vault.create(made.folder, "other words", today=TODAY, cost=CHEAPEST)
    assert made.files() == before


@pytest.mark.parametrize("passphrase", ["", "x" * 1025, "a\0b"])
def test_a_journal_is_not_locked_with_what_cannot_be_typed(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(Mistyped):
        vault.create(tmp_path / "journal", passphrase, today=TODAY, cost=CHEAPEST)
    assert not (tmp_path / "journal").exists()


def test_where_nothing_is_there_is_no_journal(tmp_path: Path, bounds: Bounds) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "nowhere", tmp_path / "empty"):
        assert not vault.is_present(folder)
        with pytest.raises(NoJournal):
            vault.unlock(folder, "lantern", bounds=bounds)
        with pytest.raises(NoJournal):
            vault.takes_passphrase(folder, bounds=bounds)


def test_wrong_words_change_no_file(made: Made) -> None:
    made.vault.open(1, lambda: [table]).close()
    before = made.files()
    for words in ("lantern", "lantern orchid velvet ", "Lantern orchid velvet"):
        with pytest.raises(WrongKey, match="these words do not open this journal"):
            made.unlock(words)
    assert made.files() == before


def test_wrong_words_and_wrong_keys_print_nothing(make: Make) -> None:
    made, other = make("one"), make("two")
    for path in (made.folder / "keys.json", made.folder / "keys.copy.json"):
        path.write_bytes((other.folder / path.name).read_bytes())
    runs = {
        (str(other.folder), "wrong words"): 11,
        (str(made.folder), other.passphrase): 13,
        (str(made.folder), other.recovery): 13,
        (str(made.folder), made.recovery): 0,
    }
    for secrets, code in runs.items():
        ran = subprocess.run([sys.executable, "-c", UNLOCK, *secrets], capture_output=True, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr) == (code, b"", b"")


def test_the_recovery_key_of_another_journal_is_named_as_such(make: Make) -> None:
    made, other = make("one"), make("two")
    with pytest.raises(WrongKey, match="of another journal"):
        made.unlock(other.recovery)


def test_a_mistyped_recovery_key_is_told_where(made: Made) -> None:
    wrong = ("Q" if made.recovery[0] != "Q" else "P") + made.recovery[1:]
    with pytest.raises(WrongKey, match="group 1, first sign"):
        made.unlock(wrong)


def test_a_passphrase_that_looks_like_a_recovery_key_opens(make: Make) -> None:
    made = make(passphrase="2" * 30 + "b" + "q" * 28)
    assert made.unlock(made.passphrase).opened_with == "passphrase"


def test_every_passphrase_slot_is_tried(made: Made) -> None:
    first = keyfile.from_bytes((made.folder / "keys.json").read_bytes(), bounds=made.bounds)
    header = Header(id="f" * 16, created="2026-12-01")
    second = seal(made.vault.master_key, "other words", journal=first.journal, header=header, cost=CHEAPEST)
    both = KeyFile(first.journal, first.seq + 1, 1, first.key_check, (*first.slots, second))
    with alone_in(made.folder):
        copies.write(made.folder, keyfile.signed(both, made.vault.master_key))

    assert made.unlock("other words").master_key == made.unlock(made.passphrase).master_key == made.vault.master_key


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
def test_a_flipped_bit_is_never_called_a_wrong_passphrase_and_is_mended(made: Made, name: str) -> None:
    """Fault 4."""
    path = made.folder / name
    whole = path.read_bytes()
    for place in range(0, len(whole), 29):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert vault.takes_passphrase(made.folder, bounds=made.bounds)
        assert made.unlock(made.passphrase).master_key == made.vault.master_key
        assert path.read_bytes() == whole


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
@pytest.mark.parametrize("put", ["nothing", "empty", "folder", "link", "pipe", "huge"])
def test_one_copy_that_is_gone_or_strange_is_no_hindrance(made: Made, name: str, put: str) -> None:
    path = made.folder / name
    whole = path.read_bytes()
    path.unlink()
    {
        "nothing": lambda: None,
        "empty": path.touch,
        "folder": path.mkdir,
        "link": lambda: path.symlink_to("/dev/zero"),
        "pipe": lambda: os.mkfifo(path),
        "huge": lambda: path.write_bytes(whole + b" " * 10_000_000),
    }[put]()

    assert made.unlock(made.passphrase).master_key == made.vault.master_key
    assert put == "folder" or path.read_bytes() == whole


def test_a_link_to_a_good_key_file_is_not_followed_but_replaced(made: Made) -> None:
    path = made.folder / "keys.json"
    path.rename(made.folder / "elsewhere")
    path.symlink_to(made.folder / "elsewhere")

    made.unlock(made.passphrase)

    assert not path.is_symlink()
    assert path.read_bytes() == (made.folder / "keys.copy.json").read_bytes()


def test_a_copy_that_the_master_key_has_not_signed_is_never_spread(made: Made) -> None:
    first = keyfile.from_bytes((made.folder / "keys.json").read_bytes(), bounds=made.bounds)
    forged = KeyFile(first.journal, 9, 1, first.key_check, first.slots, mac=bytes(32))
    (made.folder / "keys.json").write_bytes(keyfile.to_bytes(forged))
    before = made.files()

    copies.mend(made.folder, bounds=made.bounds, master_key=made.vault.master_key)

    assert made.files() == before


def test_who_holds_the_folder_holds_it_alone(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_PATIENCE", 0.1)
    with alone_in(made.folder), pytest.raises(Busy, match="another window"), alone_in(made.folder):
        pass
    with alone_in(made.folder):
        pass


def test_a_damaged_copy_is_not_mended_by_wrong_words(made: Made) -> None:
    (made.folder / "keys.json").write_bytes(b"{}")
    before = made.files()
    with pytest.raises(WrongKey):
        made.unlock("wrong words")
    assert made.files() == before


def test_the_newer_copy_is_believed_and_the_older_mended(made: Made) -> None:
    old = (made.folder / "keys.json").read_bytes()
    first = keyfile.from_bytes(old, bounds=made.bounds)
    header = Header(id="f" * 16, created="2026-12-01")
    slot = seal(made.vault.master_key, "new words", journal=first.journal, header=header, cost=CHEAPEST)
    newer = keyfile.signed(KeyFile(first.journal, 2, 1, b"", (slot,)), made.vault.master_key)
    (made.folder / "keys.copy.json").write_bytes(keyfile.to_bytes(newer))  # a crash between the two

    with pytest.raises(WrongKey):
        made.unlock(made.passphrase)
    made.unlock("new words")

    assert (made.folder / "keys.json").read_bytes() == keyfile.to_bytes(newer)


def test_both_key_files_damaged_ask_for_the_recovery_key(made: Made) -> None:
    """Fault 5."""
    for name in ("keys.json", "keys.copy.json"):
        (made.folder / name).write_bytes(b"{}")

    assert not vault.takes_passphrase(made.folder, bounds=made.bounds)
    with pytest.raises(Damaged, match="damaged") as failure:
        made.unlock(made.passphrase)
    assert "recovery key" in failure.value.hint
    assert made.unlock(made.recovery).key_files_missing


def test_with_the_key_files_gone_and_the_first_bytes_destroyed_the_paper_opens_everything(made: Made) -> None:
    """Faults 6 and 14."""
    with made.vault.open(1, lambda: [table]) as database, database.changing():
        database.run_each("INSERT INTO note (body) VALUES (?)", [(f"entry {i}",) for i in range(50)])
    (made.folder / "keys.json").unlink()
    (made.folder / "keys.copy.json").unlink()
    with made.database.open("r+b") as file:
        file.write(b"\xff" * 16)

    with pytest.raises(Damaged, match="gone"):
        made.unlock(made.passphrase)
    opened = made.unlock(made.recovery)

    assert opened.key_files_missing
    assert opened.journal == made.vault.journal
    with opened.open(1, lambda: [table]) as database:
        assert database.one("SELECT count(*) FROM note") == (50,)
        with database.changing():
            database.run("INSERT INTO note (body) VALUES ('one more')")
    assert sorted(path.name for path in made.folder.iterdir()) == ["journal.db"]


def test_a_missing_database_is_said_before_anyone_types(made: Made) -> None:
    made.database.unlink()
    with pytest.raises(Damaged, match=r"journal\.db is missing"):
        vault.takes_passphrase(made.folder, bounds=made.bounds)
    with pytest.raises(Damaged, match=r"journal\.db is missing"):
        made.unlock(made.recovery)
    assert not made.database.exists()


def test_a_list_of_slots_changed_by_someone_else_is_refused_but_not_to_the_recovery_key(made: Made) -> None:
    first = keyfile.from_bytes((made.folder / "keys.json").read_bytes(), bounds=made.bounds)
    forged = KeyFile(first.journal, 9, 1, first.key_check, first.slots, mac=bytes(32))
    (made.folder / "keys.json").write_bytes(keyfile.to_bytes(forged))
    genuine = (made.folder / "keys.copy.json").read_bytes()

    with pytest.raises(Damaged, match="changed by another program"):
        made.unlock(made.passphrase)
    assert made.unlock(made.recovery).key_files_missing
    assert (made.folder / "keys.copy.json").read_bytes() == genuine


def test_key_files_on_a_disk_that_cannot_be_written_still_open(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    (made.folder / "keys.json").unlink()

    def refuse(*_: object) -> Never:
        raise Refused("the disk is full")

    monkeypatch.setattr(copies, "write_whole", refuse)
    assert made.unlock(made.passphrase).master_key == made.vault.master_key


CREATE = (
    "import sys; from datetime import date; from pathlib import Path; from journal_cli.vault import vault;"
    "from journal_cli.vault.slots import CHEAPEST\n"
    "print('ready', flush=True); sys.stdin.readline()\n"
    "vault.create(Path(sys.argv[1]), sys.argv[2], today=date(2026, 11, 24), cost=CHEAPEST)\n"
    "print('made', flush=True)\n"
)


def settled(folder: Path, passphrase: str, bounds: Bounds) -> None:
    """After a crash there is no journal, and one can be made; or there is one, and the words open it."""
    if not vault.is_present(folder):
        vault.create(folder, passphrase, today=TODAY, cost=CHEAPEST)
    with vault.unlock(folder, passphrase, bounds=bounds).open(1, lambda: [table]) as database, database.changing():
        database.run("INSERT INTO note (body) VALUES ('first')")
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".new") == [
        "journal.db",
        "keys.copy.json",
        "keys.json",
    ]


def test_a_creation_killed_at_any_moment_leaves_a_journal_that_opens_or_none(tmp_path: Path, bounds: Bounds) -> None:
    chance = random.Random(3)
    for round_ in range(10):
        folder = tmp_path / f"journal{round_}"
        maker = subprocess.Popen(
            [sys.executable, "-c", CREATE, str(folder), "lantern orchid"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert maker.stdout.readline() == "ready\n"
        maker.stdin.write("\n")
        maker.stdin.flush()
        time.sleep(chance.uniform(0, 0.02))
        maker.send_signal(signal.SIGKILL)
        maker.communicate()
        settled(folder, "lantern orchid", bounds)


@pytest.mark.parametrize("stop_at", range(1, 25))
def test_a_creation_cut_before_any_single_write_leaves_a_journal_that_opens_or_none(
    tmp_path: Path, bounds: Bounds, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """Every system call that shows on the disk is counted; the one of that number and all later ones do not happen."""
    calls = 0

    def cut(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls >= stop_at:
                raise KeyboardInterrupt
            return real(*args, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("open", "fsync", "mkdir", "chmod", "rename", "replace", "unlink"):
            patch.setattr(os, name, cut(getattr(os, name)))
        with contextlib.suppress(KeyboardInterrupt):
            vault.create(tmp_path / "journal", "lantern orchid", today=TODAY, cost=CHEAPEST)
    settled(tmp_path / "journal", "lantern orchid", bounds)


def test_two_windows_making_a_journal_at_once_make_one(tmp_path: Path, bounds: Bounds) -> None:
    folder = tmp_path / "journal"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE, str(folder), f"lantern {number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for number in range(3)
    ]
    for maker in makers:
        maker.stdout.readline()
    answers = [maker.communicate("\n")[0] for maker in makers]

    assert sorted(answers) == ["", "", "made\n"]
    made_by = answers.index("made\n")
    assert vault.unlock(folder, f"lantern {made_by}", bounds=bounds).journal


def test_importing_the_vault_loads_nothing_heavy() -> None:
    code = (
        "import sys, journal_cli.vault.vault\n"
        "heavy = {'sqlite_utils', 'zxcvbn', 'xkcdpass', 'typer', 'rich', 'pydantic'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_a_prepared_process_leaves_no_core_dump_and_private_files(tmp_path: Path) -> None:
    code = (
        "import ctypes, os, resource, sys; from journal_cli.vault.vault import prepare_process\n"
        "prepare_process(); open(sys.argv[1], 'w').close()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    path = tmp_path / "file"
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "(0, 0) 0\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_failure_of_the_vault_is_a_sentence_in_the_house_style(made: Made) -> None:
    """Lower case, no final period, and a way out."""
    made.database.write_bytes(b"")
    with pytest.raises(JournalError) as failure:
        made.vault.open(0, list)
    sentence = str(failure.value)
    assert sentence[0].islower()
    assert not sentence.endswith(".")
    assert failure.value.hint
