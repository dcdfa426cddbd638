"""The agent's bytes, clocks and memory, each by itself."""

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_cli.vault import agent_wire
from journal_cli.vault.agent_keys import Keys, after, clocks
from journal_cli.vault.agent_wire import HOLD, KEY, LEFT, LOCK, Request, Strange, question, read_question

JOURNAL, OTHER = "ab" * 16, "cd" * 16
SECRET = bytes(range(100, 132))

requests = st.one_of(
    st.builds(Request, st.sampled_from([KEY, LEFT, LOCK]), st.binary(min_size=16, max_size=16).map(bytes.hex)),
    st.builds(
        Request,
        st.just(HOLD),
        st.binary(min_size=16, max_size=16).map(bytes.hex),
        st.integers(1, agent_wire.LONGEST_HOLD),
        st.binary(min_size=32, max_size=32),
    ),
)


@given(requests)
def test_a_question_is_read_as_it_was_written(request):
    assert read_question(question(request)) == request
    assert read_question(memoryview(bytearray(question(request)))) == request


@given(requests, st.data())
def test_the_beginning_of_a_question_waits_and_more_than_one_is_refused(request, data):
    content = question(request)
    begun = content[: data.draw(st.integers(0, len(content) - 1))]

    assert read_question(begun) is None
    with pytest.raises(Strange):
        read_question(content + b"\0")


@given(st.binary(max_size=80))
@example(b"jcla\x01h" + bytes(20 + 32))  # no time at all
@example(b"jcla\x01\x00" + bytes(16))
def test_no_bytes_are_read_as_anything_but_a_question(content):
    try:
        request = read_question(content)
    except Strange:
        return
    assert request is None or question(request) == content


@given(st.binary(max_size=80))
@example(agent_wire.answer(b"+", 0) + SECRET)
@example(agent_wire.answer(b"+", 43_201) + SECRET)
@example(agent_wire.answer(b"-", 60) + SECRET)
def test_no_bytes_are_believed_that_are_no_answer(content):
    assert agent_wire.key_in(content) is None
    assert agent_wire.seconds_left(content) is None


@given(st.integers(1, agent_wire.LONGEST_HOLD))
def test_an_answer_is_read_as_it_was_written(seconds):
    assert agent_wire.seconds_left(agent_wire.answer(agent_wire.YES, seconds)) == seconds
    assert agent_wire.key_in(agent_wire.answer(agent_wire.YES, seconds) + SECRET) == SECRET
    assert agent_wire.said(agent_wire.answer(agent_wire.YES)) is True
    assert agent_wire.said(agent_wire.answer(agent_wire.NO)) is False


def test_a_request_never_shows_its_key():
    assert SECRET.hex() not in repr(Request(HOLD, JOURNAL, 60, SECRET))
    assert repr(SECRET)[2:-1] not in repr(Request(HOLD, JOURNAL, 60, SECRET))


def test_the_user_is_read_out_of_what_macos_says_of_a_peer():
    credentials = struct.pack("=IIh2x16I", 0, 501, 1, 20, *[0] * 15)

    assert len(credentials) == 76
    assert agent_wire.xucred_user(credentials) == 501
    for strange in (b"", credentials[:7], struct.pack("=I", 1) + credentials[4:]):
        with pytest.raises(OSError, match="other end"):
            agent_wire.xucred_user(strange)


# Three clocks: the wall's, one that stops in sleep, one that does not.

START = (1_000_000.0, 100.0, 500.0)


@pytest.mark.parametrize(
    "later, over",
    [
        ((59.0, 59.0, 59.0), False),
        ((60.0, 60.0, 60.0), True),
        ((3600.0, 5.0, 3600.0), True),  # the machine slept
        ((3600.0, 5.0, 5.0), True),  # it slept, or somebody set the clock, and no clock says which
        ((5.0, 5.0, 3600.0), True),  # it slept, and the clock was set back
        ((-86_400.0, 60.0, 60.0), True),  # the clock was set back a day: that buys no time
        ((-86_400.0, 59.0, 59.0), False),
    ],
)
def test_a_time_is_over_when_any_clock_says_so(later, over):
    now = tuple(clock + passed for clock, passed in zip(START, later, strict=True))

    assert (after(60, START).left(now) <= 0) is over


def test_the_clocks_are_there_and_go_on():
    before, now = clocks(), clocks()

    assert len(now) == 3
    assert all(later >= earlier for earlier, later in zip(before, now, strict=True))


class Time:
    """Clocks that go on when they are told to."""

    def __init__(self):
        self.passed = 0.0

    def __call__(self):
        return tuple(clock + self.passed for clock in START)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def keys(time):
    kept = Keys(time)
    yield kept
    kept.close()


def test_a_key_is_wiped_where_it_lay(keys, time):
    keys.hold(JOURNAL, SECRET, 60)
    where = keys.key(JOURNAL)
    assert bytes(where) == SECRET
    assert keys.seconds_left(JOURNAL) == 60

    time.passed = 60

    assert keys.key(JOURNAL) is None
    assert bytes(where) == bytes(32)
    assert keys.seconds_left(JOURNAL) == 0
    assert keys.next_end() is None


def test_closing_wipes_every_key(time):
    keys = Keys(time)
    keys.hold(JOURNAL, SECRET, 60)
    keys.hold(OTHER, SECRET, 90)
    kept = [keys.key(JOURNAL), keys.key(OTHER)]
    assert keys.next_end() == 60

    keys.close()

    assert [bytes(key) for key in kept] == [bytes(32)] * 2
    assert keys.key(JOURNAL) is None


def test_eight_journals_are_held_and_one_that_ends_makes_room(keys, time):
    for number in range(8):
        assert keys.hold(f"{number:032x}", bytes([number]) * 32, 60 + number)
    assert not keys.hold(JOURNAL, SECRET, 60)
    assert keys.hold(f"{3:032x}", SECRET, 5)

    time.passed = 5

    assert keys.hold(JOURNAL, SECRET, 60)
    assert [bytes(keys.key(f"{number:032x}")) for number in (0, 7)] == [bytes(32), bytes([7]) * 32]
    assert bytes(keys.key(JOURNAL)) == SECRET
