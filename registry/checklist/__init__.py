"""The live checklist: facts read in a constant number of queries, pure rules, and how each line stands."""

from .assess import Assessed, assess, assess_many, read_once, summary_of
from .facts import CaseFacts, facts_for

__all__ = ["Assessed", "CaseFacts", "assess", "assess_many", "facts_for", "read_once", "summary_of"]
