"""Who may open what of the admin: every page of every model that is registered there."""

from itertools import product

import pytest
from django.contrib.admin import site
from django.test import Client

from pcnportal.people.roles import PERMISSIONS
from tests.addresses import every_address
from tests.permissions import PUBLIC, REGISTER
from tests.reading import signed_in

# What reading and adding ask for, by model. Nothing is deleted in the admin.
NOBODY = "nobody may"
MODELS = {
    "people.user": ("people.view_user", "people.add_user"),
    "history.source": ("history.add_source", "history.add_source"),
    "governance.quorumrule": ("governance.change_quorumrule", "governance.change_quorumrule"),
    "registry.checklist": ("registry.change_checklist", "registry.change_checklist"),
    "governance.body": (REGISTER, NOBODY),
    "registry.practice": (REGISTER, NOBODY),
    "registry.pcn": (REGISTER, NOBODY),
    "registry.membership": (REGISTER, NOBODY),
    "registry.clinicaldirector": (REGISTER, NOBODY),
    "registry.nominatedpayee": (REGISTER, NOBODY),
    "registry.pcnperiod": (REGISTER, NOBODY),
    "registry.listsize": (REGISTER, NOBODY),
    "registry.commissioner": (REGISTER, NOBODY),
    "registry.round": (REGISTER, NOBODY),
    "axes.accessattempt": (NOBODY, NOBODY),
    "axes.accesslog": (NOBODY, NOBODY),
    "axes.accessfailurelog": (NOBODY, NOBODY),
}
PAGES = ("changelist", "add", "history", "change", "delete")
# The admin's other addresses, with what an administrator gets; the page for a password is the portal's own.
OTHERS = {
    "admin:index": 200,
    "admin:jsi18n": 200,
    "admin:app_list": 200,
    "admin:autocomplete": 403,
    "admin:view_on_site": 404,
    "admin/(?P<url>.*)$": 404,
    "admin/password_change/": 302,
    "admin:password_change": 302,
    "admin:password_change_done": 200,
    "admin:auth_user_password_change": 200,
}
ADDRESSES = {
    a.name: a for a in every_address() if a.name.startswith(("admin:", "admin/")) and a.name not in PUBLIC
}


def name_of(model: str, page: str) -> str:
    return f"admin:{model.replace('.', '_')}_{page}"


def of_a_row(model: str) -> str:
    """The address without a page's name, which leads to the page for changing."""
    return f"admin/{model.replace('.', '/')}/<path:object_id>/"


def path_of(name: str, user_id: int) -> str:
    if name == "admin:app_list":
        return "/admin/registry/"
    if name == "admin/(?P<url>.*)$":
        return "/admin/nowhere/"
    return ADDRESSES[name].path(object_id=user_id, id=user_id, content_type_id=1)


def test_every_address_of_the_admin_is_listed():
    of_models = {name_of(model, page) for model, page in product(MODELS, PAGES)} | set(map(of_a_row, MODELS))
    assert of_models | set(OTHERS) == set(ADDRESSES)
    assert {model._meta.label_lower for model in site._registry} == set(MODELS)


def test_every_permission_is_given_to_a_role():
    assert {permission for asked in MODELS.values() for permission in asked} - {NOBODY} <= PERMISSIONS


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_opens_what_the_role_gives(harrow, admin, model):
    view, add = MODELS[model]
    administrator = harrow.user("admin")
    for page in PAGES:
        asked = {"add": add, "delete": NOBODY}.get(page, view)
        status = admin.get(path_of(name_of(model, page), administrator.pk)).status_code
        # Where there is no such row, the way leads back.
        back = (302,) if page in ("history", "change") else ()
        assert status in (200 if administrator.can(asked) else 403, *back), page


def test_what_else_the_admin_answers_an_administrator(harrow, admin):
    user = harrow.user("admin")
    assert {name: admin.get(path_of(name, user.pk)).status_code for name in OTHERS} == OTHERS


def test_nobody_else_comes_in(harrow):
    for user in (harrow.user("manager"), harrow.user("officer@havering.example"), None):
        client = signed_in(user) if user else Client()
        for name in ADDRESSES:
            for response in (
                client.get(path := path_of(name, harrow.user("admin").pk)),
                client.post(path, {}),
            ):
                assert response.status_code == 302, name
                led_to = response["Location"].partition("?")[0]
                assert led_to in ("/sign-in/", "/admin/login/") or (user and led_to == "/password/"), name
