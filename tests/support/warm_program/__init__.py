"""The program on a path of its own, as `intercom-iac`: each run is a process, whose start costs next to nothing.

For tests of what is around the program, such as workflows and scripts, which run it often. What a start costs and
what a process does with its streams and signals is tested with the program itself.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLIENT = """\
#!{python} -IS
import json, os, signal, socket, struct, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect({path!r})
request = {{"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}
body = json.dumps(request).encode()
socket.send_fds(connection, [struct.pack("!I", len(body))], [0, 1, 2])
connection.sendall(body)
program = struct.unpack("!I", connection.recv(4, socket.MSG_WAITALL))[0]
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, _: os.kill(program, number))
code = struct.unpack("!i", connection.recv(4, socket.MSG_WAITALL))[0]
if code < 0:
    signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


@contextmanager
def warm_program(folder: Path) -> Iterator[Path]:
    """A folder for PATH with the program in it, while its server runs."""
    path = folder / "s"
    client = folder / "bin" / "intercom-iac"
    client.parent.mkdir()
    client.write_text(_CLIENT.format(python=sys.executable, path=str(path)))
    client.chmod(0o755)
    command = [sys.executable, str(Path(__file__).with_name("server.py")), str(path)]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield client.parent
    finally:
        server.kill()
        server.communicate()
