"""The same thing done every so many seconds, at moments that do not drift."""

from __future__ import annotations

from collections.abc import Callable

from intercom_iac.diagnostics import (
    IntercomIacError,
    InvalidSpecs,
    MissingExtra,
    Misuse,
    Unauthorized,
    WrongWorkspace,
)


def repeat(
    work: Callable[[], bool],
    period: float,
    *,
    on_error: Callable[[IntercomIacError], object],
    clock: Callable[[], float],
    wait: Callable[[float], object],
) -> None:
    """Does `work` now and at every multiple of `period` seconds after, until it says that it was stopped.

    One that takes longer leaves out the moments that have passed meanwhile. An error of a round goes to `on_error`,
    and the next round comes as if there had been none; but for what no later round can mend, which is raised: a token
    that is refused, another workspace, and in the first round specs and arguments that are wrong.
    """
    begin = clock()
    rounds = 0
    while True:
        try:
            if work():
                return
        except (Unauthorized, WrongWorkspace):
            raise
        except (InvalidSpecs, Misuse, MissingExtra) as error:
            if not rounds:
                raise
            on_error(error)
        except IntercomIacError as error:
            on_error(error)
        rounds = max(rounds + 1, int((clock() - begin) // period) + 1)
        wait(max(0.0, begin + rounds * period - clock()))
