"""One-time passwords: random, 24 hours, to be changed at the first sign-in (ODK's rule).

The administrator who hands one over never learns the password that its owner then chooses.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from data_layer import passwords, throttle
from data_layer.clock import now
from data_layer.models import User
from data_layer.services.sign_in import end_sessions

ONE_TIME_LIFE = timedelta(hours=24)


def give_one_time_password(session: Session, user: User) -> str:
    """Set a one-time password in the caller's transaction; the user's sessions end. Returns it."""
    password = passwords.random_password()
    user.password_hash = passwords.hash_password(password)
    user.must_change_password, user.one_time_until = True, now() + ONE_TIME_LIFE
    if user.id is not None:
        end_sessions(session, user.id)
    throttle.clear(session, throttle.account_key(user.citizen_id))
    return password
