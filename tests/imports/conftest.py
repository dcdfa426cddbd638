"""What the tests of the readers can ask for."""

import tracemalloc

import pytest


@pytest.fixture
def memory():
    """Begin to measure when it is called; what that gives, called later, is the most that was held since, in bytes."""

    def begin():
        tracemalloc.start()
        return lambda: tracemalloc.get_traced_memory()[1]

    yield begin
    tracemalloc.stop()
