"""The demo: a dated story, replayed through the same verbs as the pages."""

from .accounts import ACCOUNTS, PASSWORD, open_accounts
from .fixtures import has_data, load
from .harrow_2019 import STEPS, replay

__all__ = ["ACCOUNTS", "PASSWORD", "STEPS", "has_data", "load", "open_accounts", "replay"]
