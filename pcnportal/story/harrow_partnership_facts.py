"""What the slides and the board report give of the strategic partnership meeting of 18 June 2019."""

from datetime import date, time

from governance.models import AgendaItem

DAY = date(2019, 6, 18)
CHAIRS = (
    ("dr-genevieve-small", "08E", "Chair, Harrow CCG"),
    ("sean-harriss", "harrow-council", "Chief Executive, Harrow Council"),
)
ATTENDED = 44
NOTE, DISCUSS, DECIDE = AgendaItem.Purpose.NOTE, AgendaItem.Purpose.DISCUSS, AgendaItem.Purpose.DECIDE
# Number, title, start, end, lead, purpose. 6 and 7 are printed twice.
AGENDA = (
    ("1", "Introductions", time(17, 30), time(17, 35), "Chairs", NOTE),
    ("2", "Objectives and Expected Outputs of Meeting", time(17, 35), time(17, 40), "Chairs", NOTE),
    ("3", "Context", time(17, 40), time(17, 50), "Programme Team", DECIDE),
    ("4", "Roadmap for Harrow", time(17, 50), time(18, 5), "Jo Paul", DECIDE),
    ("5", "ICP operating model and governance structure", time(18, 5), time(18, 20), "Javina Sehgal", DECIDE),
    (
        "6",
        "Harrow ICP Provider Structure and Mechanism for delivery",
        time(18, 20),
        time(18, 40),
        "Taf Mugwagwa",
        DISCUSS,
    ),
    (
        "7",
        "Allocation of resources from July 2019 - April 2021",
        time(18, 40),
        time(19, 5),
        "Taf Mugwagwa",
        DECIDE,
    ),
    ("6", "High Level Delivery Plan 2019 / 20", time(19, 5), time(19, 20), "Javina Sehgal", DECIDE),
    ("7", "Commitment and Close", time(19, 20), time(19, 30), "Chairs", NOTE),
)
CONTEXT = (
    "Why?; Integrated Care – Key Elements; Context for Integrated Care; Strategy / Vision for Delivering "
    "Integrated Care; Overarching Plan; Key Milestones – Development Programme; Principles and Values"
)
# Of each agreement its number in the report, the place of its item on the agenda, and what was agreed.
AGREED = (
    (
        "1",
        3,
        "there was broad agreement and support for the context, vision and strategy and the proposed ICP "
        "Operating Model",
    ),
    ("2", 4, "the direction of travel for the Roadmap was supported"),
    (
        "3",
        5,
        "the proposed Governance structure was agreed to be “good enough” as a working model to be adopted, "
        "recognising that it will develop and be shaped further",
    ),
    (
        "4",
        7,
        "there was in principle agreement to the resources plan, and partners signed up to roll forward the "
        "investment by each partner to date for a further 3 months",
    ),
    ("5", 8, "the Delivery Plan 2019 was agreed as the starting point"),
)
QUORUM = "The report records the agreement. It gives neither who had a vote nor a quorum rule."
CLOSE = (
    "The 44 attendees and the seniority of support spoke of the collective commitment, enthusiasm and "
    "support for the delivery of Integrated Care and wider population health and care in Harrow. The "
    "discussions were ambitious and rich, and articulated the need to move forward at pace and scale with "
    "Integrated Care as the mechanism for delivery across the health and care system in Harrow."
)
