"""What no call of the API can do: building a segment, ending a scroll, emptying the workspace."""

from .calls.body import is_printable
from .resources.company_scroll import forget_scroll
from .resources.segments import (
    dump_query,
    insert_predefined_segments,
    insert_segment,
    render_segment,
)
from .storage.tables import clear_tables
from .wire.errors import ApiError
from .wire.json_values import JsonObject
from .workspace import Sandbox


class SegmentNameError(Exception):
    """A segment cannot have that name; `reason` completes the sentence "the name ..."."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"a segment's name {reason}")
        self.reason = reason


class SegmentExistsError(Exception):
    """The workspace already has a segment of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a segment named `{name}` exists already")
        self.name = name


class SegmentQueryError(Exception):
    """A segment cannot have that query; `reason` is what a search for it would be refused with."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"a segment's query is no contact search: {reason}")
        self.reason = reason


def add_segment(
    sandbox: Sandbox, name: str, person_type: str = "user", *, query: object = None
) -> JsonObject:
    """Builds a segment, as a person does in Intercom's screens; returns it as GET /segments/{id} would.

    `person_type` is `user` or `contact`. `query` is the `query` of a POST /contacts/search and selects the
    members; without it there are none. Spaces around the name are removed. Raises `SegmentExistsError` (that names
    are unique is an assumption), `SegmentQueryError`, and `SegmentNameError` for a name that cannot be displayed.
    """
    if person_type not in ("user", "contact"):
        raise ValueError("person_type must be user or contact")
    name = name.strip()
    if not name:
        raise SegmentNameError("is empty")
    if not is_printable(name):
        raise SegmentNameError("holds control characters")
    with sandbox.store(writes=True) as store:
        if store.first_row("select id from segments where name = ?", name) is not None:
            raise SegmentExistsError(name)
        now = int(sandbox.clock())
        try:
            rule = None if query is None else dump_query(store, query, now, sandbox.switches)
        except ApiError as error:
            raise SegmentQueryError(error.message) from error
        except UnicodeEncodeError as error:
            raise SegmentQueryError("it holds text that is not valid Unicode") from error
        return render_segment(insert_segment(store, name, person_type, now, query=rule))


def end_scroll(sandbox: Sandbox) -> None:
    """Ends a scroll over companies that was left open, as a minute without a call would."""
    with sandbox.store(writes=True) as store:
        forget_scroll(store)


def reset(sandbox: Sandbox) -> None:
    """Empties the workspace: as new, but for its id, name, time zone and age; ids are given out anew."""
    with sandbox.store(writes=True) as store:
        clear_tables(store)
        forget_scroll(store)
        insert_predefined_segments(store, int(sandbox.clock()))
