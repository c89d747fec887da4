"""Who may not read the papers of a private agenda item."""

from django.contrib.contenttypes.models import ContentType

from governance.models import AgendaItem
from pcnportal.people.models import User
from registry.models import Case


def papers_are_closed_to(user: User, case: Case) -> bool:
    """Whether `user` withdrew from a private agenda item about the case, and so may not read its papers."""
    if not user.person_id:
        return False
    items = AgendaItem.objects.filter(
        subject_type=ContentType.objects.get_for_model(Case), subject_id=case.pk, is_private=True
    )
    return items.filter(withdrawals__person=user.person_id).exists()
