"""A Slack that runs on your laptop: Web API, Socket Mode, signed HTTP and a page."""
