"""The links between contacts and companies (API 2.16 description, /contacts/{id}/companies)."""

import sqlite3
from urllib.parse import urlencode

from .call import Call, numbered_page
from .companies import existing, render
from .errors import ApiError, missing, user_not_found
from .messages import Response, json_response

LIMIT = 1000


def attach(call: Call) -> Response:
    """POST /contacts/{id}/companies with the company's Intercom id; answers with the company."""
    person = contact(call)
    company_id = call.body.get("id")
    if company_id is None:
        raise missing("company not specified")
    company = existing(call.store, str(company_id))
    others = "select count(*) from memberships where contact = ? and company <> ?"
    if call.store.number(others, person["seq"], company["seq"]) >= LIMIT:
        message = f"Contact has reached the maximum of {LIMIT} company associations"
        raise ApiError(400, "contact_company_limit_exceeded", message)
    call.store.run("insert or ignore into memberships values (?, ?)", person["seq"], company["seq"])
    return json_response(render(call.store, [company])[0])


def detach(call: Call) -> Response:
    """DELETE /contacts/{id}/companies/{company_id}; answers with the company."""
    person = contact(call)
    company = existing(call.store, call.parameters["company_id"])
    call.store.run("delete from memberships where contact = ? and company = ?", person["seq"], company["seq"])
    return json_response(render(call.store, [company])[0])


def index(call: Call) -> Response:
    """GET /contacts/{id}/companies: `data`, as the description's example has it, 50 a page."""
    person = contact(call)
    page = numbered_page(call.query, default=50, largest=150)
    linked = "from companies where seq in (select company from memberships where contact = ?)"
    total = call.store.number(f"select count(*) {linked}", person["seq"])
    rows = call.store.all(
        f"select * {linked} order by seq limit ? offset ?", person["seq"], page.size, page.offset
    )
    following = None
    if page.number < page.total(total):
        query = urlencode(dict(call.query) | {"page": page.number + 1, "per_page": page.size})
        following = f"{call.host}/contacts/{person['id']}/companies?{query}"
    pages = {
        "type": "pages",
        "next": following,
        "page": page.number,
        "per_page": page.size,
        "total_pages": page.total(total),
    }
    return json_response(
        {"type": "list", "data": render(call.store, rows), "pages": pages, "total_count": total}
    )


def contact(call: Call) -> sqlite3.Row:
    """The contact a sub-resource's path names; 404 `User Not Found`."""
    row = call.store.one("select * from contacts where id = ? and not archived", call.parameters["id"])
    if row is None:
        raise user_not_found()
    return row
