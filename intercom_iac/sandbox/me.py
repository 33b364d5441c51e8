"""Who the token belongs to, and the workspace itself (API 2.16 description, GET /me)."""

from intercom_iac.sandbox.call import ADMIN_ID, Call
from intercom_iac.sandbox.messages import Response, json_response


def show(call: Call) -> Response:
    """GET /me: `app.id_code` names the workspace, `app.timezone` decides the days of its searches."""
    store = call.store
    return json_response(
        {
            "type": "admin",
            "id": ADMIN_ID,
            "email": "admin@sandbox.example",
            "name": "Sandbox Admin",
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
