"""Everything that can be set about a served workspace, parsed from the texts of a command line."""

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
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a workspace behaves. `faults` and `latency` have state: each use goes on where the last one ended."""

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
        """Reads the settings; raises `SettingError`, whose `option` is the name of the keyword."""
        parsed_switches = _parse_option("switches", switches, lambda texts: with_switches(Switches(), texts))
        if search_lag is not None:
            parsed_switches = replace(
                parsed_switches, search_lag=_parse_option("search_lag", search_lag, parse_whole_seconds)
            )
        return cls(
            switches=parsed_switches,
            faults=_parse_option("faults", faults, lambda texts: Faults.parse(texts, seed=seed)),
            rate_limit=None
            if rate_limit is None
            else _parse_option("rate_limit", rate_limit, RateLimit.parse),
            latency=_parse_option("latency", latency, lambda text: Latency.parse(text, seed=seed)),
            slow_seconds=_parse_option("slow_body", slow_body, parse_duration),
        )

    def gateway(self, sandbox: Sandbox) -> Gateway:
        """A gateway to a workspace, which must have been opened with these `switches`."""
        return Gateway(
            sandbox,
            faults=self.faults,
            rate_limit=self.rate_limit,
            latency=self.latency,
            slow_seconds=self.slow_seconds,
        )


def _parse_option(option: str, text: Text, parse: Callable[[Text], Value]) -> Value:
    """The parsed value; a `SettingError` is given the name of the option."""
    try:
        return parse(text)
    except SettingError as error:
        error.option = option
        raise
