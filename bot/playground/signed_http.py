"""Deliveries over HTTP, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.playground.clock import Clock
from bot.playground.deliveries import Delivery, Reply
from bot.playground.errors import SlackError
from bot.playground.state import VERIFICATION_TOKEN

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class SignedHttp:
    """The transport for bots with an address."""

    def __init__(self, url: str, secret: str, ack_seconds: float, clock: Clock) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self._client = httpx.AsyncClient(timeout=ack_seconds, trust_env=False)

    @property
    def connected(self) -> bool:
        """An address is all that HTTP knows about the bot."""
        return True

    async def opened(self) -> None:
        """Nothing connects anew over HTTP; the caller's own timeout ends this wait."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Close the connections to the bot."""
        await self._client.aclose()

    async def verify(self) -> None:
        """Ask the address to repeat a challenge, as Slack does before it sends anything."""
        challenge = secrets.token_hex(16)
        question = {"type": "url_verification", "token": VERIFICATION_TOKEN, "challenge": challenge}
        try:
            response = await self._post(json.dumps(question), JSON)
        except httpx.HTTPError:
            raise SlackError("url_verification_failed") from None
        if response.status_code != 200 or challenge not in response.text:
            raise SlackError("url_verification_failed")

    async def send(self, delivery: Delivery) -> Reply:
        """Post one payload and read the bot's answer."""
        body, content_type = encode(delivery)
        headers = {}
        if delivery.attempt:
            headers = {
                "x-slack-retry-num": str(delivery.attempt),
                "x-slack-retry-reason": delivery.reason,
            }
        try:
            response = await self._post(body, content_type, headers)
        except httpx.TimeoutException:
            return Reply(ok=False, error="operation_timeout", reason="http_timeout")
        except httpx.HTTPError:
            return Reply(ok=False, error="dispatch_failed", reason="connection_failed")
        if response.status_code != 200:
            final = response.headers.get("x-slack-no-retry") == "1"
            return Reply(ok=False, error="dispatch_failed", reason="http_error", final=final)
        return Reply(ok=True, payload=answer(response))

    async def _post(self, body: str, content_type: str, headers: dict[str, str] | None = None) -> httpx.Response:
        signed = {**self._signature(body, content_type), **(headers or {})}
        return await self._client.post(self._url, content=body, headers=signed)

    def _signature(self, body: str, content_type: str) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        digest = hmac.new(self._secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
        return {
            "content-type": content_type,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": f"v0={digest.hexdigest()}",
        }


def encode(delivery: Delivery) -> tuple[str, str]:
    """Return a payload's body and content type: JSON events, forms for everything else."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload), JSON
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}), FORM
    return urlencode(delivery.payload), FORM


def answer(response: httpx.Response) -> Any:
    """Return what the bot wrote: its JSON, its text, or nothing."""
    if not response.text:
        return None
    if response.headers.get("content-type", "").startswith(JSON):
        return response.json()
    return {"text": response.text}
