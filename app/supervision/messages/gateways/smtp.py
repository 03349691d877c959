"""A gateway that hands messages to a mail server, one conversation each, and knows at which word the line broke."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.clock import now
from app.supervision.messages.gateways.promise import Answer, Parcel, Silent
from app.supervision.messages.vocabulary import Channel, Result, Why

SECONDS = 20  # that one word of the conversation may take
DONE, GO_ON, FOR_GOOD = range(200, 300), range(300, 400), 500  # RFC 5321, 4.2.1
DOT, END = re.compile(rb"^\.", re.MULTILINE), b".\r\n"  # a line that begins with a dot gets another one (4.5.2)
BY_THE_LINE, BY_STARTTLS, OPEN = "tls", "starttls", "none"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail server is, how the line to it is kept secret, who we are there, and who writes."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    sms_domain: str = ""  # of a provider who makes an SMS of a mail to NUMBER@sms_domain


class SmtpGateway(Silent):
    name = "smtp"

    def __init__(self, server: Server) -> None:
        self.server = server

    def send(self, parcel: Parcel) -> Answer:
        """Until the text is on its way the message is surely not taken over; from then on only the answer tells."""
        try:
            line = self.connect()
        except smtplib.SMTPAuthenticationError as refusal:
            return failed(Why.NOT_LET_IN, refusal.smtp_code)
        except (smtplib.SMTPException, OSError):
            return failed(Why.NO_CONNECTION)
        try:
            return self.hand_over(line, parcel)
        finally:
            line.close()

    def connect(self) -> smtplib.SMTP:
        server = self.server
        if server.security == BY_THE_LINE:
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            line.ehlo_or_helo_if_needed()
            if server.security == BY_STARTTLS:
                line.starttls(context=ssl.create_default_context())
                line.ehlo()
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def hand_over(self, line: smtplib.SMTP, parcel: Parcel) -> Answer:
        address = self.address_of(parcel)
        text = self.letter(parcel, address).as_bytes(policy=SMTP)
        try:
            for word, of, may_go_on, why in (
                ("MAIL", f"FROM:<{self.server.sender}>", DONE, Why.NOT_ACCEPTED),
                ("RCPT", f"TO:<{address}>", DONE, Why.NO_SUCH_ADDRESS),
                ("DATA", "", GO_ON, Why.NOT_ACCEPTED),
            ):
                code, _words = line.docmd(word, of)
                if code not in may_go_on:
                    return not_taken(why, code)
        except (smtplib.SMTPException, OSError):
            return failed(Why.NO_CONNECTION)
        try:
            line.send(DOT.sub(b"..", text) + END)
            code, _words = line.getreply()
        except (smtplib.SMTPException, OSError):
            return Answer(Result.IN_DOUBT)
        return Answer(Result.TAKEN, code=code) if code in DONE else not_taken(Why.NOT_ACCEPTED, code)

    def address_of(self, parcel: Parcel) -> str:
        if parcel.channel is Channel.SMS:
            return f"{parcel.address.removeprefix('+')}@{self.server.sms_domain}"
        return parcel.address

    def letter(self, parcel: Parcel, address: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.server.sender, address, parcel.subject
        letter["Date"] = format_datetime(now())
        letter["Message-ID"] = f"<{parcel.reference}@{self.server.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(parcel.text, cte="base64")  # Cyrillic letters through any server
        return letter


def failed(why: Why, code: int | None = None) -> Answer:
    return Answer(Result.FAILED, why, code)


def not_taken(why: Why, code: int) -> Answer:
    """A reply that begins with 5 is for good; any other may be different another time."""
    return Answer(Result.REFUSED if code >= FOR_GOOD else Result.FAILED, why, code)
