"""The teammate whose token it is, and the workspace (API 2.16 description, /me and /admins)."""

from ..calls.admin import ADMIN_EMAIL, ADMIN_ID, ADMIN_NAME, render_admin
from ..calls.call import Call
from ..wire.errors import ApiError
from ..wire.messages import Response, json_response


def show_me(call: Call) -> Response:
    """GET /me: `app.id_code` names the workspace, `app.timezone` decides where the days of its searches begin."""
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


def index(_: Call) -> Response:
    """GET /admins."""
    return json_response({"type": "admin.list", "admins": [render_admin()]})


def show(call: Call) -> Response:
    """GET /admins/{admin_id}."""
    if call.parameters["admin_id"] != ADMIN_ID:
        raise ApiError(404, "admin_not_found", "Admin not found")
    return json_response(render_admin())
