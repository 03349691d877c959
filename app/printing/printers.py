"""How each kind of paper is made again from a record's number: the rooms enter themselves here.

A batch knows no programme and no referral; it asks the kind's printer for one paper after another.
"""

from collections.abc import Callable
from datetime import datetime

from app.access.models import User
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind

# (number of the record, language, by whom, at which moment) → the paper, issued. Raises NotPossible or LetterMissing
# with a sentence when this one cannot be printed.
Printer = Callable[[int, str, User, datetime], IssuedPaper]
PRINTERS: dict[PaperKind, Printer] = {}

# Kinds of which a later record takes the place of an earlier one before it is printed itself: is this one overtaken?
OVERTAKEN: dict[PaperKind, Callable[[IssuedPaper], bool]] = {}
