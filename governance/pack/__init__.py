"""The agenda pack: one PDF of an agenda with its papers, made when it is asked for.

`plan` says what is in it, `numbering` which page is called what, `sheets` draws the pages that are our own,
`joining` puts them together with the uploaded ones.
"""

from .build import TooLarge, check_joins, frozen, pack_of

__all__ = ["TooLarge", "check_joins", "frozen", "pack_of"]
