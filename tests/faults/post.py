"""Our letters through a real Postfix: STARTTLS, delivery reports, a size limit, greylisting, no such user.

An instance of its own with its own folders and port, no right to leave the loopback, relaying to the test
mail server. Needs root and Debian's `postfix`; without them it says so and passes.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alerts.channels.email import Email
from alerts.errors import TransportError
from alerts.message import Attachment, Message
from tests.fakes.post_office import PostOffice, certificate, post_office

SENDER = "caifeng@qingshi.test"
MAIN = """
compatibility_level = 3.6
queue_directory = {place}/queue
data_directory = {place}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = post.qingshi.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
relayhost = [127.0.0.1]:{sink}
relay_domains =
alias_maps =
maillog_file = {place}/log/mail.log
maillog_file_prefixes = {place}
message_size_limit = 200000
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {place}/cert.pem
smtpd_tls_key_file = {place}/key.pem
smtpd_recipient_restrictions =
  check_recipient_access texthash:{place}/config/recipients, permit_mynetworks, reject
default_destination_concurrency_limit = 5
"""
MASTER = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
tlsmgr unix - - n 1000? 1 tlsmgr
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
showq unix n - n - - showq
scache unix - - n - 1 scache
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""
RECIPIENTS = (
    "grey@qingshi.test 450 4.2.0 Greylisted, try again later\nnobody@qingshi.test 550 5.1.1 No such user\n"
)


@dataclass
class Postfix:
    """A running instance: our channel to it, and the server it hands on to."""

    channel: Email
    sink: PostOffice


@contextmanager
def postfix() -> Iterator[Postfix]:
    """Run one until the block ends."""
    with tempfile.TemporaryDirectory(prefix="caifeng-postfix-") as name, post_office() as sink:
        place = Path(name)
        place.chmod(0o755)
        _, client = certificate(place)
        port = _free_port()
        for part in ("config", "queue", "data", "log"):
            (place / part).mkdir()
        shutil.chown(place / "data", "postfix")
        (place / "config" / "main.cf").write_text(MAIN.format(place=place, sink=sink.port))
        (place / "config" / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{port}"))
        (place / "config" / "recipients").write_text(RECIPIENTS)
        command = ["postfix", "-c", str(place / "config")]
        subprocess.run([*command, "start"], check=True, capture_output=True)
        try:
            _wait(lambda: _answers(port))
            yield Postfix(Email("127.0.0.1", SENDER, port=port, security="starttls", context=client), sink)
        finally:
            subprocess.run([*command, "stop"], check=False, capture_output=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(ready: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.1)
    return False


def there() -> bool:
    """Whether this machine can run one."""
    return os.geteuid() == 0 and shutil.which("postfix") is not None


def main(cycles: int = 100) -> int:
    """Print what came of it; 0 when all is as it should be."""
    if not there():
        sys.stdout.write("post skipped: needs root and postfix\n")
        return 0
    with postfix() as post:
        wrong = [name for name, holds in CHECKS.items() if not holds(post)]
    sys.stdout.write(f"post checks {len(CHECKS)} failed {len(wrong)} {'、'.join(wrong)}\n")
    return 1 if wrong else 0


def _arrives(post: Postfix) -> bool:
    """Over STARTTLS with the certificate checked; subject and id unchanged at the other end."""
    words = Message("【待核实·建议Ⅱ级】东门街道·燃气泄漏（3条）", "请核实。\n", html="<p>请核实。</p>")
    proof = post.channel.send(words, "zhao@qingshi.test", "<one@qingshi.test>")
    _wait(lambda: any(x["Message-ID"] == "<one@qingshi.test>" for x in post.sink.letters))
    found = [x for x in post.sink.letters if x["Message-ID"] == "<one@qingshi.test>"]
    return len(found) == 1 and found[0]["Subject"] == words.subject and proof.facts["dsn"] is True


def _reports(post: Postfix) -> bool:
    """Postfix tells the sender that it was relayed: the delivery report that we wished for."""
    return _wait(lambda: any("multipart/report" in x["Content-Type"] for x in post.sink.letters))


def _too_large(post: Postfix) -> bool:
    file = Attachment("现场.pdf", "application/pdf", b"x" * 300_000)
    return _refused(post, "zhao@qingshi.test", Message("大件", "见附件", attachments=(file,))) is True


def _greylisted(post: Postfix) -> bool:
    return _refused(post, "grey@qingshi.test", Message("一", "二")) is False


def _no_such_user(post: Postfix) -> bool:
    return _refused(post, "nobody@qingshi.test", Message("一", "二")) is True


def _without_tls(post: Postfix) -> bool:
    """A server that wants encryption is not talked to in clear."""
    clear = Email("127.0.0.1", SENDER, port=post.channel.port, security="none")
    return _refused(Postfix(clear, post.sink), "zhao@qingshi.test", Message("一", "二")) is not None


def _refused(post: Postfix, to: str, words: Message) -> bool | None:
    """Whether it was refused for ever (True) or for now (False); None when it was taken."""
    try:
        post.channel.send(words, to, "<two@qingshi.test>")
    except TransportError as error:
        return error.permanent
    return None


CHECKS: dict[str, Callable[[Postfix], bool]] = {
    "arrives over STARTTLS": _arrives,
    "delivery report": _reports,
    "too large is for ever": _too_large,
    "greylisting is for now": _greylisted,
    "no such user is for ever": _no_such_user,
    "no clear text": _without_tls,
}
