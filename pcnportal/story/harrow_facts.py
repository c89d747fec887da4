"""What the board report of June 2019 says of Harrow's six registrations, in our words; see `harrow_2019`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pcnportal.people.models import Organisation
from registry.models import Case, Condition
from registry.workflow.outcomes import body_for

COLLABORATIVE, EAST = "harrow-collaborative-pcn", "harrow-east-pcn"
REPORT = "harrow-board-report-2019-06"

# Members by ODS code, clinical directors with their practice; the report gives no share, signature or payee.
FORMS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    COLLABORATIVE: (
        "E84617 Y05080 E84040 E84070 E84680 E84676 E84681 E84653 E84647",
        (("Dr Dilip Patel", "E84617"),),
    ),
    "healthsense-pcn": (
        "E84068 E84024 E84008 E84009 E84022 E84601 E84663",
        (("Dr Amol Kelshiker", "E84024"),),
    ),
    "gp-direct-pcn": ("E84058 E84005 E84062", (("Dr Shahla Ahmad", "E84058"),)),
    EAST: ("E84039 E84075 E84014", (("Dr Meena Thakur", "E84039"),)),
    "health-alliance-pcn": (
        "E84658 E84069 E84057 E84004 E84713 E84646",
        (("Dr Kaushik Karia", "E84658"),),
    ),
    "sphere-pcn": (
        "E84061 E84053 E84044 E84693 E84018",
        (("Dr Ashok Kelshiker", "E84061"), ("Dr Varun Goel", "E84018")),
    ),
}
REASONS = (
    "Practices have historically collaborated through peer groups and localities, which helped to build the "
    "foundations for PCNs.",
    "A focus on good working relationships, for good outcomes for patients, rather than exhausting time and "
    "resources on alternative working structures.",
    "An extensive engagement with community providers, who raised no objections to the proposed PCNs.",
)
# The report gives reasons for the recommendation only.
AS_RECOMMENDED = ("As recommended. The report gives no reasons of the committee’s own.",)
ATTESTED = "The report says of all six forms that every fundamental criterion of registration was met."
QUORUM = "The report records the decision. It gives neither the attendance nor the quorum rule."


def _east_conditions(case: Case) -> list[dict[str, object]]:
    return [
        {
            "text": "Assurance around the resilience and sustainability of the proposed PCN, and its ability "
            "to work with neighbouring PCNs so that the full suite of services is available for local "
            "patients, before the network goes live.",
            "reason": "The report gives no reason beside the condition itself.",
            "timing": Condition.Timing.BEFORE,
            "owner_organisation": case.pcn.organisation,
            "due_on": date(2019, 6, 30),
            "due_event": "Before the network goes live on 1 July 2019",
            "due_note": "The report does not say who may discharge the condition: that is assumed.",
            "evidence_wanted": "An assurance document on sustainability and resilience",
            "discharge_body": body_for(case, "endorse"),
        }
    ]


def _collaborative_conditions(case: Case) -> list[dict[str, object]]:
    return [
        {
            "text": "Address the issue of one non-contiguous practice within the PCN, Zain Medical Centre: "
            "how its local patients can avail of both PCN-level and community services, for full population "
            "coverage and equitable access.",
            "reason": "One practice of the network, Zain Medical Centre, is not contiguous with the others.",
            "timing": Condition.Timing.AFTER,
            "owner_organisation": case.pcn.organisation,
            "due_event": "When a solution for the patients of Zain Medical Centre is in place",
            "due_note": "The report gives no date, and does not say who may discharge the condition: that is "
            "assumed.",
            "evidence_wanted": "The solution by which the patients of Zain Medical Centre are served",
            "discharge_body": body_for(case, "approve"),
        }
    ]


CONDITIONS: dict[str, Callable[[Case], list[dict[str, object]]]] = {
    EAST: _east_conditions,
    COLLABORATIVE: _collaborative_conditions,
}


def promises(zain: Organisation, savita: Organisation, east: Organisation) -> tuple[dict[str, Any], ...]:
    """What was promised for the patients of Zain Medical Centre, as reported to the panel."""
    merger = "The contracts of Zain Medical Centre and Savita Medical Centre merge"
    return (
        {
            "kind": "agreement",
            "text": "An interim six-month agreement with local community providers and Harrow East PCN to "
            "deliver services to the patients of Zain Medical Centre",
            "parties": [zain, east],
            "other_parties": "Local community providers (which ones is not held)",
            "services": "Services for the patients of Zain Medical Centre",
            "ends_on": date(2019, 11, 24),
            "end_assumed_because": "Six months from 24 May 2019, when it was reported. No start is stated.",
            "ends_early_when": merger,
        },
        {
            "kind": "mou",
            "text": "A memorandum of understanding with Harrow East PCN to serve the local patients of Zain "
            "Medical Centre",
            "parties": [zain, east],
        },
        {
            "kind": "expected_event",
            "text": f"{merger}, expected within the six months; Zain stays in Harrow Collaborative PCN",
            "parties": [zain, savita],
        },
    )
