"""The registry's events in words, for the pages that show history."""

from registry.models import Departure, Document, Line, Recommendation, Status

VERBS = {
    "submit": "recorded the form as received",
    "open_review": "opened the review",
    "return_form": "returned the form",
    "recommend": "made the recommendation",
    "put_on_agenda": "put it on the committee’s agenda",
    "take_off_agenda": "took it off the committee’s agenda",
    "approve": "recorded the approval",
    "not_approve": "recorded that it was not approved",
    "request_information": "recorded a request for further information",
    "defer": "recorded a deferral",
    "resume_review": "took up the review again",
    "put_before_panel": "put it on the panel’s agenda",
    "endorse": "recorded the panel’s endorsement",
    "decline_endorsement": "recorded that the panel declined to endorse",
    "confirm": "confirmed it and issued the letter",
    "go_live": "recorded the go-live",
    "withdraw": "withdrew the registration",
    "member_withdraws": "recorded that a member withdrew",
    "review_again": "sent it back to review",
    "replace": "replaced the decision",
    "started": "started the registration",
    "answered": "answered a line of the checklist",
    "extended": "extended the date",
    "waived": "recorded a waiver",
}
VALUES = {
    "status": dict(Status.choices),
    "answer": dict(Line.Answer.choices),
    "reply": dict(Departure.Reply.choices),
    "outcome": dict(Recommendation.Outcome.choices),
    "kind": dict(Document.Kind.choices),
}
FIELDS = {
    "form": "Version of the form",
    "lines": "Lines of the checklist",
    "conditions_closed": "Conditions closed",
    "due_on": "Due",
    "starts_on": "From",
    "fields": "Filled in",
    "sha256": "",
}
