from tests.persons import (  # noqa: F401
    administrator,
    as_officer,
    harrow,
    havering,
    member,
    officer,
    on_20_may_2019,
)
