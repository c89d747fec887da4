"""Who may not read the papers of a case, because they left for an agenda item about it or are to."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from governance.models import AgendaItem, Conflict
from governance.withdrawn import withdrawn_from
from pcnportal.people.models import User
from registry.models import Case, Condition


def papers_are_closed_to(user: User, case: Case) -> bool:
    """Whether `user` may not read the papers of the case.

    They left for a private item about it or one of its conditions, or are to; or they are not to receive the
    paper of any item about it. Four queries; none for who is no person.
    """
    if not user.person_id:
        return False
    kinds = ContentType.objects.get_for_models(Case, Condition)
    conditions = Condition.objects.filter(case=case).values("pk")
    items = AgendaItem.objects.filter(
        Q(subject_type=kinds[Case], subject_id=case.pk)
        | Q(subject_type=kinds[Condition], subject_id__in=conditions)
    )
    no_paper = Conflict.objects.filter(
        item__in=items, person=user.person_id, handling=Conflict.Handling.NO_PAPER
    )
    return bool(withdrawn_from(user, items.filter(is_private=True))) or no_paper.exists()
