"""`creation_source`, the custom attribute of companies that Intercom makes itself.

Companies made through the API were observed to carry `custom_attributes.creation_source` = `api`, and the attribute
to be listed among the custom ones without an `admin_id`. That it comes with the first such company, counts towards
the attributes a workspace holds and is not there for companies that came otherwise are assumptions.
"""

import sqlite3

from ...calls.call import Call
from ...wire.json_values import JsonObject

MODEL, NAME = "company", "creation_source"


def creation_source_fields(call: Call) -> JsonObject:
    """The fields that a company has for having been made by a call; nothing where the name means something else."""
    row = call.store.one("select * from attributes where name = ?", NAME)
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
    """Whether an attribute is the one nobody declared."""
    return row["model"] == MODEL and row["name"] == NAME
