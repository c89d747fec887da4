"""One page for each dated change of the register: what they share, and those of a practice."""

from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation
from registry.former import commissioned_by
from registry.forms import register as forms
from registry.models import PCN, ClinicalDirector, ListSize, Membership, NominatedPayee, PCNPeriod, Practice
from registry.workflow import register as verbs
from registry.workflow.register.change import PERMISSION

REGISTER = "registry.view_register"
MOST_SOURCES = 12
PRACTICES = ("Practices", "registry:practices")


def sources_near(*organisations: int) -> list[tuple[str, str]]:
    """(id, words) of the documents on which their rows stand; what a file says, later files keep up."""
    own = Organisation.objects.filter(pk__in=organisations)
    used = Q(pk__in=own.values("source")) | Q(pk__in=own.values("closed_source"))
    used |= Q(pk__in=ListSize.objects.filter(organisation__in=organisations).values("source"))
    used |= Q(pk__in=Membership.objects.filter(practice__in=organisations).values("source"))
    used |= Q(pk__in=Membership.objects.filter(practice__in=organisations).values("end_source"))
    for fact in (Membership, PCNPeriod, ClinicalDirector, NominatedPayee):
        rows = fact.objects.filter(pcn__in=organisations)
        used |= Q(pk__in=rows.values("source")) | Q(pk__in=rows.values("end_source"))
    found = Source.objects.exclude(kind=Source.Kind.FILE).filter(used)
    return [(str(source.pk), str(source)) for source in found.order_by("title", "pk")[:MOST_SOURCES]]


class Change(FormPage):
    """A change of one practice or PCN: `verb` is called with what the form says."""

    permission = PERMISSION
    see = REGISTER
    scope = "commissioned_by.pk"
    template_name = "registry/register/change.jinja"
    button = "Record it"
    done = "It is recorded."
    verb: Callable[..., Any]

    @property
    def organisation(self) -> Organisation:
        return cast("Organisation", self.object.organisation)

    def form_kwargs(self) -> dict[str, Any]:
        return {"sources": sources_near(self.object.pk)}

    def get_caption(self) -> str:
        return str(self.object)

    def save(self, form: Any) -> Any:
        # A source that the form names is kept only where the verb goes through.
        with transaction.atomic():
            return self.write(form)

    def write(self, form: Any) -> Any:
        """Call the verb; gives where to go next, as `save` does."""
        type(self).verb(self.object, by=self.request.user, **form.facts())
        return None

    def own(self) -> list[int]:
        """The commissioners whose register the user may change."""
        return list(self.request.user.scope(self.permission))


class Listed(Change):
    """A change that is told on the page of `about`, below the list `above`."""

    above: tuple[str, str]

    @property
    def about(self) -> Any:
        return self.object

    def back(self) -> str:
        return str(self.about.get_absolute_url())

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        text, name = self.above
        return [(text, reverse(name)), (str(self.about), self.back())]


class Withdrawn(Change):
    """What was recorded by mistake never was so: `verb` withdraws it, for a reason."""

    form_class = forms.WhyForm
    button, warning = "Withdraw it", True
    done = "It is withdrawn."
    intro = "It no longer counts, on any day. That it was recorded, and why it never was, stays in history."

    def form_kwargs(self) -> dict[str, Any]:
        return {}


class OfPractice(Listed):
    model = Practice
    above = PRACTICES
    lookup = {"ods_code": "organisation__code"}

    def queryset(self) -> "QuerySet[Any]":
        return Practice.objects.select_related("organisation", "commissioner")


class OpenPractice(Change):
    scope = ""
    title = "A practice opened"
    form_class = forms.OpenPracticeForm
    breadcrumbs = [PRACTICES]

    def form_kwargs(self) -> dict[str, Any]:
        own = Organisation.objects.filter(pk__in=self.own()).order_by("name")
        return {"sources": sources_near(*self.own()), "commissioners": own}

    def get_caption(self) -> str:
        return ""

    def back(self) -> str:
        return reverse("registry:practices")

    def write(self, form: Any) -> Any:
        return verbs.open_practice(by=self.request.user, **form.facts())


class ClosePractice(OfPractice):
    title = "The practice closed"
    intro = "It leaves its PCN on that day. Its history stays readable."
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.close_practice)


class MergePractice(OfPractice):
    title = "The practice merged into another"
    intro = "It closes and leaves its PCN on that day. The other practice stays where it is."
    form_class = forms.IntoForm
    verb = staticmethod(verbs.merge_practice)


class TakeOnList(OfPractice):
    title = "Its list was taken on by another practice"
    intro = "The practice closes and leaves its PCN on that day."
    form_class = forms.TakenOnForm
    verb = staticmethod(verbs.take_on_list)


class DisperseList(OfPractice):
    title = "Its list was dispersed"
    intro = "Its patients find other practices. The practice closes and leaves its PCN on that day."
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.disperse_list)


class JoinPCN(OfPractice):
    title = "The practice joined a PCN"
    form_class = forms.JoinForm
    verb = staticmethod(verbs.join_pcn)

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"commissioners": self.own()}

    def initial(self) -> dict[str, Any]:
        asked = PCN.objects.filter(
            commissioned_by(self.own(), clock.today()), organisation__slug=self.request.GET.get("pcn", "")
        )
        return {"pcn": asked.first()}

    def context(self) -> dict[str, Any]:
        rows = Membership.objects.standing().filter(practice=self.object, ends_on__isnull=True)
        return {"member": rows.select_related("pcn__organisation").first()}


class LeavePCN(OfPractice):
    title = "The practice left its PCN"
    form_class = forms.ChangeForm
    verb = staticmethod(verbs.leave_pcn)

    def save(self, form: Any) -> Any:
        super().save(form)
        joins = self.request.GET.get("then") == "join"
        return reverse("registry:join_pcn", args=[self.organisation.code]) if joins else None
