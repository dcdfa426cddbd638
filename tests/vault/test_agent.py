"""The agent: real processes that hold a key, hand it to their owner, and end when they have to."""

import base64
import contextlib
import os
import shutil
import signal
import socket
import stat
import sys
import tempfile
import time
from pathlib import Path

import agents
import pytest
from agents import JOURNAL, KEY, OTHER, door, has_ended, raw, wait_until

from journal_cli.errors import Refused
from journal_cli.vault import agent, agent_start, agent_wire, copies, keyfile, slots
from journal_cli.vault.agent_wire import Request

NOBODY = 65534


@pytest.fixture
def runtime():
    """A place for a socket, with a path short enough for one."""
    above = Path(tempfile.mkdtemp(prefix="agent-"))
    yield above / "journal"
    agents.end(above / "journal")
    shutil.rmtree(above)


@pytest.fixture
def held(runtime):
    """An agent that holds a key for a minute."""
    agent_start.hold(runtime, JOURNAL, KEY, 60)
    return runtime


def timed(deed):
    before = time.monotonic()
    result = deed()
    return result, time.monotonic() - before


# Starting and asking.


def test_the_agent_hands_back_the_key_it_was_given(runtime):
    assert agent.key_for(runtime, JOURNAL) is None

    agent_start.hold(runtime, JOURNAL, KEY, 60)

    assert agent.key_for(runtime, JOURNAL) == KEY
    assert agent.key_for(runtime, OTHER) is None
    assert 58 <= agent.seconds_left(runtime, JOURNAL) <= 60
    assert agent.seconds_left(runtime, OTHER) is None


def test_nobody_else_can_reach_the_socket(held):
    assert stat.S_IMODE(held.stat().st_mode) == 0o700
    assert stat.S_IMODE(door(held).stat().st_mode) == 0o600


def test_a_second_start_speaks_to_the_same_agent(held):
    first = agents.process(held)

    agent_start.hold(held, OTHER, KEY[::-1], 60)

    assert agents.process(held) == first
    assert agent.key_for(held, JOURNAL) == KEY
    assert agent.key_for(held, OTHER) == KEY[::-1]


def test_asking_takes_no_time(held):
    times = sorted(timed(lambda: agent.key_for(held, JOURNAL))[1] for _ in range(50))

    assert times[25] < 0.005


def test_a_ninth_journal_is_refused_and_the_eight_stay(held):
    for number in range(1, 8):
        agent_start.hold(held, f"{number:032x}", KEY, 60)

    with pytest.raises(Refused, match="8 journals"):
        agent_start.hold(held, OTHER, KEY, 60)

    assert agent.key_for(held, JOURNAL) == KEY
    agent_start.hold(held, JOURNAL, KEY[::-1], 60)  # one of the eight may be held anew
    assert agent.key_for(held, JOURNAL) == KEY[::-1]


# Ending.


def test_the_key_is_gone_when_its_time_is_over(runtime):
    agent_start.hold(runtime, JOURNAL, KEY, 1)
    number = agents.process(runtime)
    assert agent.key_for(runtime, JOURNAL) == KEY

    time.sleep(1)

    assert agent.key_for(runtime, JOURNAL) is None
    assert wait_until(lambda: has_ended(number), 1)
    assert list(runtime.iterdir()) == []


def test_each_journal_has_its_own_time(runtime):
    agent_start.hold(runtime, JOURNAL, KEY, 1)
    agent_start.hold(runtime, OTHER, KEY, 60)

    time.sleep(1)

    assert agent.key_for(runtime, JOURNAL) is None
    assert agent.key_for(runtime, OTHER) == KEY


def test_a_new_time_takes_the_place_of_the_old_one(held):
    agent_start.hold(held, JOURNAL, KEY, 1)

    time.sleep(1)

    assert agent.key_for(held, JOURNAL) is None


def test_lock_ends_it_for_every_journal(held):
    agent_start.hold(held, OTHER, KEY, 60)
    number = agents.process(held)

    assert agent.lock(held) is True

    assert agent.key_for(held, JOURNAL) is None
    assert agent.key_for(held, OTHER) is None
    assert wait_until(lambda: has_ended(number), 1)
    assert agent.lock(held) is False


def test_lock_without_an_agent_leaves_nothing_behind(runtime):
    assert agent.lock(runtime) is False
    assert not runtime.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_takes_the_socket_away(held, number):
    process = agents.process(held)

    os.kill(process, number)

    assert wait_until(lambda: has_ended(process), 1)
    assert list(held.iterdir()) == []


def test_it_ends_when_the_session_takes_its_folder_away(held):
    process = agents.process(held)

    shutil.rmtree(held)

    assert wait_until(lambda: has_ended(process), 2)


def test_it_ends_when_another_socket_takes_its_place_and_leaves_that_alone(held):
    process = agents.process(held)
    door(held).unlink()

    with agents.pretending(held, agents.hangs):
        assert wait_until(lambda: has_ended(process), 2)
        assert door(held).exists()


def test_it_ends_when_others_could_enter_its_folder(held):
    process = agents.process(held)

    held.chmod(0o755)

    assert agent.key_for(held, JOURNAL) is None
    assert wait_until(lambda: has_ended(process), 2)


def test_it_answers_nobody_once_its_socket_is_gone(held):
    with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(ConnectionError):
        connection.settimeout(2)
        connection.connect(str(door(held)))
        time.sleep(0.1)  # so that it has let us in, and waits for the question

        door(held).unlink()
        connection.sendall(agent_wire.question(Request(agent_wire.KEY, JOURNAL)))

        assert connection.recv(100) == b""


def test_a_killed_agent_leaves_a_socket_that_the_next_start_replaces(held):
    process = agents.process(held)
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: has_ended(process))
    assert door(held).exists()
    assert agent.key_for(held, JOURNAL) is None

    agent_start.hold(held, JOURNAL, KEY, 60)

    assert agent.key_for(held, JOURNAL) == KEY


def test_lock_clears_away_what_a_killed_agent_left(held):
    process = agents.process(held)
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: has_ended(process))

    assert agent.lock(held) is False
    assert list(held.iterdir()) == []


# An agent that hangs, talks nonsense, or is somebody else's.


def test_a_stopped_agent_is_none_and_ends_when_it_wakes(held):
    process = agents.process(held)
    os.kill(process, signal.SIGSTOP)
    try:
        key, seconds = timed(lambda: agent.key_for(held, JOURNAL))
        assert key is None
        assert seconds < 1

        agent_start.hold(held, JOURNAL, KEY[::-1], 60)
        assert agent.key_for(held, JOURNAL) == KEY[::-1]
    finally:
        os.kill(process, signal.SIGCONT)

    assert wait_until(lambda: has_ended(process), 2)
    assert agent.key_for(held, JOURNAL) == KEY[::-1]


def test_lock_says_so_when_the_agent_is_stopped_and_nobody_can_ask_it_any_more(held):
    process = agents.process(held)
    os.kill(process, signal.SIGSTOP)
    try:
        with pytest.raises(Refused, match="did not answer") as failure:
            agent.lock(held)
    finally:
        os.kill(process, signal.SIGCONT)

    assert str(process) in failure.value.hint
    assert list(held.iterdir()) == []
    assert wait_until(lambda: has_ended(process), 2)


NONSENSE = {
    "nothing": b"",
    "a page of the web": b"HTTP/1.1 200 OK\r\n\r\n" + bytes(100),
    "one byte short": agents.right_answer()[:-1],
    "one byte long": agents.right_answer() + b"\0",
    "a later version": agents.right_answer().replace(b"jcla\x01", b"jcla\x02"),
    "no": agents.right_answer().replace(b"\x01+", b"\x01-"),
    "no time left": agent_wire.answer(agent_wire.YES, 0) + KEY,
    "too much time left": agent_wire.answer(agent_wire.YES, 43_201) + KEY,
    "more than fits": bytes(1_000_000),
}


@pytest.mark.parametrize("said", NONSENSE.values(), ids=NONSENSE)
def test_an_answer_that_is_none_is_ignored(runtime, said):
    """Fault 38: garbage."""
    with agents.pretending(runtime, agents.answers(said)):
        key, seconds = timed(lambda: agent.key_for(runtime, JOURNAL))

    assert key is None
    assert seconds < 1


def test_the_right_answer_from_the_same_place_is_heard(runtime):
    with agents.pretending(runtime, agents.answers(agents.right_answer())):
        assert agent.key_for(runtime, JOURNAL) == KEY


@pytest.mark.parametrize("behave", [agents.hangs, agents.drips])
def test_an_agent_that_takes_its_time_is_not_waited_for(runtime, behave):
    """Fault 38: it hangs for thirty seconds."""
    with agents.pretending(runtime, behave):
        key, seconds = timed(lambda: agent.key_for(runtime, JOURNAL))

    assert key is None
    assert seconds < 1


@pytest.mark.parametrize(
    "said",
    [
        b"\0" * 22,
        b"jcla\x02k" + bytes(16),
        b"jcla\x01z" + bytes(16),
        b"jcla\x01k" + bytes(17),
        b"jcla\x01h" + bytes(16) + b"\0\0\0\0" + KEY,
        b"jcla\x01h" + bytes(16) + b"\xff\xff\xff\xff" + KEY,
        b"GET / HTTP/1.1\r\n\r\n",
        b"x" * 100_000,
    ],
)
def test_a_question_that_is_none_gets_no_answer(held, said):
    assert raw(held, said) == b""
    assert agent.key_for(held, JOURNAL) == KEY


def test_a_question_may_come_in_pieces(held):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(str(door(held)))
        for byte in agent_wire.question(Request(agent_wire.KEY, JOURNAL)):
            connection.send(bytes([byte]))
            time.sleep(0.01)

        assert agent_wire.key_in(connection.recv(100)) == KEY


def test_callers_who_say_nothing_are_sent_away_and_keep_nobody_waiting(held):
    silent = [socket.socket(socket.AF_UNIX) for _ in range(10)]
    for connection in silent:
        connection.settimeout(3)
        connection.connect(str(door(held)))
    silent[0].send(b"jcla")

    assert agent.key_for(held, JOURNAL) == KEY
    assert [connection.recv(1) for connection in silent] == [b""] * 10
    for connection in silent:
        connection.close()


# Places that are not to be trusted.


def test_a_folder_that_others_may_enter_is_refused(runtime):
    runtime.mkdir()
    runtime.chmod(0o750)

    with pytest.raises(Refused, match="yours alone"):
        agent_start.hold(runtime, JOURNAL, KEY, 60)

    assert list(runtime.iterdir()) == []
    assert agent.lock(runtime) is False


def test_a_link_in_the_place_of_the_folder_is_refused(runtime):
    aside = runtime.with_name("aside")
    aside.mkdir(mode=0o700)
    runtime.symlink_to(aside)

    with pytest.raises(Refused, match="yours alone"):
        agent_start.hold(runtime, JOURNAL, KEY, 60)

    assert list(aside.iterdir()) == []


def test_a_path_too_long_for_a_socket_is_said(runtime):
    runtime.parent.joinpath("long" * 25).mkdir()

    with pytest.raises(Refused, match="too long"):
        agent_start.hold(runtime.parent / ("long" * 25) / "journal", JOURNAL, KEY, 60)


@pytest.mark.parametrize("mode", [0o660, 0o606])
def test_a_socket_that_others_may_use_is_not_asked(held, mode):
    door(held).chmod(mode)

    assert agent.key_for(held, JOURNAL) is None


def test_a_file_in_the_place_of_the_socket_is_no_agent(runtime):
    runtime.mkdir(mode=0o700)
    door(runtime).write_bytes(agents.right_answer())
    door(runtime).chmod(0o600)

    assert agent.key_for(runtime, JOURNAL) is None

    agent_start.hold(runtime, JOURNAL, KEY, 60)
    assert agent.key_for(runtime, JOURNAL) == KEY


if os.geteuid() == 0:  # only root can be somebody else

    def test_the_agent_sends_another_user_away_without_a_byte(runtime):
        runtime.parent.chmod(0o755)
        runtime.mkdir(mode=0o700)
        os.chown(runtime, NOBODY, NOBODY)
        assert agents.as_user(NOBODY, lambda: agents.become_one(runtime, KEY, 60) is None) == 0
        number = agents.process(runtime)
        question = agent_wire.question(Request(agent_wire.KEY, JOURNAL))

        assert raw(runtime, question) == b""  # root may enter everywhere, and still is another user
        assert agents.as_user(NOBODY, lambda: agent.key_for(runtime, JOURNAL) == KEY) == 0
        os.kill(number, signal.SIGTERM)
        assert wait_until(lambda: has_ended(number))

    def test_nobody_takes_a_key_from_another_users_agent(runtime):
        runtime.parent.chmod(0o755)
        with agents.pretending(runtime, agents.answers(agents.right_answer())):
            assert agent.key_for(runtime, JOURNAL) == KEY
            os.chown(runtime, NOBODY, NOBODY)
            os.chown(door(runtime), NOBODY, NOBODY)

            assert agents.as_user(NOBODY, lambda: raw(runtime, b"?" * 22) == agents.right_answer()) == 0
            assert agents.as_user(NOBODY, lambda: agent.key_for(runtime, JOURNAL) is None) == 0

    def test_another_users_folder_is_refused(runtime):
        runtime.mkdir(mode=0o700)
        os.chown(runtime, NOBODY, NOBODY)

        with pytest.raises(Refused, match="yours alone"):
            agent_start.hold(runtime, JOURNAL, KEY, 60)


def test_a_process_of_another_user_is_told_apart(monkeypatch):
    one, other = socket.socketpair()
    with one, other:
        assert agent_wire.is_own(one)
        assert agent_wire.peer(one).process == os.getpid()

        monkeypatch.setattr(os, "geteuid", lambda: 12_345)

        assert not agent_wire.is_own(one)


# The process itself.


def test_the_key_is_in_no_place_that_can_be_read_from_outside(held):
    place = Path(f"/proc/{agents.process(held)}")
    traces = {KEY, KEY.hex().encode(), base64.b64encode(KEY)}
    outside = [place / "cmdline", *(path for path in held.iterdir() if path.is_file())]
    if os.geteuid() == 0:
        outside.append(place / "environ")  # other programs of an ordinary user's are not let in

    assert b"agent_server" in outside[0].read_bytes()
    assert not [path for path in outside for trace in traces if trace in path.read_bytes()]


def test_the_process_keeps_nothing_of_where_it_was_started(runtime, monkeypatch):
    monkeypatch.setenv("A_WORD_OF_MINE", "secret")
    agent_start.hold(runtime, JOURNAL, KEY, 60)
    place = Path(f"/proc/{agents.process(runtime)}")
    session, terminal = place.joinpath("stat").read_text().rpartition(")")[2].split()[3:5]

    assert int(session) != os.getsid(0)
    assert terminal == "0"
    assert place.joinpath("environ").stat().st_uid == 0  # so that another program of the same user may not look into it
    if os.geteuid() != 0:
        with pytest.raises(PermissionError):
            place.joinpath("environ").read_bytes()
        return
    assert place.joinpath("environ").read_bytes().replace(b"\0", b"") == b""
    assert place.joinpath("cwd").readlink() == Path("/")
    assert [place.joinpath("fd", stream).readlink() for stream in "012"] == [Path(os.devnull)] * 3


def test_the_process_leaves_no_core_and_its_key_is_not_swapped_out(held):
    place = Path(f"/proc/{agents.process(held)}")
    limits, status = place.joinpath("limits").read_text(), place.joinpath("status").read_text()

    assert next(line for line in limits.splitlines() if "core" in line).split()[4:6] == ["0", "0"]
    assert int(next(line for line in status.splitlines() if line.startswith("VmLck")).split()[1]) >= 4


@pytest.mark.parametrize("executable", ["/bin/false", "/nowhere/python", "/bin/cat"])
def test_an_interpreter_that_does_not_start_is_said(runtime, monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)

    with pytest.raises(Refused, match="did not start"):
        agent_start.hold(runtime, JOURNAL, KEY, 60)

    assert list(runtime.iterdir()) == []


# A journal, opened through it.


def opened(made, runtime):
    return agent.opened(made.folder, runtime, bounds=made.bounds)


def test_a_journal_opens_through_the_agent_without_any_derivation(made, runtime, monkeypatch):
    agent_start.hold(runtime, made.vault.journal, made.vault.master_key, 60)
    monkeypatch.setattr(slots, "Argon2id", None)

    vault = opened(made, runtime)

    assert vault is not None
    assert (vault.journal, vault.master_key) == (made.vault.journal, made.vault.master_key)
    assert vault.opened_with == "agent"
    assert (vault.seq, vault.key_epoch) == (made.vault.seq, made.vault.key_epoch)
    with vault.open(0, list) as database:
        assert database.meta.journal == made.vault.journal


def test_a_key_that_does_not_fit_opens_nothing(made, runtime):
    agent_start.hold(runtime, made.vault.journal, KEY, 60)

    assert opened(made, runtime) is None


def test_key_files_that_somebody_changed_are_left_to_the_passphrase(made, runtime):
    agent_start.hold(runtime, made.vault.journal, made.vault.master_key, 60)
    key_file = copies.find(made.folder, bounds=made.bounds).key_file
    forged = keyfile.signed(key_file, KEY)
    copies.write(made.folder, type(key_file)(**{**_fields(forged), "key_check": key_file.key_check}))

    assert opened(made, runtime) is None


def _fields(key_file):
    return {name: getattr(key_file, name) for name in key_file.__dataclass_fields__}


@pytest.mark.parametrize("gone", [("keys.json", "keys.copy.json"), ("journal.db",)])
def test_what_is_missing_is_left_to_the_passphrase(made, runtime, gone):
    agent_start.hold(runtime, made.vault.journal, made.vault.master_key, 60)
    for name in gone:
        made.folder.joinpath(name).unlink()

    assert opened(made, runtime) is None


def test_a_damaged_copy_of_the_key_file_is_mended_on_the_way(made, runtime):
    agent_start.hold(runtime, made.vault.journal, made.vault.master_key, 60)
    made.folder.joinpath("keys.json").write_bytes(b"?")

    assert opened(made, runtime) is not None

    assert made.files()["keys.json"] == made.files()["keys.copy.json"]


@pytest.mark.parametrize("behave", [agents.hangs, agents.drips, agents.answers(bytes(500)), None])
def test_an_agent_in_any_state_costs_no_more_than_a_moment_and_changes_nothing(made, runtime, behave):
    """Fault 38: gone, garbage, or hanging, the passphrase is asked for within three seconds."""
    before = made.files()

    def fall_back():
        assert opened(made, runtime) is None
        return made.unlock(made.passphrase)

    if behave is None:
        vault, seconds = timed(fall_back)
    else:
        with agents.pretending(runtime, behave):
            vault, seconds = timed(fall_back)

    assert vault.opened_with == "passphrase"
    assert seconds < 3
    assert made.files() == before
