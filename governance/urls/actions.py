"""The register of actions, and what is done about one."""

from django.urls import path

from governance.views import action_verbs as verbs
from governance.views.actions import ActionFile, ActionList, ActionPage

ACTION = "governance/actions/<int:pk>/"

urlpatterns = [
    path("governance/actions/", ActionList.as_view(), name="actions"),
    path("governance/actions/new/", verbs.NewAction.as_view(), name="new_action"),
    path("governance/items/<int:pk>/actions/add/", verbs.ItemAction.as_view(), name="item_action"),
    path(ACTION, ActionPage.as_view(), name="action"),
    path(f"{ACTION}update/", verbs.UpdateAction.as_view(), name="update_action"),
    path(f"{ACTION}done/", verbs.FinishAction.as_view(), name="finish_action"),
    path(f"{ACTION}due/", verbs.ChangeDue.as_view(), name="change_due"),
    path(f"{ACTION}change/", verbs.ChangeAction.as_view(), name="change_action"),
    path(f"{ACTION}drop/", verbs.DropAction.as_view(), name="drop_action"),
    path(f"{ACTION}reopen/", verbs.ReopenAction.as_view(), name="reopen_action"),
    path("governance/action-files/<int:pk>/", ActionFile.as_view(), name="action_file"),
]
