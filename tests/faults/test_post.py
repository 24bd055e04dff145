"""Our letters through Debian's Postfix; everywhere else aiosmtpd stands for it (tests/alerts)."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.conftest import missing
from tests.faults.post import CHECKS, postfix


@pytest.mark.skipif(os.geteuid() != 0, reason="Postfix 只能由 root 启动")
def test_a_real_mail_server_takes_reports_and_refuses_as_we_understand_it() -> None:
    if shutil.which("postfix") is None:
        missing("没有 postfix")
    with postfix() as post:
        assert [name for name, holds in CHECKS.items() if not holds(post)] == []
