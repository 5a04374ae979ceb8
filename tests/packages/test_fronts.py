"""Labels of a sweep: the same ones stay whether numbers fit into a machine's word or not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from legation.packages.fronts import Candidates, Front, front_of, narrowed
from legation.packages.metering import Meter
from legation.packages.sums import added

LABELS = st.lists(
    st.tuples(st.integers(0, 9), *[st.integers(1 - 2**61, 2**61 - 1)] * 2), min_size=1
)


@given(LABELS)
def test_labels_near_64_bits_are_kept_as_whole_numbers_would_be(
    labels: list[tuple[int, int, int]],
) -> None:
    state = np.array([each[0] for each in labels])
    kept = []
    for kind in (np.int64, object):
        a, b = (np.array([each[side] for each in labels], dtype=kind) for side in (1, 2))
        front = front_of(state, a, b, 10)
        kept.append([front.state.tolist(), front.a.tolist(), front.b.tolist()])
    assert kept[0] == kept[1]


@given(LABELS, st.integers(1, 7))
def test_labels_looked_at_in_stretches_are_those_of_one_look(
    labels: list[tuple[int, int, int]], length: int
) -> None:
    whole = Candidates(
        np.arange(len(labels)), *(np.array([each[n] for each in labels]) for n in (0, 1, 2))
    )
    stretches = [
        Candidates(*(column[first : first + length] for column in whole))
        for first in range(0, len(labels), length)
    ]
    one, many = narrowed([whole], 10), narrowed(stretches, 10)
    for column in ("state", "a", "b", "parent"):
        assert getattr(one, column).tolist() == getattr(many, column).tolist()


def test_sums_of_many_short_fronts_keep_little() -> None:
    zeros = np.zeros(2, np.int64)
    short = Front(zeros, np.array([0, 1]), np.array([1, 0]), np.arange(2))
    meter = Meter(10**6, 1 << 30, lambda: False, lambda _done, _total: None)
    sums = added([short] * 512, meter)
    assert len(sums[-1].front) == 513
    # One after another they would keep a quarter of a million.
    assert sum(len(each.front) for each in sums) < 10_000
