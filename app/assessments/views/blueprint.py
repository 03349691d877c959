"""The room's blueprint, and what its pages show of an assessment that is under way."""

from dataclasses import dataclass

from flask import Blueprint

from app.assessments import library
from app.assessments.instrument import Instrument, Section
from app.assessments.labels import level_label, level_name, proposal_in_words, shown_level, step_in_words
from app.assessments.models import Assessment
from app.assessments.progress import Progress, Stop, progress, stopping_place

bp = Blueprint("assessments", __name__)
bp.add_app_template_filter(shown_level)
bp.add_app_template_filter(level_label)
bp.add_app_template_filter(level_name)
bp.add_app_template_filter(step_in_words, "level_step")
bp.add_app_template_filter(proposal_in_words, "level_proposal")


@dataclass(frozen=True, slots=True)
class Course:
    """How far an assessment has come."""

    assessment: Assessment
    instrument: Instrument
    parts: tuple[Progress, ...]

    @property
    def answered(self) -> int:
        return sum(part.answered for part in self.parts)

    @property
    def answered_items(self) -> frozenset[str]:
        return self.assessment.unknown | self.assessment.chosen.keys()

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def is_done(self) -> bool:
        return all(part.is_done for part in self.parts)

    @property
    def stop(self) -> Stop | None:
        """Where somebody left off, on whichever machine."""
        return stopping_place(self.parts)

    def place(self, section: Section) -> int:
        return self.instrument.sections.index(section)

    def after(self, section: Section) -> Section | None:
        """The section to go on with; None after the last one."""
        following = self.instrument.sections[self.place(section) + 1 :]
        return following[0] if following else None

    def before(self, section: Section) -> Section | None:
        return self.instrument.sections[self.place(section) - 1] if self.place(section) else None


def course_of(assessment: Assessment) -> Course:
    instrument = library.of(assessment)
    answered = assessment.unknown | assessment.chosen.keys()
    return Course(assessment, instrument, progress(instrument, answered, assessment.unsourced))
