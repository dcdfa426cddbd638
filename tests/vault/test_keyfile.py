import base64
import contextlib
import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.errors import Damaged, TooNew
from journal_cli.vault.keyfile import (
    Earlier,
    KeyFile,
    Pending,
    Wrapped,
    fits,
    from_bytes,
    is_signed_by,
    signed,
    to_bytes,
)
from journal_cli.vault.slots import CHEAPEST, READING, STANDARD, STRONG, Bounds, Header, Slot, canonical, seal

KEY = bytes(range(32))
JOURNAL = "0123456789abcdef0123456789abcdef"
Change = Callable[[dict[str, Any]], None]
ANY = Bounds(lowest=CHEAPEST, highest=STRONG)


def key_file(seq: int = 7) -> KeyFile:
    slot = seal(
        KEY, "lantern orchid", journal=JOURNAL, header=Header("00112233aabbccdd", "2026-11-24", "żona"), cost=CHEAPEST
    )
    return signed(KeyFile(journal=JOURNAL, seq=seq, key_epoch=1, key_check=b"", slots=(slot,)), KEY)


WHOLE = to_bytes(key_file())


def altered(change: Change) -> bytes:
    """The key file with one change and a checksum that fits, as someone would make it who knows the format."""
    document = json.loads(WHOLE)
    change(document)
    del document["sha256"]
    return canonical({**document, "sha256": hashlib.sha256(canonical(document)).hexdigest()})


def test_it_reads_back_as_it_was_written() -> None:
    assert from_bytes(to_bytes(key_file()), bounds=ANY).slots[0].header.label == "żona"
    written = key_file()
    assert from_bytes(to_bytes(written), bounds=ANY) == written


headers = st.builds(
    Header,
    id=st.binary(min_size=8, max_size=8).map(bytes.hex),
    created=st.dates().map(str),
    label=st.text(st.characters(codec="utf-8"), max_size=64).filter(str.isprintable),
)
costs = st.sampled_from([CHEAPEST, STANDARD, STRONG])
made_slots = st.builds(
    Slot,
    header=headers,
    cost=costs,
    salt=st.binary(min_size=16, max_size=16),
    nonce=st.binary(min_size=12, max_size=12),
    wrapped=st.binary(min_size=48, max_size=48),
)
slot_lists = st.lists(made_slots, min_size=1, max_size=8, unique_by=lambda slot: slot.header.id).map(tuple)
wrapped = st.builds(Wrapped, nonce=st.binary(min_size=12, max_size=12), wrapped=st.binary(min_size=48, max_size=48))
pendings = st.builds(Pending, begun=st.dates().map(str), next=wrapped, previous=wrapped, slots=slot_lists)
earlier = st.builds(Earlier, key_check=st.binary(min_size=8, max_size=8), until=st.dates().map(str))
key_files = st.builds(
    KeyFile,
    journal=st.binary(min_size=16, max_size=16).map(bytes.hex),
    seq=st.integers(1, 2**53 - 1),
    key_epoch=st.integers(1, 2**53 - 1),
    key_check=st.binary(min_size=8, max_size=8),
    slots=slot_lists,
    pending=st.none() | pendings,
    mac=st.binary(min_size=32, max_size=32),
    earlier=st.lists(earlier, max_size=8).map(tuple),
)


@given(key_files)
def test_every_key_file_reads_back_as_it_was_written(written: KeyFile) -> None:
    assert from_bytes(to_bytes(written), bounds=ANY) == written


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(b"")
@example(b"null")
@example(b'{"sha256":1}')
@example(b"\xef\xbb\xbf{}")
@example(b"NaN")
@example(b"1" * 5000)  # more digits than Python converts
def test_any_bytes_at_all_are_damage_and_nothing_else(content: bytes) -> None:
    with pytest.raises(Damaged):
        from_bytes(content, bounds=ANY)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5), st.data())
def test_any_value_in_any_place_is_refused_or_read_never_a_bug(value: Any, data: st.DataObject) -> None:
    document = json.loads(WHOLE)
    places = [document, document["slots"][0], document["slots"][0]["kdf"]]
    place = data.draw(st.sampled_from(places))
    name = data.draw(st.sampled_from(sorted(place)))
    place[name] = value
    document.pop("sha256", None)
    content = canonical({**document, "sha256": hashlib.sha256(canonical(document)).hexdigest()})

    with contextlib.suppress(Damaged, TooNew):
        from_bytes(content, bounds=ANY)


def test_every_single_flipped_bit_is_damage_before_any_passphrase() -> None:
    for place in range(len(WHOLE)):
        for bit in range(8):
            bent = bytearray(WHOLE)
            bent[place] ^= 1 << bit
            with pytest.raises(Damaged, match="damaged"):
                from_bytes(bytes(bent), bounds=ANY)


def test_every_cut_is_damage() -> None:
    for size in range(len(WHOLE)):
        with pytest.raises(Damaged, match="damaged"):
            from_bytes(WHOLE[:size], bounds=ANY)


@pytest.mark.parametrize("end", [b"\n", b" ", b"\0", b"{}"])
def test_bytes_after_the_end_are_damage(end: bytes) -> None:
    with pytest.raises(Damaged):
        from_bytes(WHOLE + end, bounds=ANY)


def kdf(name: str, value: Any) -> Change:
    return lambda document: document["slots"][0]["kdf"].update({name: value})


def slot(name: str, value: Any) -> Change:
    return lambda document: document["slots"][0].update({name: value})


def top(name: str, value: Any) -> Change:
    return lambda document: document.update({name: value})


@pytest.mark.parametrize(
    "change, field",
    [
        (kdf("m", 2**31 - 1), "m"),
        (kdf("m", 7), "m"),
        (kdf("t", 2**32), "t"),
        (kdf("t", 0), "t"),
        (kdf("p", 0), "p"),
        (kdf("p", 5), "p"),
        (kdf("p", 4), "m"),  # 8 KiB are too few for four lanes
        (kdf("m", True), "m"),
        (kdf("m", "65536"), "m"),
        (kdf("m", 65536.0), "m"),
        (kdf("m", -1), "m"),
        (kdf("name", "scrypt"), "kdf"),
        (kdf("more", 1), "kdf"),
        (kdf("salt", "AAAA"), "salt"),
        (kdf("salt", base64.b64encode(b"x" * 17).decode()), "salt"),
        (kdf("salt", base64.b64encode(b"x" * 16).decode().replace("=", "")), "salt"),
        (kdf("salt", "żżżż"), "salt"),
        (slot("kdf", None), "kdf"),
        (slot("aead", "aes-128-gcm"), "aead"),
        (slot("kind", "keyring"), "kind"),
        (slot("label", "x" * 65), "label"),
        (slot("label", "a\x1b[2Jb"), "label"),
        (slot("label", "\ud800"), "label"),
        (slot("label", None), "label"),
        (slot("created", "2026-02-30"), "created"),
        (slot("created", "20261124"), "created"),
        (slot("created", "２０２６-11-24"), "created"),
        (slot("id", "XYZ"), "id"),
        (slot("nonce", 12), "nonce"),
        (slot("more", 1), "slot"),
        (top("slots", []), "slots"),
        (top("slots", {}), "slots"),
        (top("seq", 0), "seq"),
        (top("seq", 2**53), "seq"),
        (top("seq", True), "seq"),
        (top("key_epoch", None), "key_epoch"),
        (top("journal", "0" * 31), "journal"),
        (top("journal", "0" * 31 + "A"), "journal"),
        (top("mac", ""), "mac"),
        (top("pending", {}), "pending"),
        (top("pending", 1), "pending"),
        (top("more", 1), "file"),
        (top("version", 0), "version"),
        (top("version", "1"), "version"),
        (top("format", "journal"), "format"),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_once_and_named(change: Change, field: str) -> None:
    content = altered(change)
    started = time.perf_counter()

    with pytest.raises(Damaged) as refused:
        from_bytes(content, bounds=ANY)

    assert f'"{field}"' in str(refused.value)
    assert time.perf_counter() - started < 0.05


def test_a_spelling_of_base64_with_spare_bits_is_refused() -> None:
    def spare(document: dict[str, Any]) -> None:
        salt = document["slots"][0]["kdf"]["salt"]
        bumped = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        document["slots"][0]["kdf"]["salt"] = salt[:-3] + bumped[bumped.index(salt[-3]) + 1] + "=="

    with pytest.raises(Damaged, match="salt"):
        from_bytes(altered(spare), bounds=ANY)


def test_nine_slots_and_twins_are_refused() -> None:
    def nine(document: dict[str, Any]) -> None:
        document["slots"] *= 9

    def twins(document: dict[str, Any]) -> None:
        document["slots"] *= 2

    for change in (nine, twins):
        with pytest.raises(Damaged, match="slots"):
            from_bytes(altered(change), bounds=ANY)


@pytest.mark.parametrize("content", [b"[" * 65_536, b"[" * 100_000, b'{"a":' * 13_000, b" " * 10_000_000])
def test_nesting_and_size_cost_nothing(content: bytes) -> None:
    started = time.perf_counter()

    with pytest.raises(Damaged):
        from_bytes(content, bounds=ANY)

    assert time.perf_counter() - started < 0.05


def test_a_file_that_is_too_large_is_damage_even_if_its_checksum_fits() -> None:
    with pytest.raises(Damaged, match="damaged"):
        from_bytes(altered(top("more", "x" * 65_536)), bounds=ANY)


def test_a_cost_below_the_floor_for_reading_is_refused() -> None:
    with pytest.raises(Damaged):
        from_bytes(WHOLE, bounds=READING)


def test_the_costs_on_offer_are_within_the_bounds_for_reading() -> None:
    for cost in (STANDARD, STRONG):
        content = altered(
            lambda document, cost=cost: document["slots"][0]["kdf"].update(t=cost.passes, m=cost.memory, p=4)
        )
        assert from_bytes(content, bounds=READING).slots[0].cost == cost


def test_a_newer_version_is_named_as_such_only_if_the_file_is_whole() -> None:
    with pytest.raises(TooNew):
        from_bytes(altered(top("version", 2)), bounds=ANY)
    with pytest.raises(TooNew):
        from_bytes(altered(lambda document: document.update(version=2, slots="of another shape")), bounds=ANY)
    with pytest.raises(Damaged):
        from_bytes(WHOLE.replace(b'"version":1', b'"version":2'), bounds=ANY)


@pytest.mark.parametrize(
    "change", [top("seq", 8), top("key_epoch", 2), top("journal", "f" * 32), slot("label", "x"), slot("id", "0" * 16)]
)
def test_the_mac_sees_every_change_made_without_the_key(change: Change) -> None:
    assert is_signed_by(from_bytes(WHOLE, bounds=ANY), KEY)
    assert not is_signed_by(from_bytes(altered(change), bounds=ANY), KEY)


def test_the_key_check_fits_one_key_only() -> None:
    assert fits(key_file(), KEY)
    assert not fits(key_file(), bytes(32))
