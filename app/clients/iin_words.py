"""What to tell a person whose IIN was not accepted."""

from flask_babel import lazy_gettext as _l

from app.clients.iin import Contradiction, IinFault

IIN_FAULTS = {
    IinFault.SHAPE: _l(
        "An IIN has exactly 12 digits. Copy it from the identity document, or mark it as unknown and give the reason."
    ),
    IinFault.CENTURY: _l("The seventh digit of an IIN is from 1 to 6. Compare it with the identity document."),
    IinFault.BIRTH_DATE: _l(
        "The first six digits of an IIN are a birth date, and there is no such date. "
        "Compare them with the identity document."
    ),
    IinFault.NEVER_ISSUED: _l("A number with these digits is never issued. Compare it with the identity document."),
    IinFault.CHECK_DIGIT: _l(
        "The last digit does not fit the others, so one of the digits was mistyped. "
        "Compare the whole number with the identity document."
    ),
}

IIN_CONTRADICTIONS = {
    Contradiction.BIRTH_DATE: _l(
        "The IIN gives another birth date. Compare both with the identity document and correct the one that differs."
    ),
    Contradiction.SEX: _l(
        "The IIN gives another sex. Compare both with the identity document and correct the one that differs."
    ),
}
