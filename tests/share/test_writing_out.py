import errno
import fcntl
import os
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Never

import pytest
from modes import minded

from journal_cli.errors import Protected, Refused
from journal_cli.share import writing
from journal_cli.share.writing import default_name, write_out

CONTENT = b"# Dla mojej terapii\n" * 5000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "notes.md"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_written_whole_and_for_its_owner_only(target: Path) -> None:
    write_out(target, CONTENT)

    assert target.read_bytes() == CONTENT
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(target.parent) == ["notes.md"]


def test_a_wide_umask_does_not_widen_it(target: Path) -> None:
    before = os.umask(0)
    try:
        write_out(target, CONTENT)
    finally:
        os.umask(before)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_written_over(target: Path) -> None:
    target.write_text("mine")

    with pytest.raises(Protected) as failure:
        write_out(target, CONTENT)

    assert (failure.value.exit_code, target.read_text()) == (23, "mine")
    assert names(target.parent) == ["notes.md"]


def test_a_link_that_is_there_is_never_written_through(target: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    target.symlink_to(elsewhere)

    with pytest.raises(Protected):
        write_out(target, CONTENT)
    write_out(target, CONTENT, force=True)

    assert elsewhere.read_text() == "mine"
    assert target.read_bytes() == CONTENT


def test_force_replaces_a_file_and_its_rights(target: Path) -> None:
    target.write_text("old")
    target.chmod(0o644)

    write_out(target, CONTENT, force=True)

    assert target.read_bytes() == CONTENT
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_is_no_file(tmp_path: Path, force: bool) -> None:
    with pytest.raises(Refused, match="is not a file"):
        write_out(tmp_path, CONTENT, force=force)


@pytest.mark.parametrize("links", [True, False])
def test_of_two_who_write_at_once_one_wins_and_the_other_is_told(
    target: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr("pathlib.Path.hardlink_to", _no_links)
    outcomes = []

    def write(content: bytes) -> None:
        try:
            write_out(target, content)
            outcomes.append(content)
        except Protected:
            outcomes.append(None)

    for _ in range(25):
        outcomes.clear()
        writers = [threading.Thread(target=write, args=(bytes([number]) * 70_000,)) for number in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        winners = [one for one in outcomes if one]
        assert len(winners) == 1
        assert target.read_bytes() == winners[0]
        assert names(target.parent) == ["notes.md"]
        target.unlink()


def _no_links(_self: Path, _target: Path) -> Never:
    raise OSError(errno.EPERM, "no links here")


def test_where_there_are_no_links_the_promises_hold_too(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.hardlink_to", _no_links)

    write_out(target, CONTENT)
    with pytest.raises(Protected):
        write_out(target, b"other")

    assert target.read_bytes() == CONTENT
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("failure", [OSError(errno.EIO, "bad"), KeyboardInterrupt()])
def test_where_there_are_no_links_no_empty_file_remains_either(
    target: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(*_args: object) -> Never:
        raise failure

    monkeypatch.setattr("pathlib.Path.hardlink_to", _no_links)
    monkeypatch.setattr("pathlib.Path.replace", fail)

    with pytest.raises((Refused, KeyboardInterrupt)):
        write_out(target, CONTENT)

    assert names(target.parent) == []


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.hardlink_to", "pathlib.Path.replace", "os.open"])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "bad"), KeyboardInterrupt()])
def test_whatever_fails_nothing_half_remains(
    target: Path, monkeypatch: pytest.MonkeyPatch, force: bool, old: bytes | None, step: str, failure: BaseException
) -> None:
    if old is not None:
        target.write_bytes(old)

    def fail(*_args: object, **_more: object) -> Never:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr(step, fail)
        try:
            write_out(target, CONTENT, force=force)
        except (Refused, Protected, KeyboardInterrupt):
            assert not target.exists() if old is None else target.read_bytes() == old
        else:
            assert target.read_bytes() == CONTENT

    assert set(names(target.parent)) <= {"notes.md"}


def test_a_full_disk_is_said_plainly_and_leaves_nothing(tmp_path: Path) -> None:
    # A limit on the size of files stands in for a full disk: the write itself fails, half way.
    script = (
        "import resource, signal, sys, pathlib\n"
        "from journal_cli.share.writing import write_out\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    write_out(pathlib.Path(sys.argv[1]), b'x' * 100_000)\n"
        "except Exception as failure:\n    print(type(failure).__name__, failure.exit_code, failure)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "notes.md")], capture_output=True, text=True, check=True
    ).stdout

    assert told.startswith("Refused 15 there is no space left in ")
    assert names(tmp_path) == []


def test_no_right_is_said_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with minded(), pytest.raises(Refused, match="does not let you write"):
        write_out(tmp_path / "notes.md", CONTENT)


@pytest.mark.parametrize(
    "number, said",
    [
        (errno.ENOSPC, "no space left"),
        (errno.EDQUOT, "no space left"),
        (errno.EACCES, "does not let you write"),
        (errno.EROFS, "does not let you write"),
        (errno.EIO, "could not be written"),
    ],
)
def test_what_the_machine_refuses_is_said_in_plain_words(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fail(*_args: object) -> Never:
        raise OSError(number, "x")

    monkeypatch.setattr(writing, "_created", fail)

    with pytest.raises(Refused, match=said) as failure:
        write_out(target, CONTENT)

    assert failure.value.exit_code == 15
    assert failure.value.hint


@pytest.mark.parametrize("path", ["nowhere/notes.md", "file/notes.md"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Refused, match="there is no folder"):
        write_out(tmp_path / path, CONTENT)


def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too long"):
        write_out(tmp_path / ("x" * 300), CONTENT)


def test_the_name_of_a_file_says_nothing_of_what_is_inside() -> None:
    assert default_name(date(2026, 11, 24), "md") == "notes-2026-11.md"


@pytest.mark.parametrize("force", [True, False])
def test_every_byte_is_on_the_disk_before_the_file_has_its_name(
    target: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    named_when_synced = []
    sync = os.fsync

    def watch(descriptor: int) -> None:
        named_when_synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), target.exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    write_out(target, CONTENT, force=force)

    assert named_when_synced == [(False, False), (True, True)]


def aged(path: Path) -> Path:
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_what_a_killed_program_left_half_written_is_swept_and_nothing_else(target: Path) -> None:
    folder = target.parent
    left = [folder / f".notes-{digit * 16}.part" for digit in "abcdef"]
    for path in left[:3]:
        path.write_text("half")
    (left[3] / "2026").mkdir(parents=True)
    (left[3] / "2026" / "x.md").write_text("half")
    others = [folder / ".notes-mine.part", folder / f".notes-{'a' * 16}.old"]
    for path in (left[0], left[1], left[3], *others):
        path.exists() or path.write_text("mine")
        aged(path)
    left[4].symlink_to(others[0])

    with left[1].open() as held:  # as one that is being written is
        fcntl.flock(held, fcntl.LOCK_EX)
        write_out(target, CONTENT)

    kept = {left[1], left[2], left[4], *others, target}
    assert set(folder.iterdir()) == kept
    assert others[0].read_text() == "mine"


def test_two_that_are_written_side_by_side_do_not_sweep_each_other(tmp_path: Path) -> None:
    with writing.being_written(tmp_path / "one") as one, writing.folder_being_written(tmp_path / "two") as two:
        for beside in tmp_path.iterdir():
            aged(beside)
        two.put("2026/x.md", "x")
        aged(two.place)
        write_out(tmp_path / "three", CONTENT)
        one.write(CONTENT)

    assert sorted(names(tmp_path)) == ["one", "three", "two"]
    assert (tmp_path / "two" / "2026" / "x.md").read_text() == "x"


@pytest.mark.parametrize("there", ["file", "link", "full folder"])
def test_a_folder_is_never_written_over_what_is_no_export(tmp_path: Path, there: str) -> None:
    place = tmp_path / "years"
    if there == "file":
        place.write_text("mine")
    elif there == "link":
        place.symlink_to(tmp_path)
    else:
        place.mkdir()
        (place / "README.md").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    for force in (False, True):
        with pytest.raises(Protected), writing.folder_being_written(place, force=force, mark="<!-- x -->"):
            pytest.fail("it began")

    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt(), Refused("x")])
def test_a_folder_that_cannot_be_finished_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    place = tmp_path / "years"
    with writing.folder_being_written(place, mark="MARK") as folder:
        folder.put("README.md", "MARK one")

    def fail() -> Never:
        raise failure

    monkeypatch.setattr(os, "sync", fail)
    with (
        pytest.raises((Refused, KeyboardInterrupt)),
        writing.folder_being_written(place, force=True, mark="MARK") as folder,
    ):
        folder.put("README.md", "MARK two")

    assert names(tmp_path) == ["years"]
    assert (place / "README.md").read_text() == "MARK one"
