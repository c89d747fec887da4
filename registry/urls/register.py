from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from pcnportal.findings.work import doubts_about
from registry.stated import stated_of
from registry.views import change_pcn, commissioners, correct_practice, register
from registry.views import change_register as change
from registry.views.comparing import ComparePage
from registry.views.pcn_page import PCNPage
from registry.views.practice_page import PracticePage

Panels = Sequence[Callable[..., Any]]


_PAGES = [
    path("practices/", register.PracticeList.as_view(), name="practices"),
    path("practices/open/", change.OpenPractice.as_view(), name="open_practice"),
    path("practices/<str:ods_code>/", PracticePage.as_view(panels=[doubts_about]), name="practice"),
    path("practices/<str:ods_code>/close/", change.ClosePractice.as_view(), name="close_practice"),
    path(
        "practices/<str:ods_code>/reopen/", correct_practice.ReopenPractice.as_view(), name="reopen_practice"
    ),
    path(
        "practices/<str:ods_code>/opening/", correct_practice.CorrectOpening.as_view(), name="correct_opening"
    ),
    path(
        "practices/<str:ods_code>/opening/withdraw/",
        correct_practice.WithdrawOpening.as_view(),
        name="withdraw_opening",
    ),
    path(
        "practices/<str:ods_code>/closing/", correct_practice.CorrectClosing.as_view(), name="correct_closing"
    ),
    path(
        "practices/<str:ods_code>/taken-over/withdraw/",
        correct_practice.WithdrawTakingOver.as_view(),
        name="withdraw_taking_over",
    ),
    path(
        "practices/<str:ods_code>/names/<int:pk>/correct/",
        correct_practice.CorrectPracticeName.as_view(),
        name="correct_practice_name",
    ),
    path(
        "practices/<str:ods_code>/names/<int:pk>/withdraw/",
        correct_practice.WithdrawPracticeName.as_view(),
        name="withdraw_practice_name",
    ),
    path("practices/<str:ods_code>/merge/", change.MergePractice.as_view(), name="merge_practice"),
    path("practices/<str:ods_code>/list-taken-on/", change.TakeOnList.as_view(), name="take_on_list"),
    path("practices/<str:ods_code>/disperse/", change.DisperseList.as_view(), name="disperse_list"),
    path("practices/<str:ods_code>/join/", change.JoinPCN.as_view(), name="join_pcn"),
    path("practices/<str:ods_code>/leave/", change.LeavePCN.as_view(), name="leave_pcn"),
    path("pcns/", register.PCNList.as_view(), name="pcns"),
    path("pcns/<slug:slug>/code/", change_pcn.CodePCN.as_view(), name="code_pcn"),
    path("pcns/<slug:slug>/rename/", change_pcn.RenamePCN.as_view(), name="rename_pcn"),
    path("pcns/<slug:slug>/close/", change_pcn.ClosePCN.as_view(), name="close_pcn"),
    path("pcns/<slug:slug>/reopen/", change_pcn.ReopenPCN.as_view(), name="reopen_pcn"),
    path("pcns/<slug:slug>/closing/", change_pcn.CorrectPCNClosing.as_view(), name="correct_pcn_closing"),
    path(
        "pcns/<slug:slug>/details/<int:pk>/correct/",
        change_pcn.CorrectDetail.as_view(),
        name="correct_detail",
    ),
    path(
        "pcns/<slug:slug>/details/<int:pk>/withdraw/",
        change_pcn.WithdrawDetail.as_view(),
        name="withdraw_detail",
    ),
    path("pcns/<slug:slug>/payee/", change_pcn.ChangePayee.as_view(), name="change_payee"),
    path(
        "pcns/<slug:slug>/directors/appoint/", change_pcn.AppointDirector.as_view(), name="appoint_director"
    ),
    path("pcns/<slug:slug>/directors/<int:pk>/end/", change_pcn.EndDirector.as_view(), name="end_director"),
    path(
        "pcns/<slug:slug>/directors/<int:pk>/correct/",
        change_pcn.CorrectDirector.as_view(),
        name="correct_director",
    ),
    path(
        "pcns/<slug:slug>/directors/<int:pk>/withdraw/",
        change_pcn.WithdrawDirector.as_view(),
        name="withdraw_director",
    ),
    path(
        "pcns/<slug:slug>/payees/<int:pk>/correct/", change_pcn.CorrectPayee.as_view(), name="correct_payee"
    ),
    path(
        "pcns/<slug:slug>/payees/<int:pk>/withdraw/",
        change_pcn.WithdrawPayee.as_view(),
        name="withdraw_payee",
    ),
    path("commissioners/", commissioners.CommissionersPage.as_view(), name="commissioners"),
    path(
        "commissioners/<str:ods_code>/succeeded/",
        commissioners.SucceedCommissioner.as_view(),
        name="succeed_commissioner",
    ),
    path(
        "commissioners/<str:ods_code>/successions/<int:pk>/withdraw/",
        commissioners.WithdrawSuccession.as_view(),
        name="withdraw_succession",
    ),
    path("register/compare/", ComparePage.as_view(), name="compare"),
    path(
        "register/memberships/<int:pk>/correct/",
        correct_practice.CorrectMembership.as_view(),
        name="correct_membership",
    ),
    path(
        "register/memberships/<int:pk>/withdraw/",
        correct_practice.WithdrawMembership.as_view(),
        name="withdraw_membership",
    ),
]


def addresses(*, pcn: Panels = ()) -> list[URLPattern]:
    """The register's patterns; `pcn` are panels of upper apps for the page of a PCN."""
    return [
        *_PAGES,
        path("pcns/<slug:slug>/", PCNPage.as_view(panels=[stated_of, *pcn, doubts_about]), name="pcn"),
    ]
