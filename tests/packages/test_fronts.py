"""Labels of a sweep: the same ones stay whether numbers fit into a machine's word or not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from legation.packages.fronts import front_of

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
