"""Interests, conflicts and breaches."""

from django.urls import URLPattern, path

from governance.proposing import Proposing
from governance.views import breaches, conflicts, interest_verbs, interests

INTEREST, BREACH = "governance/interests/<int:pk>/", "governance/breaches/<int:pk>/"
CONFLICT, OF_ITEM = "governance/conflicts/<int:pk>/", "governance/items/<int:pk>/conflicts/"


def urlpatterns(proposing: Proposing) -> list[URLPattern]:
    """The addresses; `proposing` is what knows the rules of conflicts, handed in by the roof."""
    by = {"proposing": proposing}
    return [
        path("governance/interests/", interests.InterestList.as_view(), name="interests"),
        path("governance/interests/declare/", interest_verbs.Declare.as_view(**by), name="declare"),
        path(
            "governance/interests/new/",
            interest_verbs.RegisterInterest.as_view(**by),
            name="register_interest",
        ),
        path(INTEREST, interests.InterestPage.as_view(), name="interest"),
        path(f"{INTEREST}end/", interest_verbs.EndInterest.as_view(**by), name="end_interest"),
        path(f"{INTEREST}correct/", interest_verbs.CorrectInterest.as_view(**by), name="correct_interest"),
        path(f"{INTEREST}withdraw/", interest_verbs.WithdrawInterest.as_view(**by), name="withdraw_interest"),
        path(OF_ITEM, conflicts.Conflicts.as_view(**by), name="conflicts"),
        path(f"{OF_ITEM}add/", conflicts.AddConflict.as_view(**by), name="add_conflict"),
        path(f"{OF_ITEM}look-again/", conflicts.LookAgain.as_view(**by), name="look_again"),
        path("governance/conflicts/rules/", conflicts.Rules.as_view(**by), name="conflict_rules"),
        path(f"{CONFLICT}judge/", conflicts.JudgeConflict.as_view(**by), name="judge_conflict"),
        path(f"{CONFLICT}handle/", conflicts.HandleConflict.as_view(**by), name="handle_conflict"),
        path("governance/breaches/", breaches.BreachList.as_view(), name="breaches"),
        path("governance/breaches/new/", breaches.RecordBreach.as_view(), name="record_breach"),
        path(BREACH, breaches.BreachPage.as_view(), name="breach"),
        path(f"{BREACH}findings/", breaches.AddFindings.as_view(), name="add_findings"),
        path(f"{BREACH}close/", breaches.CloseBreach.as_view(), name="close_breach"),
    ]
