"""The real server of a test: set up as README says, started, waited for, stopped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
GUARD = Path(__file__).parent / "guard"
START_TIMEOUT_S = 60
RUN = ("-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1")


@dataclass(frozen=True)
class Installation:
    """A database with its keys, and the environment that leads to them."""

    folder: Path
    database_url: str
    # of the demo set: role to user name and password
    accounts: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(GUARD),
            "OUTBOUND_LOG": str(self.folder / "outbound.log"),
            "DATABASE_URL": self.database_url,
            "KEYS_FILE": str(self.folder / "keys" / "phrom.keys"),
        }

    def manage(self, *arguments: str) -> str:
        """`manage.py …`, as an operator types it; what it printed."""
        done = subprocess.run(  # noqa: S603 - our own interpreter and file
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def outbound(self) -> list[str]:
        """Every address outside of this machine that a process of ours asked for."""
        return (self.folder / "outbound.log").read_text().splitlines()


def install(folder: Path, database_url: str = "") -> Installation:
    """What `make run` does before it serves, with the demo set."""
    found = Installation(folder, database_url or f"sqlite:///{folder}/phrom.db")
    found.manage("init")
    printed = json.loads(found.manage("demo", "--json"))
    accounts = {each["role"]: (each["username"], each["password"]) for each in printed}
    return replace(found, accounts=accounts)


def copied(template: Installation, folder: Path) -> Installation:
    """The same SQLite installation once more, to be changed freely."""
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    return replace(template, folder=folder, database_url=f"sqlite:///{folder}/phrom.db")


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    installation: Installation
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return (self.installation.folder / "server.log").read_text()

    def get(self, path: str, headers: Mapping[str, str | bytes] = {}) -> requests.Response:
        """One request without a browser, redirects not followed."""
        return requests.get(self.url + path, headers=headers, timeout=20, allow_redirects=False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile it answers nothing, as on a day when it has too much to do."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def serve(installation: Installation, *, port: int = 0, **settings: str) -> Iterator[Server]:
    """`streamlit run app.py` on a free port, with further settings."""
    port = port or free_port()
    environ = {**installation.environ, "PORT": str(port), **settings}
    command = [sys.executable, *RUN, f"--server.port={port}"]
    with (installation.folder / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
        )
        server = Server(f"http://localhost:{port}", installation, process)
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if server.get("/healthz").ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    message = f"the server did not start:\n{server.log}"
    raise TimeoutError(message)
