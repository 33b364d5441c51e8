"""`creation_source`, the custom attribute of companies that Intercom creates itself.

Companies created through the API were observed to have `custom_attributes.creation_source` = `api`, and the attribute
to be listed among the custom ones without an `admin_id`. Assumptions: it is created with the first such company, it
counts towards the limit of attributes, and other companies have no value of it.
"""

import sqlite3

from ...calls.call import Call
from ...wire.json_values import JsonObject

MODEL, NAME = "company", "creation_source"


def creation_source_fields(call: Call) -> JsonObject:
    """The fields of a company that an API call creates; creates the attribute where there is none of that name.

    Empty where the name belongs to another attribute.
    """
    row = call.store.first_row("select * from attributes where name = ?", NAME)
    if row is None:
        now, number = call.now, call.store.reserve("attributes")
        call.store.run(
            "insert into attributes values (?, ?, ?, 'string', null, null, 0, 0, ?, ?)",
            number,
            MODEL,
            NAME,
            now,
            now,
        )
    elif row["model"] != MODEL or row["data_type"] != "string" or row["archived"]:
        return {}
    return {f"custom_attributes.{NAME}": "api"}


def is_creation_source(row: sqlite3.Row) -> bool:
    """Whether an attribute is the one that Intercom creates."""
    return row["model"] == MODEL and row["name"] == NAME
