"""Who the token belongs to, and the workspace itself (API 2.16 description, /me and /admins)."""

from .call import ADMIN_ID, Call
from .errors import ApiError
from .messages import JsonObject, Response, json_response

ADMIN_EMAIL, ADMIN_NAME = "admin@sandbox.example", "Sandbox Admin"


def show(call: Call) -> Response:
    """GET /me: `app.id_code` names the workspace, `app.timezone` decides the days of its searches."""
    store = call.store
    return json_response(
        {
            "type": "admin",
            "id": ADMIN_ID,
            "email": ADMIN_EMAIL,
            "name": ADMIN_NAME,
            "email_verified": True,
            "app": {
                "type": "app",
                "id_code": store.meta("app_id"),
                "name": store.meta("name"),
                "created_at": int(store.meta("created_at") or 0),
                "secure": False,
                "identity_verification": False,
                "timezone": store.meta("timezone"),
                "region": "US",
            },
            "avatar": {"type": "avatar", "image_url": None},
            "has_inbox_seat": True,
        }
    )


def admin() -> JsonObject:
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


def admins(_: Call) -> Response:
    """GET /admins."""
    return json_response({"type": "admin.list", "admins": [admin()]})


def show_admin(call: Call) -> Response:
    """GET /admins/{admin_id}."""
    if call.parameters["admin_id"] != ADMIN_ID:
        raise ApiError(404, "admin_not_found", "Admin not found")
    return json_response(admin())
