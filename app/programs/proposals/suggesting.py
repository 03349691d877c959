"""What the methodology proposes for a draft, kept with it, and what the officer makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex

from flask_babel import gettext as _

from app.assessments.models import Assessment
from app.assistance.vocabulary import Direction
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Stage
from app.clients.working_days import calendar
from app.programs.drafts.drafting import after_change, after_opening, changed, last_goal, must_be_draft, need_of
from app.programs.methodology import Methodology, methodology_for, wordings_by_code
from app.programs.models import Basis, Declined, Goal, Proposal, Step, Version
from app.programs.proposals.findings import findings_of
from app.programs.proposals.proposing import AreaKind, Line, Rule, draw_up
from app.programs.vocabulary import Doer, Phase, ProposalAnswer
from app.web.languages import language

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal as the page shows it: its rule in the wording that was proposed, and how it stands."""

    proposal: Proposal
    rule: Rule

    @property
    def level(self) -> str:
        return self.proposal.level

    @property
    def is_active(self) -> bool:
        return self.proposal.is_active


def stage_of(case: Case, on: date) -> Stage:
    """The stage on a day; of a case that began later, its first; of one without any, that of the sentence."""
    first = case.stages[0].stage if case.stages else Stage.SENTENCE
    return case.stage_on(on) or first


def lines_for(case: Case, assessment: Assessment, on: date) -> tuple[Line, ...]:
    """What would be proposed for a programme that starts on a day."""
    return lines_by(methodology_for(stage_of(case, on)), case, assessment, on)


def lines_by(methodology: Methodology, case: Case, assessment: Assessment, on: date) -> tuple[Line, ...]:
    findings = findings_of(assessment, case.client, on)
    return draw_up(methodology.rules, findings.known, methodology.limits.active_goals, findings.instrument)


def propose(version: Version) -> None:
    """Keep what is proposed for a version and by which methodology; what its goals answer already counts as taken."""
    methodology = methodology_for(stage_of(version.case, version.starts_on))
    version.basis = Basis(
        stage=methodology.stage, methodology=methodology.own.version, common=methodology.common.version
    )
    lines = lines_by(methodology, version.case, version.assessment, version.starts_on)
    version.proposals = [proposal_of(line, position) for position, line in enumerate(lines, start=1)]
    follow(version)


def proposal_of(line: Line, position: int) -> Proposal:
    return Proposal(
        position=position,
        rule=line.rule.code,
        area=line.rule.area,
        kind=line.found.kind,
        level=line.level,
        source=line.found.source,
        is_active=line.is_active,
    )


def follow(version: Version) -> None:
    """See what became of the proposals: which are goals now, and which of these say something else than the rule."""
    goals = {goal.rule: goal for goal in version.goals if goal.rule}
    before = {row.rule: row.change_reason for row in earlier_proposals(version)}
    for row in version.proposals:
        goal = goals.get(row.rule)
        row.goal_thread = goal.thread if goal else None
        row.is_changed = goal is not None and differs(goal)
        row.change_reason = (row.change_reason or before.get(row.rule)) if row.is_changed else None


def earlier_proposals(version: Version) -> Sequence[Proposal]:
    """Those of the version before, whose reasons still hold where its goals went on unchanged."""
    versions = version.program.versions
    return next((one.proposals for one in reversed(versions) if one.ordinal == version.ordinal - 1), [])


def differs(goal: Goal) -> bool:
    """Whether the officer changed the goal's words, or its steps: other words, another doer, one more or one less."""
    return not any(says(goal, rule) for rule in wordings_by_code().get(goal.rule or "", ()))


def says(goal: Goal, rule: Rule) -> bool:
    """Whether a goal says what a rule does, each line in any language."""
    return (
        goal.text in rule.goal.values()
        and len(goal.steps) == len(rule.steps)
        and all(
            step.text in known.text.values() and step.doer == known.doer
            for step, known in zip(goal.steps, rule.steps, strict=True)
        )
    )


def offers(version: Version) -> tuple[Offer, ...]:
    """Every proposal for a draft in its order. A draft that was opened before proposals were kept gets them now."""
    if version.basis is None and version.is_draft:
        propose(version)
    return tuple(Offer(row, rule_of(row)) for row in version.proposals)


def rule_of(row: Proposal) -> Rule:
    """The rule in the wording that was proposed. Raise MethodologyLost where that version is gone."""
    return methodology_of(row.version_).rule(row.rule)


def methodology_of(version: Version) -> Methodology:
    """The one that proposed to the version; of a version from before that was kept, the one that would today."""
    if basis := version.basis:
        return methodology_for(basis.stage, basis.methodology, basis.common)
    return methodology_for(stage_of(version.case, version.starts_on))


def suggestions_for(version: Version) -> tuple[Offer, ...]:
    """What was proposed and is no goal of the draft, or not any more."""
    return tuple(one for one in offers(version) if one.proposal.goal_thread is None)


def take(version: Version, code: str) -> Goal:
    """Copy a proposal into the draft, in the language spoken; from then on it is free to be changed."""
    must_be_draft(version)
    offered = next((one for one in suggestions_for(version) if one.rule.code == code), None)
    if offered is None:
        raise NotPossible(_("This suggestion is not offered, or it is already in the draft."))
    goal = add(version, offered)
    changed(version)
    return goal


def take_all(version: Version) -> int:
    """Take every proposal that is neither a goal yet nor declined; how many there were."""
    must_be_draft(version)
    open_ones = [one for one in suggestions_for(version) if one.proposal.answer is ProposalAnswer.OPEN]
    if not open_ones:
        raise NotPossible(_("Nothing is left to take: each suggestion is a goal of the draft already, or declined."))
    for one in open_ones:
        add(version, one)
    changed(version)
    return len(open_ones)


def add(version: Version, offered: Offer) -> Goal:
    rule = offered.rule
    version.declined = [row for row in version.declined if row.rule != rule.code]
    goal = Goal(thread=token_hex(16), ordinal=last_goal(version) + 1, text=rule.goal[language()], rule=rule.code)
    goal.need = None if rule.kind is AreaKind.RESPONSIVITY else need_of(version, rule.area)
    goal.phase = Phase.ACTIVE if offered.is_active else Phase.FUTURE
    goal.steps = steps_of(rule, version.starts_on)
    version.goals.append(goal)
    return goal


def steps_of(rule: Rule, starts_on: date) -> list[Step]:
    return [
        Step(
            thread=token_hex(16),
            ordinal=ordinal,
            text=step.text[language()],
            doer=Doer(step.doer),
            due_on=working_day(starts_on + timedelta(days=step.days)),
            direction=Direction(step.service) if step.service else None,
            hours=step.hours,
        )
        for ordinal, step in enumerate(rule.steps, start=1)
    ]


def working_day(day: date) -> date:
    """The day, or the next on which offices are open."""
    while not calendar().is_working(day):
        day += DAY
    return day


def decline(version: Version, code: str, reason: str) -> None:
    """Keep why a proposal was not taken."""
    must_be_draft(version)
    if code not in {one.rule.code for one in suggestions_for(version)}:
        raise NotPossible(_("This suggestion is not offered, or it is already in the draft."))
    known = next((row for row in version.declined if row.rule == code), None)
    if known:
        known.reason = reason
    else:
        version.declined.append(Declined(rule=code, reason=reason))
    version.saved_over()


def changed_proposal(goal: Goal) -> Proposal | None:
    """The proposal that a goal was taken from, where it says something else by now."""
    rows = goal.version_.proposals
    return next((row for row in rows if row.goal_thread == goal.thread and row.is_changed), None)


def explain(proposal: Proposal, reason: str) -> None:
    """Keep why what was taken was changed."""
    must_be_draft(proposal.version_)
    if not proposal.is_changed:
        raise NotPossible(_("This goal is as it was suggested, so there is nothing to explain."))
    proposal.change_reason = reason
    proposal.version_.saved_over()


after_opening.append(propose)
after_change.append(follow)
