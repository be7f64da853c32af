"""What we use of sqlite-utils, imported without pandas.

It imports pandas where there is one, and pyarrow with it, to know more types of columns. We have none of those, pandas
comes with what trains, and the two were a tenth of the desk's start.
"""

import sys

_LOADED = "pandas" in sys.modules
if not _LOADED:
    sys.modules["pandas"] = None  # type: ignore[assignment]  # how Python notes that a module isn't there
try:
    from sqlite_utils import Database as Database
    from sqlite_utils import Migrations as Migrations
finally:
    if not _LOADED:
        del sys.modules["pandas"]
