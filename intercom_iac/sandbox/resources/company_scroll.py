"""The scroll over all companies (API 2.16 description, /companies/scroll)."""

from ..calls.call import Call
from ..storage.columns import dump_json, load_json
from ..storage.store import Store
from ..wire.errors import ApiError
from ..wire.json_values import JsonObject
from ..wire.messages import Response, json_response, new_uuid
from .companies import WITH_PEOPLE, render_companies

SCROLL_SIZE, SCROLL_SECONDS = 100, 60
SCROLL = "scroll"
"""The fact of the workspace that holds the open scroll: its parameter, position and last use."""


def scroll(call: Call) -> Response:
    """GET /companies/scroll: all companies, 100 a call; one scroll at a time.

    A scroll ends after a minute without a call. The codes of the two errors are those that
    integrations know; statuses and texts are assumptions.
    """
    position = _read_position(call)
    sql = f"select * from companies where seq > ? and {WITH_PEOPLE} order by seq limit ?"  # noqa: S608
    rows = call.store.all(sql, position["after"], SCROLL_SIZE)
    after = rows[-1]["seq"] if rows else None
    call.store.set_meta(SCROLL, dump_json(position | {"after": after, "used_at": call.now}))
    return json_response(
        {
            "type": "list",
            "data": render_companies(call.store, rows),
            "pages": None,
            "total_count": None,
            "scroll_param": position["parameter"],
        }
    )


def forget_scroll(store: Store) -> None:
    """Ends the open scroll, where there is one."""
    store.delete_meta(SCROLL)


def _read_position(call: Call) -> JsonObject:
    """The position of the scroll that the call goes on with, or of a new one."""
    stored = call.store.meta(SCROLL)
    position: JsonObject | None = None if stored is None else load_json(stored)
    is_open = (
        position is not None
        and position["after"] is not None
        and call.now - position["used_at"] <= SCROLL_SECONDS
    )
    parameter = call.query.get("scroll_param")
    if parameter is None:
        if is_open:
            raise ApiError(400, "scroll_exists", "scroll already exists for this workspace")
        return {"parameter": new_uuid(), "after": 0}
    if position is None or not is_open or position["parameter"] != parameter:
        raise ApiError(404, "not_found", "scroll parameter not found")
    return position
