"""The links between contacts and companies (API 2.16 description, /contacts/{id}/companies)."""

from ..calls.call import Call
from ..calls.numbered_pages import next_link, numbered_page, render_pages
from ..wire.errors import ApiError, missing_parameter
from ..wire.messages import Response, json_response
from .companies import find_company, render_companies
from .contacts.contacts import find_contact

COMPANY_LIMIT = 1000
"""How many companies a contact may be in."""


def attach(call: Call) -> Response:
    """POST /contacts/{id}/companies with the company's Intercom id; answers with the company."""
    person = find_contact(call)
    company_id = call.body.get("id")
    if company_id is None:
        raise missing_parameter("company not specified")
    company = find_company(call.store, str(company_id))
    others = "select count(*) from memberships where contact = ? and company <> ?"
    if call.store.number(others, person["seq"], company["seq"]) >= COMPANY_LIMIT:
        message = f"Contact has reached the maximum of {COMPANY_LIMIT} company associations"
        raise ApiError(400, "contact_company_limit_exceeded", message)
    call.store.run("insert or ignore into memberships values (?, ?)", person["seq"], company["seq"])
    return json_response(render_companies(call.store, [company])[0])


def detach(call: Call) -> Response:
    """DELETE /contacts/{id}/companies/{company_id}; answers with the company."""
    person = find_contact(call)
    company = find_company(call.store, call.parameters["company_id"])
    call.store.run("delete from memberships where contact = ? and company = ?", person["seq"], company["seq"])
    return json_response(render_companies(call.store, [company])[0])


def index(call: Call) -> Response:
    """GET /contacts/{id}/companies: `data`, as the description's example has it, 50 a page."""
    person = find_contact(call)
    page = numbered_page(call.query, default=50, largest=150)
    linked = "from companies where seq in (select company from memberships where contact = ?)"
    total = call.store.number(f"select count(*) {linked}", person["seq"])
    rows = call.store.all(
        f"select * {linked} order by seq limit ? offset ?", person["seq"], page.size, page.offset
    )
    following = None
    if page.number < page.count(total):
        following = next_link(call.query, page, f"{call.host}/contacts/{person['id']}/companies")
    data, pages = render_companies(call.store, rows), render_pages(page, total, next=following)
    return json_response({"type": "list", "data": data, "pages": pages, "total_count": total})
