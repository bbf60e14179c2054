"""What stands before the server in production: something that speaks TLS and passes all on."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@contextmanager
def tls_before(url: str, port: int, folder: Path) -> Iterator[None]:
    """https://localhost:port leads to `url` as long as the block runs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_made(folder))
    behind = urlsplit(url).port or 80
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()

    async def stand() -> None:
        passing = _Passing(behind)
        async with await asyncio.start_server(passing, "localhost", port, ssl=context):
            ready.set()
            await stop.wait()
            await passing.end()

    thread = threading.Thread(target=lambda: loop.run_until_complete(stand()), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


class _Passing:
    """Passes the bytes of each connection on, both ways."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.under_way: set[asyncio.Task[None]] = set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", self.port)
        for source, target in ((reader, behind_writer), (behind_reader, writer)):
            task = asyncio.create_task(_pump(source, target))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    async def end(self) -> None:
        """Cut what is still open."""
        for task in (left := list(self.under_way)):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        target.close()


def _self_made(folder: Path) -> Path:
    """A certificate for localhost, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
