from journal_cli.cli.desk import Desk
from journal_cli.vault.slots import CHEAPEST, HIGHEST, Bounds


def test_an_id_that_is_taken_is_never_given_twice(journal, monkeypatch) -> None:
    taken = journal("write", "--json", input="one").json["id"]
    monkeypatch.setenv("JOURNAL_PASSPHRASE_COMMAND", f"echo '{journal.passphrase}'")
    bits = int("".join(f"{'0123456789abcdefghjkmnpqrstvwxyz'.index(sign):05b}" for sign in taken), 2)
    drawn = iter([bits.to_bytes(5), b"\x00" * 5])
    bounds = Bounds(lowest=CHEAPEST, highest=HIGHEST)
    desk = Desk(folder=journal.folder, random=lambda _: next(drawn), bounds=bounds)

    fresh = desk.new_id()
    desk.close()

    assert fresh == "00000000"
