"""One HTTP POST as the channels need it: what went wrong is permanent or temporary, and no secret is told.

Addresses of robots hold their token: they never occur in an error or a proof.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from alerts.errors import TransportError

TIMEOUT = 10.0
_LONGEST_ANSWER = 500
_TRY_AGAIN = frozenset({408, 409, 423, 425, 429})


def post(
    channel: str,
    url: str,
    *,
    body: bytes,
    media_type: str = "application/json; charset=utf-8",
    headers: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> httpx.Response:
    """The answer of a side that took the message; redirects are not followed. Raises TransportError."""
    head = {"content-type": media_type, "user-agent": "caifeng", **(headers or {})}
    try:
        answer = httpx.post(url, content=body, headers=head, timeout=timeout, follow_redirects=False)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise TransportError(f"{channel}：地址写法有误", permanent=True) from error
    except httpx.HTTPError as error:
        raise TransportError(f"{channel}：无法连接（{type(error).__name__}）", permanent=False) from error
    if answer.is_success:
        return answer
    permanent = answer.status_code < 500 and answer.status_code not in _TRY_AGAIN
    raise TransportError(f"{channel}：对方返回HTTP {answer.status_code}", permanent=permanent)


def post_json(channel: str, url: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object of the answer to a JSON object."""
    answer = post(channel, url, body=json.dumps(facts, ensure_ascii=False).encode())
    try:
        found = answer.json()
    except ValueError as error:
        raise TransportError(f"{channel}：对方返回的不是JSON", permanent=False) from error
    if not isinstance(found, dict):
        raise TransportError(f"{channel}：对方返回的不是JSON对象", permanent=False)
    return found


def excerpt(answer: httpx.Response) -> str:
    """The beginning of an answer, as proof."""
    return answer.text[:_LONGEST_ANSWER]


def robot_refused(channel: str, code: object, words: object, busy: frozenset[int]) -> TransportError:
    """A chat robot's own error code; those in `busy` mean: too many messages, try later."""
    return TransportError(f"{channel}：对方返回{code}（{str(words)[:120]}）", permanent=code not in busy)
