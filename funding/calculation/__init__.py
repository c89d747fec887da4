"""What PCNs are due: from the register, the lists and the rates to lines of a year. Writes nothing."""

from .fingerprint import fingerprint
from .line import Line, Month, Months, Share
from .lines import Basis, basis_of, lines_of, reckon

__all__ = [
    "Basis", "Line", "Month", "Months", "Share", "basis_of", "fingerprint", "lines_of", "reckon",
]  # fmt: skip
