"""What happened in a case: assessments, a programme and how it was carried out, help by a volunteer or mentor."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache, partial

from app.assessments import library
from app.assessments.vocabulary import Stage
from app.audit.models import Kind
from app.clients.vocabulary import Stage as ClientStage
from app.programs.methodology import methodology_for
from app.programs.proposals.proposing import Line, Rule
from app.programs.vocabulary import Consenting, GoalState, Outcome, Phase, StepState, Verdict
from app.seeds.population.answering import Answered
from app.seeds.population.people import Life
from app.seeds.population.referrals import Referrer
from app.seeds.population.rows import Rows
from app.seeds.population.sequels import follow
from app.sessions.consent import latest_end
from app.sessions.vocabulary import Absence, Medium
from app.web.dates import age_on
from app.web.months import months_after

CONCLUSION = "Синтетический вывод: выше всего потребности, указанные первыми; опора – сильные стороны человека."
ASSESSED, AGAIN, PLANNED, APPROVED, CHANGED, HELPED = 0.93, 0.75, 0.85, 0.93, 0.2, 0.14  # shares, assumed
MONTHS_TOLD = 24  # so many assessments as fit into these by the instrument's longest term
LATE = 4  # days after its term in which a first assessment may still come
# How programmes end, of a hundred.
ENDINGS = {
    Outcome.ACHIEVED: 40, Outcome.PARTLY_ACHIEVED: 35, Outcome.NOT_ACHIEVED: 15, Outcome.LEFT_THE_REGISTER: 10,
}  # fmt: skip


class Historian:
    """Tells lives on, with the answers to the instruments of ``day`` by their codes."""

    def __init__(self, rows: Rows, sets: Mapping[str, tuple[Answered, ...]], referrer: Referrer, day: date) -> None:
        self.rows, self.sets, self.referrer = rows, sets, referrer
        self.fitting = cache(partial(library.fitting, on=day))

    def tell(self, life: Life) -> list[tuple[int, date, Answered, dict[str, int]]]:
        """Tell a life on; the assessments that were completed in it."""
        self.seen(life, "clients.create", "register_client", life.registered_on)
        assessments = self.assessments(life)
        follow(self.rows, life, assessments)
        if assessments and life.chance.random() < PLANNED:
            self.program(life, assessments)
        return assessments

    def seen(self, life: Life, what: str, permission: str, on: date, kind: Kind = Kind.ACT) -> None:
        self.rows.add(
            "journal", at=life.at(on), actor_id=life.officer_id, kind=kind, what=what, permission=permission,
            subject="client", subject_id=life.client_id, client_id=life.client_id, address="192.0.2.1",
        )  # fmt: skip

    def assessments(self, life: Life) -> list[tuple[int, date, Answered, dict[str, int]]]:
        """Number, day, answers, and the numbers of the needs by their codes, of every completed assessment."""
        told: list[tuple[int, date, Answered, dict[str, int]]] = []
        instrument = self.fitting(age_on(life.born_on, life.registered_on), Stage(life.stage))
        if instrument is None or life.chance.random() > ASSESSED:
            return told
        on = life.registered_on + timedelta(days=life.chance.randrange(5, instrument.initial_within_days + LATE))
        most = MONTHS_TOLD // max(instrument.valid_months.values())
        while on < life.end and len(told) < most:
            instrument = self.fitting(age_on(life.born_on, on), Stage(life.stage)) or instrument
            given = life.chance.choice(self.sets[instrument.code])
            number, needs = self.assessment(life, on, given)
            told.append((number, on, given, needs))
            if life.chance.random() > AGAIN:
                break
            on = months_after(on, given.months) - timedelta(days=life.chance.randrange(-20, 25))
        return told

    def assessment(self, life: Life, on: date, given: Answered) -> tuple[int, dict[str, int]]:
        rows, at = self.rows, life.at(on)
        number = rows.add(
            "assessments", case_id=life.case_id, instrument_code=given.instrument.code,
            instrument_version=str(given.instrument.version), instrument_digest=given.instrument.digest,
            started_at=at - timedelta(minutes=70), started_by_id=life.officer_id, saved_at=at, version=1,
        )  # fmt: skip
        rows.add_plain("assessment_answers", [(number, *answer) for answer in given.answers])
        first = rows.last["assessment_needs"] + 1
        rows.add_plain("assessment_needs", [(number, *need) for need in given.needs])
        needs = {need[0]: first + place for place, need in enumerate(given.needs)}
        rows.add(
            "assessment_completions", assessment_id=number, on=on, at=at, by_id=life.officer_id, points=given.points,
            level=given.level, result=given.result, conclusion=CONCLUSION, reassess_by=months_after(on, given.months),
        )  # fmt: skip
        self.seen(life, "desk.client", "view_client", on, Kind.READ)
        return number, needs

    def program(self, life: Life, assessments: list[tuple[int, date, Answered, dict[str, int]]]) -> None:
        """One programme, drawn up from the first assessment; sometimes changed after the second."""
        if not assessments[0][2].proposed[Stage(life.stage)]:
            return
        on = assessments[0][1] + timedelta(days=life.chance.randrange(1, 12))
        if on >= life.end:
            return
        number = self.rows.add("programs", case_id=life.case_id, number="", opened_at=life.at(on))
        self.rows.correct("programs", "number", f"P-{on.year}-{number:06}")
        plan = Plan(self.rows, life, number, self.referrer)
        in_force = plan.version(assessments[0], on, 1)
        if len(assessments) > 1 and in_force and life.chance.random() < CHANGED:
            plan.version(assessments[1], assessments[1][1] + timedelta(days=3), 2)
        if in_force and life.chance.random() < HELPED:
            self.help(life, plan, on)
        if life.gone_on and in_force:
            outcome = life.chance.choices(tuple(ENDINGS), tuple(ENDINGS.values()))[0]
            self.rows.add(
                "program_closures", program_id=number, on=life.gone_on, outcome=outcome, words="Срок закончился.",
                by_id=life.officer_id, at=life.at(life.gone_on),
            )  # fmt: skip

    def help(self, life: Life, plan: "Plan", since: date) -> None:
        """A match with its consent and a session every few weeks, most of them confirmed."""
        rows, chance = self.rows, life.chance
        starts_on = since + timedelta(days=14)
        until_on = min(since + timedelta(days=370), latest_end(starts_on, life.born_on))
        if starts_on >= life.end:
            return
        helper_id = chance.choice(life.place.helpers)
        number = rows.add(
            "matches", case_id=life.case_id, helper_id=helper_id, program_id=plan.number, starts_on=starts_on,
            made_by_id=life.officer_id, made_at=life.at(starts_on),
        )  # fmt: skip
        goal = plan.threads[0]
        rows.add("match_goals", match_id=number, thread=goal)
        rows.add(
            "match_consents", match_id=number, given_on=starts_on, until_on=until_on, names_phone=True,
            names_address=chance.random() < 1 / 3, representative=life.representative_on(starts_on),
            recorded_by_id=life.officer_id, recorded_at=life.at(starts_on),
        )  # fmt: skip
        on = starts_on + timedelta(days=chance.randrange(3, 15))
        while on < min(life.end, until_on):
            self.session(life, number, on, goal, helper_id)
            on += timedelta(days=chance.randrange(14, 45))

    def session(self, life: Life, match_id: int, on: date, goal: str, helper_id: int) -> None:
        rows, chance = self.rows, life.chance
        met = chance.random() < 0.9  # noqa: PLR2004 - nine in ten
        at = life.at(on)
        number = rows.add(
            "sessions", match_id=match_id, on=on, starts_at=time(17, chance.randrange(60)),
            minutes=chance.choice((30, 45, 60, 60, 90)) if met else 0, medium=chance.choice(tuple(Medium)), has_met=met,
            absence=None if met else chance.choice(tuple(Absence)), done="Беседа о цели." if met else None,
            goal_thread=goal, has_concern=False, logged_by_id=helper_id, logged_at=at + timedelta(hours=9),
        )  # fmt: skip
        if on < life.day - timedelta(days=20) or chance.random() < 1 / 2:
            rows.add("session_confirmations", session_id=number, by_id=life.officer_id, at=at + timedelta(days=3))


class Plan:
    """A programme as it is drawn up and carried out; goals and steps keep their threads through its versions."""

    def __init__(self, rows: Rows, life: Life, number: int, referrer: Referrer) -> None:
        self.rows, self.life, self.number, self.referrer = rows, life, number, referrer
        self.known: dict[str, str] = {}

    @property
    def threads(self) -> list[str]:
        return [thread for name, thread in self.known.items() if "." not in name]

    def thread(self, name: str) -> str:
        return self.known.setdefault(name, f"{self.life.chance.getrandbits(128):032x}")

    def version(self, basis: tuple[int, date, Answered, dict[str, int]], on: date, ordinal: int) -> bool:
        """A version up to its approval, if it came so far; whether it did."""
        rows, life = self.rows, self.life
        assessment_id, _assessed_on, given, needs = basis
        proposed = given.proposed[Stage(life.stage)]
        if on >= life.end or not proposed:
            return False
        starts_on = on + timedelta(days=5)
        number = rows.add(
            "program_versions", program_id=self.number, ordinal=ordinal, assessment_id=assessment_id,
            drafted_by_id=life.officer_id, drafted_at=life.at(on), starts_on=starts_on,
            review_on=starts_on + timedelta(days=182), version=1,
        )  # fmt: skip
        taken = life.chance.sample(proposed, min(len(proposed), life.chance.randint(2, 4)))
        for place, suggestion in enumerate(taken, start=1):
            rule = suggestion.rule
            goal_id = rows.add(
                "program_goals", version_id=number, thread=self.thread(rule.code), ordinal=place,
                text=rule.goal[life.language], need_id=needs[rule.area], rule=rule.code,
                phase=Phase.ACTIVE if suggestion.is_active else Phase.FUTURE,
            )  # fmt: skip
            for step_place, step in enumerate(rule.steps, start=1):
                due_on = starts_on + timedelta(days=step.days)
                name = f"{rule.code}.{step_place}"
                rows.add(
                    "program_steps", goal_id=goal_id, thread=self.thread(name), ordinal=step_place,
                    text=step.text[life.language], doer=step.doer, due_on=due_on, direction=step.service,
                    hours=step.hours,
                )  # fmt: skip
        self.keep_proposals(number, proposed, {line.rule.code for line in taken})
        return self.decide(number, on, starts_on, taken)

    def keep_proposals(self, version_id: int, proposed: Sequence[Line], taken: Collection[str]) -> None:
        """What the methodology proposed, and the goals that were made of it."""
        methodology = methodology_for(ClientStage(self.life.stage))
        self.rows.add(
            "program_bases", version_id=version_id, stage=methodology.stage, methodology=methodology.own.version,
            common=methodology.common.version,
        )  # fmt: skip
        for position, line in enumerate(proposed, start=1):
            code = line.rule.code
            self.rows.add(
                "program_proposals", version_id=version_id, position=position, rule=code, area=line.rule.area,
                kind=line.found.kind, level=line.level, source=line.found.source, is_active=line.is_active,
                goal_thread=self.thread(code) if code in taken else None, is_changed=False,
            )  # fmt: skip

    def decide(self, number: int, on: date, starts_on: date, taken: list[Line]) -> bool:
        rows, life = self.rows, self.life
        agreed_on, decided_on = on + timedelta(days=1), on + timedelta(days=4)
        answer = life.chance.choices(tuple(Consenting), (85, 9, 4, 2))[0]
        rows.add(
            "program_agreements", version_id=number, answer=answer, on=agreed_on, by_id=life.officer_id,
            at=life.at(agreed_on), representative=life.representative_on(agreed_on),
        )  # fmt: skip
        if decided_on >= life.end or life.chance.random() > APPROVED:
            return False
        rows.add("program_submissions", version_id=number, by_id=life.officer_id, at=life.at(on + timedelta(days=2)))
        rows.add(
            "program_approvals", version_id=number, on=decided_on, by_id=life.place.head_id, at=life.at(decided_on)
        )
        self.carry_out(number, starts_on, taken)
        return True

    def carry_out(self, number: int, starts_on: date, taken: list[Line]) -> None:
        rows, life = self.rows, self.life
        for suggestion in taken:
            if suggestion.is_active:
                self.work_on(suggestion.rule, starts_on)
        on = starts_on + timedelta(days=180)
        while on < life.end and life.chance.random() < 0.85:  # noqa: PLR2004 - the rest is late
            rows.add(
                "program_reviews", version_id=number, on=on, verdict=Verdict.CONTINUE, words="Продолжать.",
                next_review_on=on + timedelta(days=182), by_id=life.officer_id, at=life.at(on),
            )  # fmt: skip
            on += timedelta(days=180)

    def work_on(self, rule: Rule, starts_on: date) -> None:
        """The steps of a goal as they were done, the referrals that they asked for, and perhaps the goal achieved."""
        rows, life, states, last = self.rows, self.life, [], starts_on
        for place, step in enumerate(rule.steps, start=1):
            thread = self.thread(f"{rule.code}.{place}")
            if step.service:
                asked_on = starts_on + timedelta(days=life.chance.randrange(1, 10))
                self.referrer.refer(life, rule.area, thread, step.service, asked_on)
            on = starts_on + timedelta(days=step.days - life.chance.randrange(0, min(step.days, 14)))
            if on < life.end and life.chance.random() < 0.85:  # noqa: PLR2004 - the rest is late
                states.append(life.chance.choices(tuple(StepState), (0, 18, 74, 5, 3))[0])
                last = max(last, on)
                rows.add(
                    "program_progress", program_id=self.number, state=states[-1], thread=thread, on=on,
                    by_id=life.officer_id, at=life.at(on),
                )  # fmt: skip
        if states == [StepState.DONE] * len(rule.steps):
            rows.add(
                "program_goal_progress", program_id=self.number, thread=self.thread(rule.code),
                state=GoalState.ACHIEVED, on=last, by_id=life.officer_id, at=life.at(last),
            )  # fmt: skip
