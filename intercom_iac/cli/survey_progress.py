"""The progress of a survey of a workspace: a bar of its calls on a terminal, and nothing elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from intercom_iac.application.notices import CallsMade, Notice

from .notices import print_notice
from .progress_bars import progress_bars

if TYPE_CHECKING:
    from intercom_iac.application import Notify


@contextmanager
def survey_progress() -> Generator[Notify]:
    """What to give a use-case as `notify`: it shows how many calls are made, and prints the other notices."""
    lock = Lock()
    with progress_bars() as show:

        def tell(notice: Notice) -> None:
            if not isinstance(notice, CallsMade):
                print_notice(notice)
            elif show is not None and notice.of:
                with lock:
                    show("reading people", notice.calls / notice.of)

        yield tell
