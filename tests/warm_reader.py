"""The reader of spreadsheets, forked from a process that holds openpyxl already.

In operation each file is read by a process that starts from nothing, a quarter of a second of a
core: for some hundred tests that is minutes. What reads, its limits and its answer are the same
here; what starting from nothing keeps out is proved in tests/data_layer/exchange.
"""

import json
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

CHILD = Path(__file__).parents[1] / "data_layer/exchange/_sheet_child.py"


class WarmReader:
    """One process that waits, and a child of it for each file."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line

    def run(self, asked: Sequence[str], content: bytes) -> tuple[int, bytes]:
        """The same as reading._run_child."""
        read, write = os.pipe()
        with TemporaryFile() as question:
            question.write(content)
            question.seek(0)
            socket.send_fds(self.line, [json.dumps(asked).encode()], [question.fileno(), write])
        os.close(write)
        with open(read, "rb") as answer:  # noqa: PTH123 - no path, a pipe
            said = answer.read()
        return int(self.line.recv(16)), said


@contextmanager
def started() -> Iterator[WarmReader]:
    """Until the tests are over."""
    here, there = socket.socketpair()
    command = [sys.executable, "-I", __file__, str(there.fileno())]
    with (
        here,
        subprocess.Popen(  # noqa: S603 - our own file
            command, pass_fds=[there.fileno()], stderr=subprocess.DEVNULL, env={}
        ) as process,
    ):
        there.close()
        yield WarmReader(here)
        process.terminate()


def _serve(line: socket.socket) -> None:
    sys.modules.update(dict.fromkeys(("numpy", "PIL")))  # as _sheet_child.py does
    import defusedxml.ElementTree  # noqa: F401, PLC0415
    import openpyxl  # noqa: F401, PLC0415

    while True:
        asked, files, *_ = socket.recv_fds(line, 2**16, 2)
        child = os.fork()
        if not child:
            os.dup2(files[0], 0)
            os.dup2(files[1], 1)
            sys.argv = [str(CHILD), *json.loads(asked)]
            runpy.run_path(str(CHILD), run_name="__main__")
            return
        for file in files:
            os.close(file)
        status = os.waitpid(child, 0)[1]
        line.sendall(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
