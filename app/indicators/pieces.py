"""The rules of a release that hang together, so that a question about one figure leaves the others alone."""

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, hstack

from app.indicators.system import System

WHOLE = 1e-6  # a number this near to a whole one is that one
NODES = 2000  # a limit in steps, not in seconds, so that the same facts always give the same release


class Piece:
    """The rules on some of the unknowns, of which no other unknown is a part."""

    def __init__(self, system: System, equal: csr_array, columns: np.ndarray) -> None:
        self.columns = columns
        equal, within = equal[:, columns], system.within[:, columns]
        self.equal_rows = np.flatnonzero(np.diff(equal.indptr))
        self.within_rows = np.flatnonzero(np.diff(within.indptr))
        self.equal = csr_array(equal[self.equal_rows])
        self.within = csr_array(within[self.within_rows])
        self.room = np.asarray(system.within[self.within_rows] @ system.truth)
        self.least = -system.truth[columns]

    def rules(self) -> list[LinearConstraint]:
        rules = []
        if self.equal.shape[0]:
            rules.append(LinearConstraint(self.equal, 0, 0))
        if self.within.shape[0]:
            rules.append(LinearConstraint(self.within, -self.room, np.inf))
        return rules


def padded(rules: csr_array, more: int) -> csr_array:
    return csr_array(hstack([rules, csr_array((rules.shape[0], more))]))
