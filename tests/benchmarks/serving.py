"""A Streamlit server of its own for a measurement: started, waited for, stopped."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).parent / "apps"
START_TIMEOUT_S = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    base_url: str
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """What the process holds now (resident), in MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6


@contextmanager
def serve(
    script: Path, *, folder: Path = ROOT, environ: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """`streamlit run script`, with the .streamlit/config.toml of `folder`, on a free port."""
    port = _free_port()
    command = (
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"),
        "--browser.gatherUsageStats=false",
    )
    paths = {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and files
            command,
            cwd=folder,
            env={**os.environ, **(environ or {}), **paths},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", process)
        try:
            _wait_until_healthy(server)
            yield server
        except TimeoutError:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def serve_tuned(script: str) -> Iterator[Server]:
    """One of apps/ with our settings and delivery."""
    with serve(APPS / "tuned.py", environ={"BENCH_SCRIPT": script}) as server:
        yield server


@contextmanager
def serve_stock(*, environ: Mapping[str, str]) -> Iterator[Server]:
    """Our pages as Streamlit serves them by itself, and draws charts by itself.

    They lie in a folder that holds none of our settings.
    """
    with tempfile.TemporaryDirectory() as folder:
        pages = shutil.copytree(
            ROOT / "pages", Path(folder, "pages"), ignore=shutil.ignore_patterns("static")
        )
        shutil.copy(APPS / "stock_charts.py", pages / "components" / "charts.py")
        with serve(pages / "navigation.py", folder=Path(folder), environ=environ) as server:
            yield server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urlopen(f"{server.base_url}/_stcore/health", timeout=2):  # noqa: S310 - ours
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    message = f"{server.base_url} did not start"
    raise TimeoutError(message)
