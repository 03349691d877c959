"""An officer at work with one case."""

import pytest

from tests.factories.people import make_case


@pytest.fixture
def case(officer):
    return make_case(officer)


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)
