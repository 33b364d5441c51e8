"""A private PostgreSQL: made in a scratch folder, spoken to over a unix socket, stopped by its own process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

HOLDER = "postgres"  # the server refuses to run as root: there it runs as this user


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`: the one on PATH, else the newest of Debian's."""
    found = shutil.which("initdb")
    if found is not None and (folder := Path(found).resolve().parent).joinpath("postgres").exists():
        return folder
    packaged = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(packaged, key=lambda each: float(each.parent.name), default=None)


def missing_postgres() -> str | None:
    """Why no cluster can be started here; None where one can."""
    if binaries() is None:
        return "PostgreSQL is not installed: neither PATH nor /usr/lib/postgresql has its `initdb`"
    if os.geteuid() == 0 and not any(each.pw_name == HOLDER for each in pwd.getpwall()):
        return f"PostgreSQL does not run as root, and there is no user `{HOLDER}` to run it as"
    return None


class Cluster:
    """A running server with nothing in it. Nothing it holds is meant to survive."""

    def __init__(self) -> None:
        folder = binaries()
        assert folder is not None
        self.root = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path has to be short
        self.user = HOLDER if os.geteuid() == 0 else None
        if self.user is not None:
            shutil.chown(self.root, self.user)
        data = self.root / "data"
        made = subprocess.run(
            [
                folder / "initdb",
                "-D",
                data,
                "-U",
                HOLDER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            user=self.user,
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.root),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "shared_buffers": "16MB",
            "jit": "off",
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.root / "log").open("wb") as log:
            self.server = subprocess.Popen(
                [folder / "postgres", "-D", data, *flags],
                user=self.user,
                cwd=self.root,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def connect(self) -> psycopg.Connection:
        """A connection; waits until the server takes one."""
        address = {"host": str(self.root), "user": HOLDER, "dbname": "postgres"}
        until = time.monotonic() + 300
        while True:
            try:
                return psycopg.connect(**address, autocommit=True)
            except psycopg.OperationalError:
                log = (self.root / "log").read_text("utf-8", errors="replace")
                assert self.server.poll() is None, log
                assert time.monotonic() < until, log
                time.sleep(0.05)

    def stop(self) -> None:
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # its "fast shutdown": disconnects clients
            self.server.wait(300)
        shutil.rmtree(self.root, ignore_errors=True)
