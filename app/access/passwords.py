"""Which passwords are good enough, and making one for a new user."""

import secrets

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SHORTEST, LONGEST = 12, 200
# Letters and digits that cannot be mistaken for one another when read out over a telephone.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def fault(password: str, name: str) -> LazyString | None:
    """Why a password will not do; None when it will. Length counts, not signs (NIST SP 800-63B §5.1.1)."""
    if len(password) < SHORTEST:
        return _l("This password is too short. Use at least 12 characters.")
    if len(password) > LONGEST:
        return _l("This password is too long. Use at most 200 characters.")
    if name.lower() in password.lower():
        return _l("Leave your sign-in name out of the password.")
    if len(set(password)) < 6:  # noqa: PLR2004 - "aaaaaaaaaaaa" and its like
        return _l("This password repeats itself. Use more different characters.")
    return None


def fresh() -> str:
    """A password for a new user, to be said once and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(READABLE) for _place in range(4)) for _group in range(4))
