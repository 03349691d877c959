"""What to tell a person whose spelling of a name was not accepted."""

from flask_babel import lazy_gettext as _l

from app.clients.naming import LONGEST, NameFault

NAME_FAULTS = {
    NameFault.BLANK: _l("Write the name with letters, as in the identity document."),
    NameFault.TOO_LONG: _l("This name is too long. Use at most %(most)d characters.", most=LONGEST),
    NameFault.DIGIT: _l("A name has no digits. Write it with letters, as in the identity document."),
    NameFault.SCRIPT: _l("Write the name in Cyrillic or Latin letters, as in the identity document."),
    NameFault.SIGN: _l("A name has only letters, spaces, hyphens and apostrophes. Remove the other characters."),
}
