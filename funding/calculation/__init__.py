"""What PCNs are due: from the register, the lists and the rates to lines of a year. Writes nothing."""

from .line import Line, Month, Months, Share
from .lines import reckon

__all__ = ["Line", "Month", "Months", "Share", "reckon"]
