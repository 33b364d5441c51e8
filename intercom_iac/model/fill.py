"""How often an attribute has a value, judged by a sample."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass

from .address import ModelName
from .sample import Json, Sample

_Z = 1.96  # of a two-sided interval of 95%


@dataclass(frozen=True, slots=True)
class Fill:
    """So many of so many sampled objects have a value. `of` 0: nothing was sampled, so nothing is known."""

    filled: int
    of: int

    @property
    def rate(self) -> float:
        return self.filled / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95% for the rate among all, were the sample drawn at random; (0, 1) of no sample."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.rate
        centre, spread = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        scale = 1 + _Z**2 / n
        low = 0.0 if self.filled == 0 else max(0.0, (centre - spread) / scale)
        return low, 1.0 if self.filled == n else min(1.0, (centre + spread) / scale)


def sampled_objects(sample: Sample, model: ModelName) -> tuple[Json, ...]:
    """The sampled contacts, or companies."""
    return sample.contacts if model == "contact" else sample.companies


def custom_value(thing: Json, name: str) -> Any:
    """The value of a custom attribute of a contact or company; None where it has none, or one that was cleared."""
    values = thing.get("custom_attributes")
    return cast("Json", values).get(name) if isinstance(values, dict) else None


def sampled_values(sample: Sample, model: ModelName, name: str) -> Iterator[tuple[Json, Any]]:
    """Each sampled object that has a value of the attribute, with that value, the most recently seen first."""
    for thing in sampled_objects(sample, model):
        value = custom_value(thing, name)
        if value is not None:
            yield thing, value


def fill_of(sample: Sample, model: ModelName, name: str) -> Fill:
    """How many of the sampled contacts or companies have a value of the attribute."""
    return Fill(sum(1 for _ in sampled_values(sample, model, name)), len(sampled_objects(sample, model)))
