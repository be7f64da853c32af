"""The connection to Slack by Socket Mode, and letting go of it at once."""

import socket
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler


class SocketMode:
    """A connection that Slack may refresh or drop; the SDK opens it anew."""

    def __init__(self, app: App, app_token: str) -> None:
        self._handler = SocketModeHandler(app, app_token)
        self._listeners = app.listener_runner.listener_executor

    def connect(self) -> None:
        """Connect; raises slack_sdk's errors when Slack refuses."""
        self._handler.connect()  # type: ignore[no-untyped-call]  # Bolt has no annotation here

    def is_connected(self) -> bool:
        """Whether Slack can reach us now."""
        return bool(self._handler.client.is_connected())

    def close(self) -> None:
        """Disconnect, and let the listeners that run finish while everything they use is still there.

        The SDK would wait for reads to time out, up to four seconds; hanging up first ends them.
        """
        client = self._handler.client
        client.auto_reconnect_enabled = False
        # Nothing further is taken from its queue, and what is being answered is answered while the line is open.
        client.closed = True
        client.message_queue.put(None)  # wakes the reader of the queue, which would sleep for a second
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]  # the SDK has no annotation here
        client.message_workers.shutdown()
        client.current_session_state.terminated = True
        hung_up = client.current_session.sock if client.current_session else None
        if hung_up is not None:
            # The plain socket's method: an encrypted one's own would break the read instead of ending it.
            with suppress(OSError):  # Slack may have hung up already
                socket.socket.shutdown(hung_up, socket.SHUT_RD)
        self._handler.close()  # type: ignore[no-untyped-call]  # likewise
        self._listeners.shutdown()
