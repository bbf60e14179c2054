"""Python runs this at its start: every address that the process asks for is written down.

Only names and addresses of this machine are left out. security.md: W06.
"""

import os
import sys

_EVENTS = {"socket.connect", "socket.sendto", "socket.getaddrinfo"}
_LOCAL = ("127.", "::1", "localhost", "0.0.0.0", "/")  # noqa: S104 - compared, not listened on
_FILE = os.open(os.environ["OUTBOUND_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _host(event: str, arguments: tuple[object, ...]) -> str:
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    return str(address[0] if isinstance(address, tuple) else address or "localhost")


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event in _EVENTS and not (host := _host(event, arguments)).startswith(_LOCAL):
        os.write(_FILE, f"{event} {host}\n".encode())


sys.addaudithook(_listen)
