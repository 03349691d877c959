"""What is said of an assessment belongs to its case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.clients.cases import Case
from app.clients.models import Client

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

    from app.assessments.models.assessment import Assessment


class AboutAssessment:
    """Mixin for records that refer to an assessment: they are guarded exactly as its case is."""

    if TYPE_CHECKING:
        assessment: Mapped[Assessment]

    @property
    def case(self) -> Case:
        return self.assessment.case

    @property
    def client(self) -> Client:
        return self.assessment.client

    @property
    def about_client_id(self) -> int:
        return self.assessment.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.assessment.holders
