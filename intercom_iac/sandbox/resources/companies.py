"""Companies: upserting, reading, listing and deleting (API 2.16 description, /companies)."""

import sqlite3
import zlib

from ..calls.body import read_text, read_timestamp
from ..calls.call import Call
from ..calls.custom_values import merge_fields, read_custom_values
from ..calls.numbered_pages import Page, next_link, numbered_page, render_pages
from ..storage.columns import custom_fields, dump_json, load_json
from ..storage.identifiers import object_id
from ..storage.recent_answers import RecentAnswers
from ..storage.store import Store
from ..wire.errors import ApiError, company_not_found, invalid_parameter, missing_parameter
from ..wire.json_values import JsonObject, as_integer
from ..wire.messages import Response, json_response
from .attributes.creation_source import creation_source_fields
from .contacts.rendering import render_contacts

LARGEST_SPEND = 2**31 - 1
LISTING_LIMIT = 10_000
"""How many companies numbered pages reach; only a scroll gets past them."""

WRITABLE_FIELDS = "name plan size website industry custom_attributes remote_created_at monthly_spend"
UPDATABLE = frozenset((*WRITABLE_FIELDS.split(), "update_last_request_at"))

WITH_PEOPLE_COUNT = "select coalesce((select value from counters where name = 'companies_with_people'), 0)"
"""How many companies lists do not leave out; triggers keep it (see `storage.migrations`)."""

WITH_PEOPLE = "exists (select 1 from memberships where company = companies.seq)"
"""The condition of lists: they leave out companies without people."""


def upsert(call: Call, *, by_api: bool = True) -> Response:
    """POST /companies: creates a company, or updates the one of that `company_id`.

    `by_api` is false for the Messenger, whose companies get no `creation_source`.
    """
    _check_keys(call, UPDATABLE | {"company_id"})
    company_id = call.body.get("company_id")
    if not isinstance(company_id, str) or not company_id:
        raise missing_parameter("company_id is required")
    row = call.store.first_row("select * from companies where company_id = ?", company_id)
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
        row = call.store.first_row("select * from companies where seq = ?", seq)
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
    """GET /companies: the company of a `company_id` or `name`, or pages of companies, of one tag with `tag_id`.

    One company is answered as a list of one, as the description's response schema has it.
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


def list_contacts(call: Call) -> Response:
    """GET /companies/{id}/contacts: the company's people, 50 a page."""
    company = find_company(call.store, call.parameters["id"])
    page = numbered_page(call.query, default=50, largest=150)
    members = (
        "from contacts where not archived and seq in (select contact from memberships where company = ?)"
    )
    total = call.store.number(f"select count(*) {members}", company["seq"])
    rows = call.store.all(
        f"select * {members} order by seq limit ? offset ?", company["seq"], page.size, page.offset
    )
    data, pages = render_contacts(call.store, rows), render_pages(page, total)
    return json_response({"type": "list", "data": data, "total_count": total, "pages": pages})


def list_segments(call: Call) -> Response:
    """GET /companies/{id}/segments: none, as the workspace has no company segments."""
    find_company(call.store, call.parameters["id"])
    return json_response({"type": "list", "data": []})


def find_company(store: Store, company_id: str) -> sqlite3.Row:
    """The company with Intercom's id `company_id`; `ApiError` 404 where there is none."""
    row = store.first_row("select * from companies where id = ?", company_id)
    if row is None:
        raise company_not_found()
    return row


def plan_id(name: str) -> str:
    """The id of a plan, derived from its name: plans have no calls of their own."""
    return str(zlib.crc32(name.encode()))


def render_companies(store: Store, rows: list[sqlite3.Row]) -> list[JsonObject]:
    """Companies as Intercom shows them, in the order of `rows`; what is not set is absent."""
    workspace = store.meta("app_id")
    count_rows = store.all(
        "select company, count(*) as people from memberships join contacts on seq = contact"
        " where not archived and company in (select value from json_each(?)) group by company",
        dump_json([row["seq"] for row in rows]),
    )
    counts: dict[int, int] = {row["company"]: row["people"] for row in count_rows}
    tags: dict[int, list[JsonObject]] = {}
    for tag in store.all(
        "select company, seq, name from company_tags join tags on seq = tag"
        " where company in (select value from json_each(?)) order by seq",
        dump_json([row["seq"] for row in rows]),
    ):
        tags.setdefault(tag["company"], []).append(
            {"type": "tag", "id": str(tag["seq"]), "name": tag["name"]}
        )
    return [
        _render_company(row, workspace, counts.get(row["seq"], 0), tags.get(row["seq"], [])) for row in rows
    ]


def _render_company(
    row: sqlite3.Row, workspace: str | None, people: int, tags: list[JsonObject]
) -> JsonObject:
    fields = load_json(row["fields"])
    plan = fields.get("plan.name")
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
        "custom_attributes": custom_fields(fields),
    }


def _check_keys(call: Call, accepted: frozenset[str]) -> None:
    for key in call.body:
        if key not in accepted:
            raise ApiError(400, "bad_request", f"bad '{key}' parameter")


def _update_company(call: Call, row: sqlite3.Row) -> Response:
    body = call.body
    changes: JsonObject = {key: read_text(body, key) for key in ("website", "industry") if key in body}
    if "plan" in body:
        changes["plan.name"] = read_text(body, "plan") or None
    if "remote_created_at" in body:
        changes["remote_created_at"] = read_timestamp(body, "remote_created_at")
    if "size" in body:
        changes["size"] = _read_size(body["size"])
    if "monthly_spend" in body:
        changes["monthly_spend"] = _read_spend(body["monthly_spend"])
    changes |= read_custom_values(call, "company", body.get("custom_attributes"))
    fields = merge_fields(load_json(row["fields"]), changes)
    name = read_text(body, "name") if "name" in body else row["name"]
    last_request_at = call.now if body.get("update_last_request_at") is True else row["last_request_at"]
    call.store.run(
        "update companies set name = ?, last_request_at = ?, updated_at = ?, fields = ? where seq = ?",
        *(name, last_request_at, call.now, dump_json(fields), row["seq"]),
    )
    return json_response(render_companies(call.store, [find_company(call.store, row["id"])])[0])


def _read_size(value: object) -> int | None:
    if value is not None and as_integer(value) is None:
        raise invalid_parameter("size must be an integer")
    return as_integer(value)


def _read_spend(value: object) -> int | None:
    """Whole units, fractions cut off. That more than 2^31-1 is refused, not capped, is an assumption."""
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
    if where == WITH_PEOPLE:
        total = call.store.number(WITH_PEOPLE_COUNT)
    else:
        counts = call.store.cached_value("companies", RecentAnswers[tuple[str, ...], int])
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
        following = next_link(call.query, page, f"{call.host}/companies")
    data, pages = render_companies(call.store, rows), render_pages(page, total, next=following)
    return json_response({"type": "list", "data": data, "pages": pages, "total_count": total})
