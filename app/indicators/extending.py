"""Which figures must be hidden besides, so that one that can be worked out no longer can."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array, vstack

from app.indicators.outsider import Outsider
from app.indicators.pieces import NODES, WHOLE, padded


def extend(outsider: Outsider, form: int, public: np.ndarray, weights: np.ndarray, *, whole: bool) -> np.ndarray:
    """Which figures must be hidden besides, at about the least loss, so that the form can be larger enough.

    The loss is counted by how far each figure moves, which is linear. None of them when there is no way.
    """
    system = outsider.system
    row = system.forms[[form]].toarray()[0]
    unit, value = int(outsider.witnesses.units[form]), int(system.form_values[form])
    wanted = max(outsider.witnesses.threshold * unit, value if unit > 1 else 0)
    charged = np.flatnonzero(~outsider.hidden & ~public)
    fixed_rows = [system.figures[np.flatnonzero(public & ~outsider.hidden)]]
    size, rows, charge = system.truth.size, system.figures[charged], eye_array(len(charged), format="csr")
    each = eye_array(size, format="csr")
    for leader, cells in system.idle.items():  # an idle unknown moves only where what tells of it is hidden too
        told = each[cells]
        if public[leader] and not outsider.hidden[leader]:
            fixed_rows.append(told)
        elif not outsider.hidden[leader]:
            rows = csr_array(vstack([rows, told]))
            charge = csr_array(vstack([charge, charge[np.full(len(cells), np.searchsorted(charged, leader))]]))
    alike = csr_array(vstack([*fixed_rows, system.agree]))
    inner = csr_array(vstack([system.within, csr_array(row[None, :])]))
    room = np.concatenate([-np.asarray(system.within @ system.truth), [wanted]])
    found = milp(
        np.concatenate([np.zeros(size), weights[charged]]),
        integrality=np.concatenate([np.full(size, int(whole)), np.zeros(len(charged))]),
        bounds=Bounds(np.concatenate([-system.truth, np.zeros(len(charged))]), np.inf),
        constraints=[
            LinearConstraint(csr_array(block_array([[rows, charge], [-rows, charge]])), 0, np.inf),
            LinearConstraint(padded(alike, len(charged)), 0, 0),
            LinearConstraint(padded(inner, len(charged)), room, np.inf),
        ],
        options={"node_limit": NODES},
    )
    more = np.zeros_like(outsider.hidden)
    if found.x is not None:
        more[charged[found.x[size:] > WHOLE]] = True
        outsider.keep(np.arange(size), found.x[:size])
    return more
