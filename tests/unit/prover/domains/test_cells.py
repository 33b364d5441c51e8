"""Cells of fields of which there are many."""

from __future__ import annotations

import tracemalloc

from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import Equals, OneOf
from intercom_iac.prover.domains.cells import bits, mask_of
from intercom_iac.prover.domains.choices import Choices
from intercom_iac.prover.domains.numbers import Numbers

PLAN = Field("contact", "plan", DataType.OPTIONS, wire="custom_attributes.plan", search=None)


def test_a_mask_has_the_bits_it_is_made_of() -> None:
    for places in ([], [0], [7, 8], [3, 70, 1], [5, 5]):
        assert bits(mask_of(places)) == sorted(set(places))


def test_many_values_take_memory_in_line_with_their_number() -> None:
    """A mask for each of 20,000 would take 25 MB."""
    tracemalloc.start()
    try:
        choices = Choices([f"option {number}" for number in range(20_000)])
        numbers = Numbers(range(20_000), whole=True)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert bits(choices.passing(OneOf(PLAN, ("option 3", "none", "option 0")))) == [1, 4]
    assert bits(numbers.passing(Equals(PLAN, 0))) == [2]
