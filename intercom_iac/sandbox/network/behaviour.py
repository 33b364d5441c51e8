"""Everything that can be set about a served workspace, from texts as a command line has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeVar

from ..rate_limit import RateLimit
from ..settings.parsing import (
    SettingError,
    parse_duration,
    parse_whole_seconds,
    with_switches,
)
from ..settings.switches import Switches
from ..workspace import Sandbox
from .faults import Faults
from .gateway import Gateway
from .latency import Latency

Text = TypeVar("Text")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a workspace behaves; `faults` and `latency` hold how far they have come."""

    switches: Switches
    faults: Faults
    rate_limit: RateLimit | None
    latency: Latency
    slow_seconds: float

    @classmethod
    def parse(
        cls,
        *,
        faults: Sequence[str] = (),
        rate_limit: str | None = None,
        latency: str = "0s",
        slow_body: str = "5s",
        search_lag: str | None = None,
        switches: Sequence[str] = (),
        seed: int = 1,
    ) -> Self:
        """Raises `SettingError`, whose `option` is the keyword."""
        turned = _parse_option("switches", switches, lambda texts: with_switches(Switches(), texts))
        if search_lag is not None:
            turned = replace(turned, search_lag=_parse_option("search_lag", search_lag, parse_whole_seconds))
        return cls(
            turned,
            _parse_option("faults", faults, lambda texts: Faults.parse(texts, seed=seed)),
            None if rate_limit is None else _parse_option("rate_limit", rate_limit, RateLimit.parse),
            _parse_option("latency", latency, lambda text: Latency.parse(text, seed=seed)),
            _parse_option("slow_body", slow_body, parse_duration),
        )

    def gateway(self, sandbox: Sandbox) -> Gateway:
        """The way to a workspace, which is to have been opened with these `switches`."""
        return Gateway(
            sandbox,
            faults=self.faults,
            rate_limit=self.rate_limit,
            latency=self.latency,
            slow_seconds=self.slow_seconds,
        )


def _parse_option(option: str, text: Text, parse: Callable[[Text], Read]) -> Read:
    try:
        return parse(text)
    except SettingError as error:
        error.option = option
        raise
