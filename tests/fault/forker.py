"""Runs commands of the program, each in a process of its own, forked from this one that has imported everything.

`deliver` is no command: it makes the writes of a spool (`delivering.py`).

Takes a JSON object a line: `args`, `folder`, `output` (a file), and either of

    kill   at which write of the journal the process ends by SIGKILL; before it, in the midst of it, or after it
    disk   at which step of writing below the folder the disk fails (0: at none), how (`failing_disk`), and the file
           in which the steps are left that were made

Answers with the process's id, then with how it ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

import failing_sqlite
from delivering import deliver
from failing_disk import Disk

from support.warm_program.loading import load_program

DISK = Disk()


def import_everything() -> None:
    """What commands import when they run; the disk is put in its place before, since some keep functions of `os`."""
    DISK.install()
    load_program()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def kill_at(where: str, step: int) -> None:
    from intercom_iac.journal import DurableFile

    real = DurableFile.write
    steps = 0

    def write(self: DurableFile, records: Any) -> None:
        nonlocal steps
        steps += 1
        if steps != step:
            real(self, records)
            return
        if where == "amid":
            text = "".join(json.dumps(each) + "\n" for each in records)
            os.write(self._file, text[: len(text) // 2].encode())
        elif where == "after":
            real(self, records)
        die()

    DurableFile.write = write


def child(order: dict[str, Any]) -> int:
    from intercom_iac.cli import run

    os.chdir(order["folder"])
    file = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    if order["kill"]:
        kill_at(*order["kill"])
    if order["args"][0] == "deliver":
        return deliver(*order["args"][1:])
    if order["disk"]:
        failing_sqlite.install(DISK)
        DISK.arm(order["folder"], *order["disk"][:2])
    try:
        return run(order["args"])
    except Exception:
        traceback.print_exc()
        return 99
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if order["disk"]:
            DISK.folder = ""
            Path(order["disk"][2]).write_text("".join(f"{each}\n" for each in DISK.steps))


def main() -> None:
    import_everything()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 99
            try:
                code = child(order)
            finally:
                os._exit(code)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
