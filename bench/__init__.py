"""Side-by-side measurements against peers; nothing here is shipped."""
