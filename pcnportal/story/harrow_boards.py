"""What became of Harrow's governance structure, as the board report of June 2019 tells it."""

from governance.models import Body
from governance.workflow.bodies import change_status
from pcnportal.people.models import User

SLIDES = "harrow-integrated-care-2019-06-18"
AGREED = (
    "The meeting of 18 June 2019 agreed the structure to be “good enough” as a working model to be adopted, "
    "recognising that it will develop and be shaped further."
)


def adopt_as_working_model(users: dict[str, User]) -> None:
    """The bodies that the slides propose become a working model."""
    for body in Body.objects.filter(source__slug=SLIDES, status=Body.Status.DRAFT).order_by("pk"):
        change_status(
            body,
            by=users["secretary@harrow.example"],
            seen=body.version,
            status=Body.Status.WORKING,
            reason=AGREED,
        )
