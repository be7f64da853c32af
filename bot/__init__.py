"""Slack in, Slack out: everything that knows Slack, and the command line where the parts meet."""
