"""A mail server that speaks just the IMAP a mailbox source asks for, on loopback, in a thread.

With a TLS context it speaks IMAPS from the first byte, or STARTTLS where asked to.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Mailbox:
    """Mails by UID; `port` while open."""

    password: str
    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    port: int = 0
    said: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    starttls: bool = False

    def add(self, mail: EmailMessage) -> None:
        self.mails[max(self.mails, default=0) + 1] = mail.as_bytes()

    def __enter__(self) -> Mailbox:
        box = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                if box.tls and not box.starttls and not self._encrypt():
                    return
                self.wfile.write(b"* OK ready\r\n")
                while line := self.rfile.readline():
                    tag, _, command = line.decode().strip().partition(" ")
                    box.said.append(command)
                    self.wfile.write(box.answer(tag, command))
                    if command.upper().startswith("LOGOUT"):
                        return
                    if command.upper().startswith("STARTTLS") and not self._encrypt():
                        return

            def _encrypt(self) -> bool:
                """From here on in TLS; False where the client would not."""
                assert box.tls
                try:
                    self.request = box.tls.wrap_socket(self.request, server_side=True)
                except (ssl.SSLError, OSError):
                    return False
                self.setup()
                return True

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, tag: str, command: str) -> bytes:
        upper = command.upper()
        if upper.startswith("CAPABILITY"):
            more = " STARTTLS" if self.starttls else ""
            return f"* CAPABILITY IMAP4rev1{more}\r\n{tag} OK done\r\n".encode()
        if upper.startswith("LOGIN"):
            good = self.password in command
            return f"{tag} {'OK' if good else 'NO'} login\r\n".encode()
        if upper.startswith(("SELECT", "EXAMINE")):
            size = len(self.mails)
            head = f"* {size} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n"
            return f"{head}{tag} OK [READ-ONLY] done\r\n".encode()
        if upper.startswith("UID SEARCH"):
            least = int(re.search(r"UID (\d+):", command)[1])  # type: ignore[index]
            uids = [uid for uid in self.mails if uid >= least] or sorted(self.mails)[-1:]
            return f"* SEARCH {' '.join(map(str, uids))}\r\n{tag} OK done\r\n".encode()
        if upper.startswith("UID FETCH"):
            return self._fetch(tag, int(command.split()[2]), "RFC822.SIZE" in upper)
        return f"{tag} OK done\r\n".encode()

    def _fetch(self, tag: str, uid: int, size: bool) -> bytes:
        mail = self.mails[uid]
        if size:
            return f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})\r\n{tag} OK done\r\n".encode()
        head = f"* {uid} FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n".encode()
        return head + mail + f")\r\n{tag} OK done\r\n".encode()
