"""How long each call waits before it is answered."""

from random import Random
from typing import Self

from ..settings.parsing import SettingError, parse_duration


class Latency:
    """How long each call waits: between `low` and `high` seconds, evenly distributed, under a seed."""

    def __init__(self, low: float, high: float, *, seed: int = 1) -> None:
        self._low, self._high = low, high
        self._random = Random(f"{seed}/latency")  # noqa: S311

    @classmethod
    def parse(cls, text: str, *, seed: int = 1) -> Self:
        """Reads `50ms` or `20ms-80ms`. Raises `SettingError`."""
        low, ranged, high = text.partition("-")
        if not low or (ranged and not high):
            parse_duration(text)  # raises, with all of the text in the message
        least = parse_duration(low)
        most = parse_duration(high) if ranged else least
        if most < least:
            raise SettingError(f"`{text}` ends before it begins")
        return cls(least, most, seed=seed)

    def next(self) -> float:
        """Seconds for the next call."""
        return self._random.uniform(self._low, self._high)
