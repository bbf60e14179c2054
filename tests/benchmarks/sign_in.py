"""A sign-in of the demo's province supervisor, many times: prints two medians in milliseconds.

The first is of the whole act (`attempt` and `redeem`), the second of its password hash alone.
"""

import sys
import time
from statistics import median

from data_layer import passwords
from data_layer.access import Role
from data_layer.demo import demo_accounts
from data_layer.services import sign_in

TIMES = 30


def main() -> None:
    """Sign in, print."""
    (account,) = (each for each in demo_accounts() if each.role is Role.PROVINCE)
    hashes: list[float] = []
    verify = passwords.verify

    def timed(password_hash: str | None, password: str) -> bool:
        started = time.perf_counter()
        is_right = verify(password_hash, password)
        hashes.append(time.perf_counter() - started)
        return is_right

    passwords.verify = timed
    wholes = [_sign_in(account.username, account.password) for _ in range(TIMES)]
    sys.stdout.write(f"{median(wholes) * 1000} {median(hashes) * 1000}\n")


def _sign_in(username: str, password: str) -> float:
    started = time.perf_counter()
    ticket = sign_in.attempt(username, password, browser="bench", ip="127.0.0.1")
    sign_in.redeem(ticket, browser="bench", old_token="", device="bench")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
