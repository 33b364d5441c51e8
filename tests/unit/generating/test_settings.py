"""The Messenger's settings have types."""

from __future__ import annotations

from intercom_iac.generating.typescript.types import SETTINGS
from intercom_iac.model.payload.standard import MESSENGER_SETTINGS

# What Intercom's own package adds, and nobody sends.
NOT_TYPED = {"installation_type"}


def test_every_setting_of_the_messenger_has_a_type() -> None:
    assert SETTINGS.keys() == MESSENGER_SETTINGS - NOT_TYPED
