"""Our letters through Debian's Postfix, where there is one; elsewhere aiosmtpd (tests/alerts)."""

from __future__ import annotations

import pytest

from tests.faults.post import CHECKS, postfix, there


@pytest.mark.skipif(not there(), reason="needs root and Debian's postfix")
def test_a_real_mail_server_takes_reports_and_refuses_as_we_understand_it() -> None:
    with postfix() as post:
        assert [name for name, holds in CHECKS.items() if not holds(post)] == []
