"""The command that proposes a draft outside the database: from what an assessment found to goals with their reasons."""

import json
from pathlib import Path
from typing import Any

import click
from flask import Blueprint

from app.assessments.commands.scoring import text_in
from app.clients.vocabulary import Stage
from app.clock import today
from app.programs.methodology import Methodology, methodology_for
from app.programs.proposals.findings_file import NotFindings, read_findings
from app.programs.proposals.proposing import Findings, Line, SuggestedStep, Texts, draw_up
from app.programs.proposals.warnings import PlannedGoal, PlannedStep, Warned, warn
from app.programs.proposals.wording import reason_in_words, warning_in_words
from app.web.commands import refuse
from app.web.languages import LANGUAGES, speaking

bp = Blueprint("program_commands", __name__, cli_group="programs")
bp.cli.help = "What the methodology proposes."


@bp.cli.command("propose")
@click.option("--stage", required=True, help="One of pre_trial, sentence, penitentiary, post_penitentiary.")
@click.option(
    "--assessment", "path", required=True, type=click.Path(path_type=Path), help="JSON, as docs/methodology.md says."
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Texts in this language only.")
def propose(stage: str, path: Path, language: str | None) -> None:
    """Print what the methodology of a stage proposes for an assessment, in order and with reasons."""
    if stage.replace("-", "_") not in set(Stage):
        refuse(f"the stage is {stage}, not one of {', '.join(Stage)}")
    try:
        findings = read_findings(values_in(path), today())
    except NotFindings as fault:
        refuse(*fault.reasons)
    shown = proposal(methodology_for(Stage(stage.replace("-", "_"))), findings, language)
    click.echo(json.dumps(shown, ensure_ascii=False))


def values_in(path: Path) -> Any:
    try:
        return json.loads(text_in(path, "utf-8-sig"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        refuse(f"{path.name} is not JSON: {error}")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What is said twice is a slip that must not be decided silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def proposal(methodology: Methodology, findings: Findings, language: str | None = None) -> dict[str, Any]:
    """Plain content; texts in the three languages, or in one where it is named."""
    limits = methodology.limits
    lines = draw_up(methodology.rules, findings.known, limits.active_goals, findings.instrument)
    plan = [planned(line) for line in lines]
    return {
        "stage": methodology.stage,
        "methodology": {
            "version": methodology.own.version,
            "every_stage_version": methodology.common.version,
            "active_goals": limits.active_goals,
            "sha256": [methodology.own.digest, methodology.common.digest],
        },
        "goals": [goal_of(line, findings, language) for line in lines],
        "warnings": [warning_of(one, language) for one in warn(plan, findings, limits)],
    }


def planned(line: Line) -> PlannedGoal:
    steps = (PlannedStep(step.text, step.doer, hours=step.hours, when=step.when) for step in line.rule.steps)
    return PlannedGoal(frozenset({line.rule.area}), line.is_active, tuple(steps))


def goal_of(line: Line, findings: Findings, language: str | None) -> dict[str, Any]:
    rule = line.rule
    return {
        "rule": rule.code,
        "area": rule.area,
        "kind": rule.kind,
        "level": line.level,
        "state": "active" if line.is_active else "future",
        "goal": spoken(rule.goal, language),
        "reason": in_words(lambda: reason_in_words(line.reason, findings.assessed_on), language),
        "basis": spoken(rule.basis, language),
        "steps": [step_of(step, language) for step in rule.steps],
    }


def warning_of(warned: Warned, language: str | None) -> dict[str, Any]:
    text = in_words(lambda: warning_in_words(warned), language)
    return {"code": warned.caution, **({"area": warned.area} if warned.area else {}), "text": text}


def step_of(step: SuggestedStep, language: str | None) -> dict[str, Any]:
    known = {"doer": step.doer, "days": step.days, "hours": step.hours, "when": step.when, "service": step.service}
    return {**{key: value for key, value in known.items() if value is not None}, "text": spoken(step.text, language)}


def spoken(texts: Texts, language: str | None) -> str | dict[str, str]:
    return texts[language] if language else dict(texts)


def in_words(say: Any, language: str | None) -> str | dict[str, str]:
    """A sentence in one language, or in each of the three."""
    if language:
        with speaking(language):
            return str(say())
    return {code: str(in_words(say, code)) for code in LANGUAGES}
