"""The commands that write records have as many calls under way as a delivery does by itself."""

from __future__ import annotations

from intercom_iac.cli.commands.sync import sync_command
from intercom_iac.writes import PARALLELISM


def test_the_default_is_that_of_deliveries() -> None:
    (option,) = (param for param in sync_command.params if param.name == "parallelism")
    assert option.default == PARALLELISM
