"""A text that could not be saved waits sealed: whole, for its own journal only, and without a word in the clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_cli.vault import waiting

KEY, JOURNAL = bytes(range(32)), "5f" * 16
CANARY = b"a canary that nobody may read"


def put(*places, content: bytes = CANARY, key: bytes = KEY, mark: bytes = b""):
    return waiting.put(places, content, master_key=key, journal=JOURNAL, mark=mark)


def test_what_is_sealed_comes_back_and_is_gone_when_it_is_let_go(tmp_path) -> None:
    assert put(tmp_path / "a" / "waiting") == tmp_path / "a" / "waiting"
    (file,) = waiting.found([tmp_path / "none", tmp_path / "a" / "waiting"], journal=JOURNAL)
    assert CANARY not in file.read_bytes()
    assert waiting.read(file, master_key=KEY, journal=JOURNAL) == CANARY
    waiting.let_go(file)
    assert waiting.found([tmp_path / "a" / "waiting"], journal=JOURNAL) == []
    assert not file.parent.exists()


@given(content=st.binary(max_size=200), flipped=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_flipped_bit_gives_nothing_back(tmp_path_factory, content, flipped, bit) -> None:
    place = tmp_path_factory.mktemp("waiting")
    put(place, content=content)
    (file,) = waiting.found([place], journal=JOURNAL)
    sealed = bytearray(file.read_bytes())
    sealed[flipped % len(sealed)] ^= 1 << bit
    file.write_bytes(sealed)
    assert waiting.read(file, master_key=KEY, journal=JOURNAL) is None


def test_another_key_or_another_journal_opens_nothing(tmp_path) -> None:
    put(tmp_path)
    (file,) = waiting.found([tmp_path], journal=JOURNAL)
    assert waiting.read(file, master_key=bytes(32), journal=JOURNAL) is None
    assert waiting.read(file, master_key=KEY, journal="60" * 16) is None
    assert waiting.found([tmp_path], journal="60" * 16) == []
    assert waiting.read(tmp_path / "none", master_key=KEY, journal=JOURNAL) is None


def test_the_same_text_waits_once_and_its_name_tells_nothing_without_the_key(tmp_path) -> None:
    assert put(tmp_path)
    assert put(tmp_path)
    (one,) = waiting.found([tmp_path], journal=JOURNAL)
    put(tmp_path, key=bytes(32))
    assert len(waiting.found([tmp_path], journal=JOURNAL)) == 2
    assert put(tmp_path, content=b"another")
    files = waiting.found([tmp_path], journal=JOURNAL)
    assert len(files) == 3
    assert one in files
    assert put(tmp_path, content=b"another, later", mark=b"another")
    assert put(tmp_path, content=b"another, later still", mark=b"another")
    assert len(waiting.found([tmp_path], journal=JOURNAL)) == 3


def test_the_first_place_that_takes_it_has_it_and_none_is_told(tmp_path) -> None:
    (blocked := tmp_path / "file").write_bytes(b"no folder")
    assert put(blocked / "waiting", tmp_path / "second") == tmp_path / "second"
    assert put(blocked / "waiting") is None
    open_to_all = tmp_path / "open"
    open_to_all.mkdir(mode=0o777)
    open_to_all.chmod(0o777)
    assert put(open_to_all) is None


@pytest.mark.parametrize("cut", [0, 3, 10, 20])
def test_a_file_cut_short_gives_nothing_back(tmp_path, cut) -> None:
    put(tmp_path)
    (file,) = waiting.found([tmp_path], journal=JOURNAL)
    file.write_bytes(file.read_bytes()[:cut])
    assert waiting.read(file, master_key=KEY, journal=JOURNAL) is None
