"""Companies: upserting, reading, listing, scrolling and deleting (API 2.16 description, /companies)."""

import sqlite3
import zlib
from urllib.parse import urlencode

from ..calls.body import read_text, read_timestamp
from ..calls.call import Call
from ..calls.custom_values import merge_fields, read_custom_values
from ..calls.numbered_pages import Page, numbered_page
from ..storage.columns import dump_json, load_json
from ..storage.identifiers import object_id
from ..storage.recent_answers import RecentAnswers
from ..storage.store import Store
from ..wire.errors import ApiError, company_not_found, invalid_parameter, missing_parameter
from ..wire.json_values import JsonObject, as_integer
from ..wire.messages import Response, json_response, new_uuid
from .attributes.creation_source import creation_source_fields
from .contacts.contacts import render_contacts

LARGEST_SPEND = 2**31 - 1
LISTING_LIMIT = 10_000
"""How many companies the numbered pages reach; past them only the scroll."""

SCROLL_SIZE, SCROLL_SECONDS = 100, 60
SCROLL = "scroll"
"""The fact of the workspace that holds the open scroll: its parameter, position and last use."""

WRITABLE_FIELDS = "name plan size website industry custom_attributes remote_created_at monthly_spend"
UPDATABLE = frozenset((*WRITABLE_FIELDS.split(), "update_last_request_at"))

WITH_PEOPLE = "exists (select 1 from memberships where company = companies.seq)"
"""Lists leave out companies without people."""


def upsert(call: Call, *, by_api: bool = True) -> Response:
    """POST /companies: creates, or updates the one of that `company_id`. `by_api`: not by the Messenger."""
    _check_keys(call, UPDATABLE | {"company_id"})
    company_id = call.body.get("company_id")
    if not isinstance(company_id, str) or not company_id:
        raise missing_parameter("company_id is required")
    row = call.store.one("select * from companies where company_id = ?", company_id)
    if row is None:
        seq = call.store.reserve("companies")
        call.store.run(
            "insert into companies values (?, ?, ?, null, ?, ?, null, ?)",
            *(
                seq,
                object_id("company", seq),
                company_id,
                call.now,
                call.now,
                dump_json(creation_source_fields(call) if by_api else {}),
            ),
        )
        row = call.store.one("select * from companies where seq = ?", seq)
        assert row is not None
    return _update_company(call, row)


def update(call: Call) -> Response:
    """PUT /companies/{id}, by Intercom's id; `company_id` cannot be changed."""
    _check_keys(call, UPDATABLE)
    return _update_company(call, find_company(call.store, call.parameters["id"]))


def show(call: Call) -> Response:
    """GET /companies/{id}, by Intercom's id."""
    return json_response(render_companies(call.store, [find_company(call.store, call.parameters["id"])])[0])


def delete(call: Call) -> Response:
    """DELETE /companies/{id}: detaches its people; afterwards the `company_id` is free again."""
    row = find_company(call.store, call.parameters["id"])
    call.store.run("delete from companies where seq = ?", row["seq"])
    return json_response({"id": row["id"], "object": "company", "deleted": True})


def index(call: Call) -> Response:
    """GET /companies: the one of a `company_id` or `name`, or pages, of one tag where `tag_id` is given.

    A company looked up is answered in a list of one, as the description's response schema says.
    """
    for key in ("company_id", "name"):
        if key in call.query:
            sql = f"select * from companies where {key} = ? order by seq limit 1"  # noqa: S608
            rows = call.store.all(sql, call.query[key])
            if not rows:
                raise company_not_found()
            return _page_response(call, rows, Page(1, 15), 1)
    tag_id, where = call.query.get("tag_id"), WITH_PEOPLE
    if "segment_id" in call.query:
        where += " and false"  # the workspace has no company segments
    if tag_id is not None:
        where += " and seq in (select company from company_tags where cast(tag as text) = ?)"
    return _list_companies(call, where, [] if tag_id is None else [tag_id])


def list_all(call: Call) -> Response:
    """POST /companies/list: pages by last request, latest first unless `order=asc`."""
    return _list_companies(call, WITH_PEOPLE, [])


def scroll(call: Call) -> Response:
    """GET /companies/scroll: all companies by hundreds; one scroll at a time, lost after a minute's rest.

    Codes of the two errors as integrations know them; statuses and texts are assumptions.
    """
    position = _scroll_position(call)
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


def list_contacts(call: Call) -> Response:
    """GET /companies/{id}/contacts: the people attached, 50 a page."""
    company = find_company(call.store, call.parameters["id"])
    page = numbered_page(call.query, default=50, largest=150)
    people = "from contacts where not archived and seq in (select contact from memberships where company = ?)"
    total = call.store.number(f"select count(*) {people}", company["seq"])
    rows = call.store.all(
        f"select * {people} order by seq limit ? offset ?", company["seq"], page.size, page.offset
    )
    pages = {"type": "pages", "page": page.number, "per_page": page.size, "total_pages": page.count(total)}
    return json_response(
        {"type": "list", "data": render_contacts(call.store, rows), "total_count": total, "pages": pages}
    )


def list_segments(call: Call) -> Response:
    """GET /companies/{id}/segments: none, as the workspace has no company segments."""
    find_company(call.store, call.parameters["id"])
    return json_response({"type": "list", "data": []})


def forget_scroll(store: Store) -> None:
    """Ends the open scroll, where there is one."""
    store.delete_meta(SCROLL)


def find_company(store: Store, company_id: str) -> sqlite3.Row:
    """The company of Intercom's id; 404 where there is none."""
    row = store.one("select * from companies where id = ?", company_id)
    if row is None:
        raise company_not_found()
    return row


def plan_id(name: str) -> str:
    """The id of a plan: plans have no calls of their own, so it follows from the name."""
    return str(zlib.crc32(name.encode()))


def render_companies(store: Store, rows: list[sqlite3.Row]) -> list[JsonObject]:
    """Companies as Intercom shows them, in the order of `rows`; what is not set is absent."""
    workspace = store.meta("app_id")
    counted = store.all(
        "select company, count(*) as people from memberships join contacts on seq = contact"
        " where not archived and company in (select value from json_each(?)) group by company",
        dump_json([row["seq"] for row in rows]),
    )
    counts: dict[int, int] = {row["company"]: row["people"] for row in counted}
    tags: dict[int, list[JsonObject]] = {}
    for tag in store.all(
        "select company, seq, name from company_tags join tags on seq = tag"
        " where company in (select value from json_each(?)) order by seq",
        dump_json([row["seq"] for row in rows]),
    ):
        shown: JsonObject = {"type": "tag", "id": str(tag["seq"]), "name": tag["name"]}
        tags.setdefault(tag["company"], []).append(shown)
    return [
        _render_company(row, workspace, counts.get(row["seq"], 0), tags.get(row["seq"], [])) for row in rows
    ]


def _render_company(
    row: sqlite3.Row, workspace: str | None, people: int, tags: list[JsonObject]
) -> JsonObject:
    fields = load_json(row["fields"])
    plan, prefix = fields.get("plan.name"), "custom_attributes."
    optional = {
        "name": row["name"],
        "last_request_at": row["last_request_at"],
        **{key: fields.get(key) for key in ("remote_created_at", "size", "website", "industry")},
    }
    return {
        "type": "company",
        "company_id": row["company_id"],
        "id": row["id"],
        "app_id": workspace,
        **{key: value for key, value in optional.items() if value is not None},
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "monthly_spend": fields.get("monthly_spend", 0),
        "session_count": 0,
        "user_count": people,
        "tags": {"type": "tag.list", "tags": tags},
        "segments": {"type": "segment.list", "segments": []},
        "plan": {} if plan is None else {"type": "plan", "id": plan_id(plan), "name": plan},
        "custom_attributes": {
            key.removeprefix(prefix): value for key, value in fields.items() if key.startswith(prefix)
        },
    }


def _check_keys(call: Call, known: frozenset[str]) -> None:
    for key in call.body:
        if key not in known:
            raise ApiError(400, "bad_request", f"bad '{key}' parameter")


def _update_company(call: Call, row: sqlite3.Row) -> Response:
    body = call.body
    sent: JsonObject = {key: read_text(body, key) for key in ("website", "industry") if key in body}
    if "plan" in body:
        sent["plan.name"] = read_text(body, "plan") or None
    if "remote_created_at" in body:
        sent["remote_created_at"] = read_timestamp(body, "remote_created_at")
    if "size" in body:
        sent["size"] = _read_size(body["size"])
    if "monthly_spend" in body:
        sent["monthly_spend"] = _read_spend(body["monthly_spend"])
    sent |= read_custom_values(call, "company", body.get("custom_attributes"))
    fields = merge_fields(load_json(row["fields"]), sent)
    name = read_text(body, "name") if "name" in body else row["name"]
    seen = call.now if body.get("update_last_request_at") is True else row["last_request_at"]
    call.store.run(
        "update companies set name = ?, last_request_at = ?, updated_at = ?, fields = ? where seq = ?",
        *(name, seen, call.now, dump_json(fields), row["seq"]),
    )
    return json_response(render_companies(call.store, [find_company(call.store, row["id"])])[0])


def _read_size(value: object) -> int | None:
    if value is not None and as_integer(value) is None:
        raise invalid_parameter("size must be an integer")
    return as_integer(value)


def _read_spend(value: object) -> int | None:
    """Whole units, fractions cut off; that more than 2^31-1 is refused and not capped is an assumption."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid_parameter("monthly_spend must be a number")
    if value >= LARGEST_SPEND + 1:
        raise invalid_parameter(f"monthly_spend must be at most {LARGEST_SPEND}")
    return int(value)


def _list_companies(call: Call, where: str, values: list[str]) -> Response:
    order = call.query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise invalid_parameter("order must be asc or desc")
    page = numbered_page(call.query, default=15, largest=60)
    counts = call.store.cached("companies", RecentAnswers[tuple[str, ...], int])
    sql = f"select count(*) from companies where {where}"  # noqa: S608
    total = counts.get((where, *values), lambda: call.store.number(sql, *values))
    rows = call.store.all(
        f"select * from companies where {where} order by last_request_at {order}, seq {order} limit ? offset ?",  # noqa: S608
        *(*values, max(0, min(page.size, LISTING_LIMIT - page.offset)), page.offset),
    )
    return _page_response(call, rows, page, total)


def _page_response(call: Call, rows: list[sqlite3.Row], page: Page, total: int) -> Response:
    following = None
    if page.number < page.count(min(total, LISTING_LIMIT)):
        query = dict(call.query) | {"page": page.number + 1, "per_page": page.size}
        following = f"{call.host}/companies?{urlencode(query)}"
    pages = {
        "type": "pages",
        "next": following,
        "page": page.number,
        "per_page": page.size,
        "total_pages": page.count(total),
    }
    return json_response(
        {"type": "list", "data": render_companies(call.store, rows), "pages": pages, "total_count": total}
    )


def _scroll_position(call: Call) -> JsonObject:
    stored = call.store.meta(SCROLL)
    position: JsonObject | None = None if stored is None else load_json(stored)
    alive = (
        position is not None
        and position["after"] is not None
        and call.now - position["used_at"] <= SCROLL_SECONDS
    )
    asked = call.query.get("scroll_param")
    if asked is None:
        if alive:
            raise ApiError(400, "scroll_exists", "scroll already exists for this workspace")
        return {"parameter": new_uuid(), "after": 0}
    if position is None or not alive or position["parameter"] != asked:
        raise ApiError(404, "not_found", "scroll parameter not found")
    return position
