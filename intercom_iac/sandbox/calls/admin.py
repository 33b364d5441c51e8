"""The one teammate of the workspace."""

from ..wire.json_values import JsonObject

ADMIN_ID = "1"
"""The id of the one teammate, who owns the token, creates attributes, applies tags and is the only valid owner."""

ADMIN_EMAIL, ADMIN_NAME = "admin@sandbox.example", "Sandbox Admin"


def render_admin() -> JsonObject:
    """The teammate as Intercom shows one in lists and as the author of a note."""
    return {
        "type": "admin",
        "id": ADMIN_ID,
        "name": ADMIN_NAME,
        "email": ADMIN_EMAIL,
        "away_mode_enabled": False,
        "away_mode_reassign": False,
        "has_inbox_seat": True,
        "team_ids": [],
    }
