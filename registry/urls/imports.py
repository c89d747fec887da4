from typing import Any

from django.urls import path

from pcnportal.pages.acts import act
from registry.models import ImportRun
from registry.views import imports, matches
from registry.workflow import importing

RUN: dict[str, Any] = {
    "permission": importing.PERMISSION,
    "model": ImportRun,
    "breadcrumbs": [("Imports", "registry:imports")],
}

urlpatterns = [
    path("imports/", imports.ImportList.as_view(), name="imports"),
    path("imports/new/", imports.UploadPage.as_view(), name="import_file"),
    path("imports/<int:pk>/", imports.RunPage.as_view(), name="import_run"),
    path(
        "imports/<int:pk>/apply/",
        act(
            importing.apply,
            title="Apply this import",
            button="Apply",
            done="{object} is written to the register.",
            **RUN,
        ),
        name="apply_import",
    ),
    path(
        "imports/<int:pk>/discard/",
        act(
            importing.discard,
            title="Discard this import",
            button="Discard",
            done="{object} is discarded. The register is as it was.",
            **RUN,
        ),
        name="discard_import",
    ),
    path(
        "imports/<int:pk>/undo/",
        act(
            importing.undo,
            reason="required",
            title="Undo this import",
            intro="The register is put back as it was. That is refused where something was built on it.",
            button="Undo the import",
            warning=True,
            done="{object} is undone. The register is as it was before it.",
            **RUN,
        ),
        name="undo_import",
    ),
    path("matches/", matches.MatchList.as_view(), name="matches"),
    path("matches/<int:pk>/", matches.MatchPage.as_view(), name="match"),
    path("matches/<int:pk>/confirm/", matches.ConfirmPage.as_view(), name="confirm_match"),
    path("matches/<int:pk>/reject/", matches.RejectPage.as_view(), name="reject_match"),
]
