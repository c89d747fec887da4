"""What a page says, as one line of text; and a PCN before it goes live."""

import html
import re
from datetime import date
from typing import Any

from registry.models import PCN, PCNPeriod


def text(response: Any) -> str:
    """The words of the page's main part, with single spaces."""
    assert response.status_code == 200
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    unseen = r'<svg.*?</svg>|<span class="nhsuk-table__heading".*?</span>'
    bare = re.sub(r"<[^>]+>", " ", re.sub(unseen, "", main, flags=re.DOTALL))
    return re.sub(r"\s+", " ", html.unescape(bare)).replace(" .", ".").replace(" ,", ",")


def approved(pcn: PCN) -> PCN:
    """The PCN, approved before it goes live."""
    PCNPeriod.objects.create(
        pcn=pcn, status=PCNPeriod.Status.APPROVED, starts_on=date(2019, 5, 20), ends_on=date(2019, 7, 1)
    )
    return pcn
