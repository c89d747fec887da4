"""Who was there and who withdrew, sent as the pages send it."""

from governance.models import Meeting

LIST = "/governance/meetings/"


def people(meeting, *cards, **other):
    """What the page of the attendance sends: cards of (name, presence, office, vote)."""
    data = {"people-TOTAL_FORMS": str(len(cards)), "people-INITIAL_FORMS": "0"}
    for number, (name, presence, office, votes) in enumerate(cards):
        data |= {
            f"people-{number}-name": name,
            f"people-{number}-presence": presence,
            f"people-{number}-office": office,
        }
        data |= {f"people-{number}-is_voting": "on"} if votes else {}
    return {"seen": str(Meeting.objects.get(pk=meeting.pk).version)} | data | other


def attend(client, meeting, *cards, **other):
    return client.post(f"{LIST}{meeting.pk}/attendance/", people(meeting, *cards, **other), follow=True)


def leave(client, harrow, item, name, reason="Director of the PCN."):
    row = item.meeting.attendances.get(person__name=name)
    seen = Meeting.objects.get(pk=item.meeting_id).version
    return client.post(
        f"/governance/items/{item.pk}/withdrawal/",
        {"attendance": row.pk, "reason": reason, "seen": seen},
        follow=True,
    )


def page(client, meeting):
    return client.get(f"{LIST}{meeting.pk}/")


SMALL = ("Dr Genevieve Small", "present", "Chair", True)
KELSHIKER = ("Dr Amol Kelshiker", "present", "", True)
SEHGAL = ("Javina Sehgal", "apologies", "Managing Director", False)
