"""A mail server that keeps what it is handed: just enough of SMTP (RFC 5321) for Django to talk to."""

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    """One client, until it says QUIT or goes away."""

    def handle(self):
        office = self.server
        office.conversations += 1
        if office.is_silent:
            office.closing.wait(30)  # takes the call and says nothing
            return
        self.say("220 ready")
        while (line := self.rfile.readline().decode().strip()) and line.upper() != "QUIT":
            command = line.upper().split(" ")[0].split(":")[0]
            if command == "DATA":
                self.take()
            elif command == "RCPT" and any(address in line for address in office.refused):
                self.say("550 nobody of that name")
            else:
                self.say("250 ok")
        self.say("221 goodbye")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.mails.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self.say("250 taken")


class PostOffice(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, *, is_silent=False, refused=()):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.is_silent, self.refused = is_silent, refused
        self.mails, self.conversations = [], 0
        self.closing = threading.Event()


@contextmanager
def post_office(settings, **how):
    """Django's mails go there by the real SMTP backend while the block runs."""
    with PostOffice(**how) as office:
        serving = threading.Thread(target=office.serve_forever, args=[0.05])
        serving.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        try:
            yield office
        finally:
            office.closing.set()
            office.shutdown()
            serving.join()
