"""What ends the program from outside leaves nothing behind, as Ctrl-C does."""

from __future__ import annotations

import signal
from collections.abc import Generator
from contextlib import contextmanager

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def termination_as_interrupt() -> Generator[None]:
    """Has a signal to end, as a cancelled job of CI gets it, raise `KeyboardInterrupt`: files that are being written
    are removed."""
    # One that is ignored stays so, as under `nohup`.
    heard = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)
