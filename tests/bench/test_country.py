"""A register copied whole hangs together as the first does, and gives no officer another person."""

import pytest
from sqlalchemy import func, select

from app.access.models import User
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.db import db
from app.programs.models import Step
from bench.country import spread
from tests.databases import on_postgresql
from tests.factories.people import make_case, make_user
from tests.factories.programs import make_submitted
from tests.factories.referrals import make_referral

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="a register is grown on PostgreSQL")


def test_a_register_copied_twice_is_three_registers(app):
    officer = make_user()
    version = make_submitted(officer, make_case(officer))
    make_referral(version.program.case)
    tables = (User, Client, Case, Assignment, Step)
    counts = [db.session.scalar(select(func.count()).select_from(one)) for one in tables]
    db.session.commit()

    spread(3)

    assert [db.session.scalar(select(func.count()).select_from(one)) for one in tables] == [3 * one for one in counts]
    held = db.session.execute(select(Case.number, Assignment.officer_id, Assignment.office_id).join(Assignment)).all()
    assert len({number for number, *_rest in held}) == len({officer_id for _, officer_id, _ in held}) == 3
    for _number, officer_id, office_id in held:
        assert db.session.get_one(User, officer_id).office_id == office_id
    after = make_case(make_user())
    assert after.id > max(db.session.scalars(select(Case.id).where(Case.id != after.id)))
