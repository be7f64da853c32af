"""Reads the feelings of many rows in blocks, tells how far it is, and writes the CSV back: memory stays bounded."""

# How the Slack part uses this (nothing here knows Slack):
#
#   from bot import sentiment_source, sentiment_run, sentiment_chart, sentiment_summary_words
#   source = sentiment_source.from_text("one comment a line\n…")                      # pasted lines
#   source = sentiment_source.from_file(path, name="orders.csv", column=None, date=None, group=None)   # TXT, CSV, TSV
#       raises SourceError (a sentence); guesses column, date and group where None;
#       source.notes: how it was read, in sentences ("The comments are in column “review” (its name, …).");
#       source.columns, source.column, source.date, source.group: names; source.is_table
#   summary = sentiment_run.run(sentiment, source, aspects=("food",), out=Path("result.csv"), progress=told)
#       progress(done, total): bytes of a file, else characters; what it raises ends the run and leaves no file
#       out: the CSV with the original columns plus sentiment, probability, aspects, why skipped; None for none
#       keep(row, reading): called for every row in order, skipped ones too
#   sentiment_run.remaining(done, total, seconds) -> "about 2 min left"
#   summary: bot/sentiment_summary.py; summary.is_enough is False below 5 texts: then show no aggregate
#   sentiment_compare.sentence(...) …: two summaries
#   sentiment_chart.draw(summary) -> PNG bytes | None; sentiment_chart.alt_text(summary) -> str (≤ 2,000 characters)
#   sentiment_summary_words: the summary in sentences, shared by Slack and the terminal
