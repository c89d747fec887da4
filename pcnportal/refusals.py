"""Why the portal did not do what was asked, in the user's words."""


class Refused(Exception):
    """The change may not be made. Its text is a sentence for the user.

    `field` names the form field that the sentence belongs to, where there is one.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The person does not hold the permission: a 403 page."""


class Stale(Refused):
    """Somebody changed the record since the page was shown: a 409 page.

    `latest` is the event that did it (a `history.Event`), or None where none is held.
    """

    def __init__(self, subject: object, latest: object = None) -> None:
        super().__init__(f"{subject} was changed by someone else while you had this page open.")
        self.subject = subject
        self.latest = latest
