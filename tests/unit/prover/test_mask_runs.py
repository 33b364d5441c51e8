"""Sets of cells that have none in common: by the ends of their runs as by looking at each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.prover.mask_runs import MaskRuns

MASKS = st.integers(1, 2**12 - 1)


@given(st.lists(MASKS, unique=True, max_size=20), MASKS)
def test_the_rules_apart_are_those_of_masks_without_a_common_cell(masks: list[int], asked: int) -> None:
    """A rule leaves one set of cells of a variable."""
    rules = {mask: 1 << at for at, mask in enumerate(masks)}
    apart = sum(own for mask, own in rules.items() if not mask & asked)
    assert MaskRuns(rules).apart_from(asked) == apart
