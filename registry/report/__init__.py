"""The report on a year's registrations: "Primary Care Network registration in …"."""

from .parts import Report
from .read import report_of

__all__ = ["Report", "report_of"]
