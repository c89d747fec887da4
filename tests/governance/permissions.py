"""What each address of governance asks of who opens it."""

from tests.asks import does, reads

MEETING, PLAN, CHANGE = "governance.view_meeting", "governance.plan_meeting", "governance.change_body"
# Records of another commissioner's are not there.
SEEN_WITH = {
    "meeting": MEETING,
    "item": MEETING,
    "body": MEETING,
    "link": MEETING,
    "seat": MEETING,
    "terms": MEETING,
}
PAGES = {
    "governance:map": reads(MEETING),
    "governance:bodies": reads(MEETING),
    "governance:members": reads(MEETING),
    "governance:add_body": does(CHANGE),
    "governance:body": reads(MEETING, "body"),
    "governance:change_body": does(CHANGE, "body"),
    "governance:change_status": does(CHANGE, "body"),
    "governance:add_link": does(CHANGE, "body"),
    "governance:end_link": does(CHANGE, "link"),
    "governance:add_seat": does(CHANGE, "body"),
    "governance:name_seat": does(CHANGE, "seat"),
    "governance:end_seat": does(CHANGE, "seat"),
    "governance:add_terms": does(CHANGE, "body"),
    "governance:terms_file": reads(MEETING, "terms"),
    "governance:meetings": reads(MEETING),
    "governance:meeting": reads(MEETING, "meeting"),
    "governance:plan_meeting": does(PLAN),
    "governance:move_meeting": does(PLAN, "meeting"),
    "governance:arrange_meeting": does(PLAN, "meeting"),
    "governance:cancel_meeting": does(PLAN, "meeting"),
    "governance:change_turn": does(PLAN, "meeting"),
    "governance:meeting_calendar": reads(MEETING, "meeting"),
    "governance:plan_next": does(PLAN, "body"),
    "governance:set_rhythm": does(CHANGE, "body"),
    "governance:set_turns": does(CHANGE, "body"),
    "governance:body_calendar": reads(MEETING, "body"),
    "governance:my_calendar": does(MEETING),
    "governance:attendance": does("governance.record_attendance", "meeting"),
    "governance:withdrawal": does("governance.record_attendance", "item"),
}
