"""
The vectors: one file, one fault, and the class of failure it must be.

`vectors/make.py` shows how each is broken. The classes are part of the format: damage is not
a wrong passphrase, and a newer version is neither.
"""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from test_independent_reader import decrypted, from_paper, from_passphrase, set_hash
from vectors.make import HERE, JOURNAL, KEY, Vector, databases, key_files, read, recovery_keys, tables

from journal_cli.errors import Damaged, JournalError, TooNew, WrongKey
from journal_cli.vault import keyfile, recovery, rekey, slots, vault, verify
from journal_cli.vault.database import Steps, open_database
from journal_cli.vault.keyfile import KeyFile
from journal_cli.vault.slots import CHEAPEST, STRONG, Bounds, Cost, Header, Slot
from journal_cli.vault.vault import Vault

ANY = Bounds(lowest=CHEAPEST, highest=STRONG)
FILES = sorted(HERE.glob("*.vector"))
VECTORS = {path.stem: read(path) for path in FILES}
# What each expectation is as an exit code, which is part of the interface.
CODES = {"wrong key": 11, "damaged": 13, "refused": 13, "altered": 13, "wrong journal": 13, "too new": 16}


def named(kind: str, *expected: str) -> list[Vector]:
    return [one for one in VECTORS.values() if one.kind == kind and (not expected or one.expect in expected)]


def each(vectors: list[Vector]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", vectors, ids=[one.name for one in vectors])


def secret_of(vector: Vector) -> str:
    return str(json.loads(vector.more["secret"]))


def found(vector: Vector) -> str:
    """What happens to a key file, in the words of the vectors."""
    try:
        key_file = keyfile.from_bytes(vector.content, bounds=ANY)
    except TooNew:
        return "too new"
    except Damaged as failure:
        return "refused" if "name" in failure.values else "damaged"
    try:
        slot, master_key = vault.unsealed(key_file, secret_of(vector))
    except WrongKey:
        return "wrong key"
    return "opens" if keyfile.is_signed_by(key_file, signer(key_file, slot, master_key)) else "altered"


def signer(key_file: KeyFile, slot: Slot, master_key: bytes) -> bytes:
    return master_key if slot in key_file.slots else rekey.previous_key(key_file, master_key)


def found_in_database(vector: Vector, folder: Path) -> str:
    """What happens to a database, in the words of the vectors: it is opened, read, and then checked in every way."""
    path = folder / "journal.db"
    path.write_bytes(vector.content)
    master_key = recovery.read(secret_of(vector))
    # Nobody vouches for a key that is only on paper: so a wrong one is told from damage.
    claims = None if vector.expect == "wrong key" else vector.more["journal"]
    try:
        with open_database(
            path, master_key=master_key, journal=claims, steps=Steps(1, lambda: [tables]), memory_security=False
        ) as database:
            database.read("SELECT body FROM note")
    except JournalError as failure:
        return told(failure)
    here = Vault(folder, vector.more["journal"], master_key, "recovery", key_files_missing=True)
    checks = verify.checks(here, verify.key_files(folder, bounds=ANY), watch=None, bounds=ANY)
    failed = {check.name for check in checks if not check.ok} - set(verify.KEY_FILES)
    if vector.name == "another-head":
        assert failed == {"pages"}
        return "opens"
    return "damaged" if failed & {"file", "pages"} else "altered" if failed else "opens"


def told(failure: JournalError) -> str:
    if failure.exit_code != CODES["damaged"]:
        return {CODES["wrong key"]: "wrong key", CODES["too new"]: "too new"}[failure.exit_code]
    if "another journal" in str(failure):
        return "wrong journal"
    return "refused" if "not made by" in str(failure) else "damaged"


def test_there_are_vectors_of_every_kind_and_class() -> None:
    assert len(named("keyfile")) >= 35
    assert len(named("recovery")) >= 18
    assert len(named("database")) >= 10
    assert {one.expect for one in VECTORS.values()} == {"opens", *CODES}


@each(named("keyfile"))
def test_a_key_file_is_what_its_vector_says(vector: Vector) -> None:
    assert found(vector) == vector.expect
    if vector.expect == "refused":
        with pytest.raises(Damaged) as failure:
            keyfile.from_bytes(vector.content, bounds=ANY)
        assert failure.value.values["name"] == vector.more["field"]


@each([one for one in named("keyfile") if not one.name.startswith("replacing")])
def test_a_folder_with_such_key_files_opens_or_ends_with_the_code_of_its_class(vector: Vector, tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir(mode=0o700)
    for name in ("keys.json", "keys.copy.json"):
        (folder / name).write_bytes(vector.content)
    (folder / "journal.db").write_bytes(b"not looked at")
    if vector.expect == "opens":
        assert vault.unlock(folder, secret_of(vector), bounds=ANY).master_key.hex() == vector.more["key"]
        return

    with pytest.raises(JournalError) as failure:
        vault.unlock(folder, secret_of(vector), bounds=ANY)

    assert failure.value.exit_code == CODES[vector.expect]
    assert (folder / "keys.json").read_bytes() == (folder / "keys.copy.json").read_bytes() == vector.content


@each(named("recovery", "opens"))
def test_a_recovery_key_opens_as_its_vector_says(vector: Vector) -> None:
    assert recovery.read(vector.content.decode()).hex() == vector.more["key"]


@each(named("recovery", "wrong key", "too new"))
def test_a_recovery_key_is_refused_as_its_vector_says(vector: Vector) -> None:
    with pytest.raises(TooNew if vector.expect == "too new" else WrongKey) as failure:
        recovery.read(vector.content.decode())

    assert failure.value.exit_code == CODES[vector.expect]
    assert vector.more.get("says", "") in str(failure.value)


@each(named("database"))
def test_a_database_is_what_its_vector_says(vector: Vector, tmp_path: Path) -> None:
    assert found_in_database(vector, tmp_path) == vector.expect
    if vector.expect != "opens":
        assert (tmp_path / "journal.db").read_bytes() == vector.content


# The second reader tries each passphrase on every slot, and knows nothing of a replacement that is going on.
BEYOND = {"newest-of-two", "oldest-of-eight", "replacing-new-words"}


@each([one for one in named("keyfile", "opens") if one.name not in BEYOND])
def test_the_second_reader_opens_the_key_files_that_open(vector: Vector) -> None:
    assert from_passphrase(vector.content, secret_of(vector).rstrip("\r\n")).hex() == vector.more["key"]


@pytest.mark.parametrize("name", ["as-written", "without-spaces"])
def test_the_second_reader_reads_the_recovery_keys_that_open(name: str) -> None:
    vector = VECTORS[f"recovery-{name}"]
    assert from_paper(vector.content.decode()).hex() == vector.more["key"]


@each(named("database", "opens"))
def test_the_second_reader_opens_the_databases_that_open(vector: Vector) -> None:
    assert b"za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 3 " in decrypted(vector.content, KEY)


@each(named("database", "altered"))
def test_the_second_reader_sees_what_was_altered_too(vector: Vector, tmp_path: Path) -> None:
    pages = decrypted(vector.content, KEY)
    assert set_hash(vector.content, KEY).encode() not in pages


def test_the_key_files_and_recovery_keys_are_made_again_byte_for_byte() -> None:
    made = {one.path.name: one.to_bytes() for one in [*key_files(), *recovery_keys()]}
    kept = {path.name: path.read_bytes() for path in FILES if not path.name.startswith("database-")}
    assert made == kept


def test_databases_made_anew_have_the_same_faults(tmp_path: Path) -> None:
    made = {one.path.stem: one for one in databases()}
    assert made.keys() == {stem for stem in VECTORS if stem.startswith("database-")}
    for name, vector in made.items():
        (tmp_path / name).mkdir()
        assert found_in_database(vector, tmp_path / name) == vector.expect, name


def argon2id(words: str, salt: str, cost: Cost) -> str:
    """What our slots derive from a passphrase."""
    blank = Slot(Header("0" * 16, "2026-11-24"), cost, salt.encode(), nonce=b"", wrapped=b"")
    return slots._stretch(slots.passphrase_bytes(words), blank).hex()


# From the tests of the reference implementation of Argon2, version 0x13.
@pytest.mark.parametrize(
    "words, salt, cost, tag",
    [
        ("password", "somesalt", (2, 65536, 1), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
        ("password", "somesalt", (2, 256, 1), "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
        ("password", "somesalt", (2, 256, 2), "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"),
        ("password", "somesalt", (1, 65536, 1), "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98"),
        ("password", "somesalt", (4, 65536, 1), "9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c"),
        ("password", "diffsalt", (2, 65536, 1), "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c"),
        (
            "differentpassword",
            "somesalt",
            (2, 65536, 1),
            "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        ),
    ],
)
def test_our_derivation_is_the_argon2id_of_everybody(
    words: str, salt: str, cost: tuple[int, int, int], tag: str
) -> None:
    assert argon2id(words, salt, Cost(*cost)) == tag


def test_the_library_gives_the_tag_of_rfc_9106() -> None:
    """RFC 9106, 5.3: with a secret and associated data, which our slots do not use."""
    derivation = Argon2id(
        salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, secret=b"\3" * 8, ad=b"\4" * 12
    )
    assert derivation.derive(b"\1" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_every_vector_says_what_is_wrong_with_it() -> None:
    assert all(one.more["comment"] for one in VECTORS.values())
    assert all(one.more.get("journal", JOURNAL) == JOURNAL for one in VECTORS.values())
    assert max(path.stat().st_size for path in FILES) <= 30_000
