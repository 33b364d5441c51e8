"""A workspace as far as the token may read it, with a sample of its people: in a number of calls told before."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import SampleRequest

from .live import open_live
from .notices import CallsAhead, CallsMade, Notify, ignore_notice

if TYPE_CHECKING:
    from concurrent.futures import Future

    from intercom_iac.model import Sample, Survey
    from intercom_iac.workspace import HttpWorkspace, Target

    from .session import Session

LISTS = 8
"""Calls for the lists of a workspace of one page each: `GET /me`, attributes, the registrar's events, segments, tags
and audiences, which are read twice."""
BUDGET = 30
"""Calls of a survey with a sample of 1,000 people."""
AT_ONCE = 16
"""Calls of a survey under way at once: the lists and the first pages, or after the last page the events of everybody
whose events are read. Nothing is written, so that nothing is gained by fewer."""
_FEWEST_READERS = 8
_MOST_COMPANIES = 300


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What was read, and in how many calls of the API."""

    survey: Survey
    sample: Sample
    calls: int


def sample_request(people: int, *, occurrences: bool = False) -> SampleRequest:
    """How much to read for a sample of so many people, within `BUDGET` for 1,000 of them.

    What is left of the budget goes to the events of single contacts: to their summaries, or half to these and half to
    the `occurrences` themselves. Of companies fewer are read: their pages are smaller.
    """
    companies = min(people, _MOST_COMPANIES)
    pages = SampleRequest(contacts=people, companies=companies).calls
    left = max(_FEWEST_READERS, BUDGET - LISTS - pages)
    readers = left // 2 if occurrences else left
    return SampleRequest(
        contacts=people,
        companies=companies,
        summaries=min(people, readers),
        occurrences=min(people, readers) if occurrences else 0,
    )


def read_survey(
    session: Session,
    request: SampleRequest,
    *,
    counts: bool = False,
    notify: Notify = ignore_notice,
    target: Target | None = None,
) -> Surveyed:
    """The session's workspace, or that of a `target`, and a sample of its people.

    What the token may not read is told in the result. Raises `WorkspaceError`.
    """
    with open_live(session, parallelism=AT_ONCE, notify=notify, target=target) as live:
        notify(CallsAhead(LISTS + request.calls, session.workspace.name))
        sample = start_sample(live, request, notify)
        survey = live.survey(counts=counts)
        return Surveyed(survey, sample.result(), live.calls)


def start_sample(live: HttpWorkspace, request: SampleRequest, notify: Notify) -> Future[Sample]:
    """The sample, which is read meanwhile; each of its calls is told."""
    made = 0
    lock = Lock()

    def tell_of_call() -> None:
        nonlocal made
        with lock:
            made += 1
        notify(CallsMade(made, request.calls))

    return live.start_sample(request, tell_of_call)
