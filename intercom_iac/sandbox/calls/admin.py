"""The one teammate of the workspace: owner of the token, author of notes and tags."""

from ..wire.json_values import JsonObject

ADMIN_ID = "1"
"""The one teammate: who the token belongs to, who creates attributes and applies tags, the only valid owner."""

ADMIN_EMAIL, ADMIN_NAME = "admin@sandbox.example", "Sandbox Admin"


def render_admin() -> JsonObject:
    """The one teammate, as lists of teammates and the authors of notes show it."""
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
