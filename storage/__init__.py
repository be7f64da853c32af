"""SQLite through sqlite-utils: the only code that changes a row."""
