"""What this package keeps of a person, for merges and erasures."""

from assay.assessments.models import HandIn, Score, Tryout
from assay.assessments.scoring import SCORE
from assay.assessments.tryouts import TRY
from assay.assessments.viva import VIVA
from assay.core.personal_data import Moved
from assay.sandbox.services import forget_runs


class AssessmentsHolder:
    """Sittings follow their application, and go with it; runs hold copies of what was handed in."""

    name = "assessments"

    def move(self, *, source_id: int, target_id: int) -> Moved:  # noqa: ARG002 -- the protocol's
        """Move nothing: applications are moved by their own holder."""
        return {}

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Nothing was moved."""

    def erase(self, *, person_id: int) -> None:
        """Delete the runs; the rest goes with the applications."""
        scores = Score.objects.filter(hand_in__attempt__sitting__application__person_id=person_id)
        forget_runs(purpose=SCORE, subjects=list(scores.values_list("ref", flat=True)))
        hand_ins = HandIn.objects.filter(attempt__sitting__application__person_id=person_id)
        forget_runs(purpose=VIVA, subjects=list(hand_ins.values_list("ref", flat=True)))
        tryouts = Tryout.objects.filter(attempt__sitting__application__person_id=person_id)
        forget_runs(purpose=TRY, subjects=list(tryouts.values_list("ref", flat=True)))
