"""What each address asks of who opens it: written down once more, beside what the verbs declare."""

from tests.asks import SIGNED_IN, Asks, does, reads
from tests.governance import permissions as governance

# Somebody else's record is not there: the permission to see one at all. The register is everybody's.
SEEN_WITH = governance.SEEN_WITH | {
    "case": "registry.view_case",
    "line": "registry.view_case",
    "condition": "registry.view_case",
    "commitment": "registry.view_case",
    "decision": "registry.view_case",
    "document": "registry.view_document",
    "match": "registry.view_import",
    "finding": "findings.view_finding",
    "post": "funding.view_funding",
    "claim": "funding.view_funding",
    "year of a pcn": "funding.view_funding",
    "amount": "funding.view_funding",
    "payment run": "funding.view_funding",
    "statement": "funding.view_funding",
    "published table": "funding.view_funding",
    "budget": "funding.view_funding",
    # A page that changes the register is its commissioner's alone.
    "own practice": "registry.view_register",
    "own pcn": "registry.view_register",
    "own director": "registry.view_register",
    "own payee": "registry.view_register",
    "own detail": "registry.view_register",
    "own name": "registry.view_register",
    "own membership": "registry.view_register",
    "own commissioner": "registry.view_register",
    "own succession": "registry.view_register",
}


CASE = "registry.view_case"
REGISTER = "registry.view_register"

# Open to who is not signed in, with what a GET answers. Signing out is done by POST.
PUBLIC = {
    "sign-in": 200,
    "sign-out": 405,
    "healthz": 200,
    "favicon.ico": 302,
    "admin/login/": 302,
    "admin/logout/": 405,
    "admin:login": 302,
    "admin:logout": 405,
    # Of a secret that opens nothing.
    "governance:feed": 404,
}
# Of no one's in particular; an answer of 302 leads to such a page.
OF_ONESELF = {
    "home": reads(SIGNED_IN),
    "password": does(SIGNED_IN),
    ".well-known/change-password": Asks(SIGNED_IN, posts=SIGNED_IN, answers=302),
    "stay-signed-in": Asks(SIGNED_IN, posts=SIGNED_IN, answers=405),
}
OF_A_PRACTICE = (
    "close_practice",
    "reopen_practice",
    "correct_opening",
    "withdraw_opening",
    "correct_closing",
    "withdraw_taking_over",
    "merge_practice",
    "take_on_list",
    "disperse_list",
    "join_pcn",
    "leave_pcn",
)
OF_A_PCN = (
    "code_pcn",
    "rename_pcn",
    "close_pcn",
    "reopen_pcn",
    "correct_pcn_closing",
    "change_payee",
    "appoint_director",
)
REGISTRY = {
    "registry:compare": reads(REGISTER),
    "registry:open_practice": does("registry.change_register"),
    "registry:end_director": does("registry.change_register", "own director"),
    "registry:correct_director": does("registry.change_register", "own director"),
    "registry:withdraw_director": does("registry.change_register", "own director"),
    "registry:correct_payee": does("registry.change_register", "own payee"),
    "registry:withdraw_payee": does("registry.change_register", "own payee"),
    "registry:correct_detail": does("registry.change_register", "own detail"),
    "registry:withdraw_detail": does("registry.change_register", "own detail"),
    "registry:correct_practice_name": does("registry.change_register", "own name"),
    "registry:withdraw_practice_name": does("registry.change_register", "own name"),
    "registry:correct_membership": does("registry.change_register", "own membership"),
    "registry:withdraw_membership": does("registry.change_register", "own membership"),
    "registry:commissioners": reads(REGISTER),
    "registry:succeed_commissioner": does("registry.record_succession", "own commissioner"),
    "registry:withdraw_succession": does("registry.record_succession", "own succession"),
    "registry:practices": reads(REGISTER),
    "registry:practice": reads(REGISTER, "practice"),
    "registry:pcns": reads(REGISTER),
    "registry:pcn": reads(REGISTER, "pcn"),
    "registry:registrations": reads(CASE),
    "registry:registration": reads(CASE, "case"),
    "registry:report": reads(CASE),
    "registry:differences": reads(CASE, "case"),
    "registry:review": reads(CASE, "case"),
    "registry:decisions": reads(CASE),
    "registry:letter": reads(CASE, "decision"),
    "registry:conditions": reads(CASE),
    "registry:condition": reads(CASE, "condition"),
    "registry:document": reads("registry.view_document", "document"),
    "registry:add_document": does("registry.submit_case", "case"),
    "registry:start": does("registry.start_case"),
    "registry:form": does("registry.submit_case", "case"),
    "registry:submit": does("registry.submit_case", "case"),
    "registry:return_form": does("registry.return_case", "case"),
    "registry:withdraw": does("registry.withdraw_case", "case"),
    "registry:member_withdraws": does("registry.record_member_withdrawal", "case"),
    "registry:open_review": does("registry.review_case", "case"),
    "registry:resume_review": does("registry.review_case", "case"),
    "registry:review_again": does("registry.review_case", "case"),
    "registry:line": does("registry.review_case", "line", reading=CASE),
    "registry:departure": does("registry.review_case", "line"),
    "registry:send_departure": does("registry.review_case", "line"),
    "registry:reply": does("registry.review_case", "line"),
    "registry:recommend": does("registry.recommend_case", "case"),
    "registry:put_on_agenda": does("registry.schedule_case", "case"),
    "registry:take_off_agenda": does("registry.schedule_case", "case"),
    "registry:put_before_panel": does("registry.schedule_case", "case"),
    "registry:decide": does("registry.decide_case", "case"),
    "registry:approve": does("registry.decide_case", "case"),
    "registry:not_approve": does("registry.decide_case", "case"),
    "registry:request_information": does("registry.decide_case", "case"),
    "registry:defer": does("registry.decide_case", "case"),
    "registry:endorse": does("registry.decide_case", "case"),
    "registry:decline_endorsement": does("registry.decide_case", "case"),
    "registry:replace": does("registry.replace_decision", "case"),
    "registry:confirm": does("registry.confirm_case", "case"),
    "registry:go_live": does("registry.go_live", "case"),
    "registry:submit_evidence": does("registry.submit_evidence", "condition"),
    "registry:judge": does("registry.judge_condition", "condition"),
    "registry:condition_agenda": does("registry.schedule_case", "condition"),
    "registry:extend": does("registry.extend_condition", "condition"),
    "registry:waive": does("registry.waive_condition", "condition"),
    "registry:record_commitment": does("registry.record_commitment", "case"),
    "registry:happened": does("registry.record_commitment", "commitment"),
    "registry:imports": reads("registry.view_import"),
    "registry:import_file": does("registry.import_file"),
    "registry:import_run": reads("registry.view_import", "run"),
    "registry:apply_import": does("registry.import_file", "run"),
    "registry:discard_import": does("registry.import_file", "run"),
    "registry:undo_import": does("registry.import_file", "run"),
    "registry:matches": reads("registry.view_import"),
    "registry:match": reads("registry.view_import", "match"),
    "registry:confirm_match": does("registry.decide_match", "match"),
    "registry:reject_match": does("registry.decide_match", "match"),
}
REGISTRY |= {f"registry:{name}": does("registry.change_register", "own practice") for name in OF_A_PRACTICE}
REGISTRY |= {f"registry:{name}": does("registry.change_register", "own pcn") for name in OF_A_PCN}
FINDING, ANSWER = "findings.view_finding", "findings.answer_finding"
ROOF = {
    "search": reads(REGISTER),
    "history": reads("history.view_event"),
    "findings": reads(FINDING),
    "finding_rules": reads(FINDING),
    "finding": reads(FINDING, "finding"),
    "accept_finding": does(ANSWER, "finding"),
    "wait_for_finding": does(ANSWER, "finding"),
    "reopen_finding": does(ANSWER, "finding"),
}
FUNDING = "funding.view_funding"
YEARS = {
    "funding:years": reads(FUNDING),
    "funding:year": reads(FUNDING, "year"),
    "funding:pcn_year": reads(FUNDING, "year of a pcn"),
    "funding:why": reads(FUNDING, "amount"),
}
RATES = {
    "funding:rates": reads(FUNDING),
    "funding:add_rate": does("funding.change_rate"),
    "funding:rate": reads(FUNDING, "rate"),
    "funding:confirm_rate": does("funding.confirm_rate", "rate"),
    "funding:replace_rate": does("funding.change_rate", "rate"),
    "funding:withdraw_rate": does("funding.change_rate", "rate"),
}
CLAIMS = {
    "funding:claims": reads(FUNDING),
    "funding:claim": reads(FUNDING, "claim"),
    "funding:evidence": reads("funding.judge_claim", "claim"),
    "funding:judge_claim": does("funding.judge_claim", "claim"),
    "funding:withdraw_claim": does("funding.judge_claim", "claim"),
    "funding:posts": reads(FUNDING),
    "funding:fill_post": does("funding.submit_claim"),
    "funding:post": reads(FUNDING, "post"),
    "funding:vacate_post": does("funding.submit_claim", "post"),
    "funding:submit_claim": does("funding.submit_claim", "post"),
    "funding:baselines": reads(FUNDING),
    "funding:record_baseline": does("funding.judge_claim"),
}
PRINTED = {
    "funding:published": reads(FUNDING),
    "funding:published_table": reads(FUNDING, "published table"),
    "funding:budgets": reads(FUNDING),
    "funding:budget": reads(FUNDING, "budget"),
}
RUNS = {
    "funding:runs": reads(FUNDING),
    "funding:calculate_run": does("funding.calculate_run"),
    "funding:run": reads(FUNDING, "payment run"),
    "funding:approve_run": does("funding.approve_run", "payment run"),
    "funding:discard_run": does("funding.discard_run", "payment run"),
    "funding:schedule": reads(FUNDING, "payment run"),
    "funding:run_payments": reads(FUNDING, "payment run"),
    "funding:statement": reads(FUNDING, "statement"),
}
PAGES = OF_ONESELF | REGISTRY | governance.PAGES | ROOF | YEARS | RATES | CLAIMS | PRINTED | RUNS
