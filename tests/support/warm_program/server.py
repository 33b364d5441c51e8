"""The program, run in processes that have its modules already: a server that forks for each run.

Started as `python server.py SOCKET`. A request is the arguments, the folder and the environment as JSON, with the
three standard streams; the answer is the process' id, and how it ended. Everything else is as in a program of its
own: `main` is called in a process that nothing else ran in, which ends as the interpreter ends.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from typing import Any

from loading import load_program

LENGTH = struct.Struct("!I")


def serve(path: str) -> None:
    """Answers until it is killed; in the process of a run it returns, when the program is to end."""
    load_program()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who answer
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _answer(connection)
        connection.close()


def _answer(connection: socket.socket) -> None:
    request, streams = _receive(connection)
    program = os.fork()
    if program == 0:
        connection.close()
        return _run(request, streams)
    connection.sendall(LENGTH.pack(program))
    _, status = os.waitpid(program, 0)
    connection.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    head, streams, _, _ = socket.recv_fds(connection, LENGTH.size, 3)
    left = LENGTH.unpack(head)[0]
    pieces: list[bytes] = []
    while left:
        pieces.append(connection.recv(left))
        left -= len(pieces[-1])
    return json.loads(b"".join(pieces)), streams


def _run(request: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # As the interpreter makes them: how each may be used depends on what it leads to.
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["intercom-iac", *request["arguments"]]
    from intercom_iac.__main__ import main

    main()


if __name__ == "__main__":
    serve(sys.argv[1])
