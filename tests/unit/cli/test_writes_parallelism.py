"""The commands that write records have as many calls under way as a delivery does by itself."""

from __future__ import annotations

import click
import pytest

from intercom_iac.cli.commands.segment.publish import publish_command
from intercom_iac.cli.commands.sync import sync_command
from intercom_iac.writes import PARALLELISM


@pytest.mark.parametrize("command", [sync_command, publish_command])
def test_the_default_is_that_of_deliveries(command: click.Command) -> None:
    (option,) = (param for param in command.params if param.name == "parallelism")
    assert option.default == PARALLELISM
