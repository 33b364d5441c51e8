"""The relational model that the compiled SQL reads. `docs/rules.md` describes it for people.

| table | columns |
|---|---|
| contacts | id, one column an attribute |
| companies | id, one column an attribute |
| contact_companies | contact_id, company_id |
| events | contact_id, event_name, created_at, metadata |
| contact_tags | contact_id, tag |
| company_tags | company_id, tag |

Text, options are text; integers 64-bit; floats double; booleans boolean; dates unix seconds in a 64-bit integer, as
Intercom's API and exports have them, so that a day's bounds are numbers and mean the same in every engine. What is
not set is null. `metadata` is the dialect's type for JSON: json, jsonb, variant, JSON, variant.
"""

from __future__ import annotations

from intercom_iac.model import Field


def column(field: Field) -> str:
    """The column of an attribute: its name in rules; a dot, which some engines do not take in a name, is `__`."""
    return field.name if field.custom else field.name.replace(".", "__")
