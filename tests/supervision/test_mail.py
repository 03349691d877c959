"""Reminders through a real mail server: what it takes over, what it refuses, and what happens when the line breaks."""

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.db import db
from app.supervision.messages.gateways.promise import Parcel
from app.supervision.messages.gateways.smtp import Server, SmtpGateway
from app.supervision.messages.models import MessageAttempt, MessageResult
from app.supervision.messages.tasks import send_reminders
from app.supervision.messages.vocabulary import Channel, Result, Why
from tests.factories.messages import make_expected, make_reminder_consent
from tests.factories.people import make_case, make_client

pytestmark = pytest.mark.one_engine
ADDRESS = "erlan@example.kz"
PARCEL = Parcel("c0ffee" * 5, Channel.EMAIL, ADDRESS, "Еске салу", "Еске саламыз: сізді 21.11.2026 күтеміз.\n.\nҚош")


class Post:
    """A mail server's own ways: what it says to an address and to a text, and all that it has read to the end."""

    def __init__(self, to_address="250 OK", to_text="250 OK", hangs_up=False):
        self.to_address, self.to_text, self.hangs_up, self.taken = to_address, to_text, hangs_up, []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if self.to_address.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.taken.append(envelope)
        if self.hangs_up:
            server.transport.abort()
        return self.to_text

    @property
    def letters(self):
        return [message_from_bytes(one.content, policy=default) for one in self.taken]


class Office(Controller):
    """A server on whatever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self):
        return SMTP(self.handler, hostname="localhost", **self.SMTP_kwargs)


@contextmanager
def open_post(post, security="none", user="", password="", **rules):
    """A gateway to a server that listens on a port of this machine."""
    office = Office(post, hostname="127.0.0.1", port=0, **rules)
    office.start()
    try:
        yield Server("127.0.0.1", office.port, security, user, password, "reminders@example.kz", "sms.example.kz")
    finally:
        office.stop()


def answer_of(post, **rules):
    with open_post(post, **rules) as server:
        return SmtpGateway(server).send(PARCEL)


def test_the_letter_arrives_as_it_was_written():
    post = Post()

    assert answer_of(post).kind is Result.TAKEN

    (letter,) = post.letters
    assert letter["Subject"] == "Еске салу"
    assert letter.get_content() == PARCEL.text + "\n"
    assert (letter["From"], letter["To"]) == ("reminders@example.kz", ADDRESS)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{PARCEL.reference}@example.kz>"
    assert post.taken[0].rcpt_tos == [ADDRESS]


def test_an_sms_may_go_through_a_provider_by_mail():
    post = Post()
    with open_post(post) as server:
        parcel = Parcel("a" * 32, Channel.SMS, "+77011234567", "", "Текст")
        assert SmtpGateway(server).send(parcel).kind is Result.TAKEN

    assert post.taken[0].rcpt_tos == ["77011234567@sms.example.kz"]


@pytest.mark.parametrize(
    ("post", "kind", "why", "code"),
    [
        (Post(to_address="550 no such user"), Result.REFUSED, Why.NO_SUCH_ADDRESS, 550),
        (Post(to_address="450 mailbox is busy"), Result.FAILED, Why.NO_SUCH_ADDRESS, 450),
        (Post(to_text="451 try later"), Result.FAILED, Why.NOT_ACCEPTED, 451),
        (Post(to_text="554 looks like spam"), Result.REFUSED, Why.NOT_ACCEPTED, 554),
        (Post(hangs_up=True), Result.IN_DOUBT, None, None),
    ],
)
def test_what_the_server_says_is_told_apart(post, kind, why, code):
    answer = answer_of(post)

    assert (answer.kind, answer.why, answer.code) == (kind, why, code)


def test_a_server_that_is_away_has_surely_taken_nothing():
    with open_post(Post()) as server:
        pass

    answer = SmtpGateway(server).send(PARCEL)

    assert (answer.kind, answer.why) == (Result.FAILED, Why.NO_CONNECTION)


@pytest.fixture
def certificate(tmp_path):
    """A certificate of this machine's own, as a server context; and the file by which a client trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem


def let_in(_server, _session, _envelope, _mechanism, data):
    return AuthResult(success=data.password == b"open sesame", handled=False)


def test_the_line_is_encrypted_the_server_proved_and_the_name_given(certificate, monkeypatch):
    context, pem = certificate
    rules = {
        "tls_context": context,
        "authenticator": let_in,
        "security": "starttls",
        "auth_exclude_mechanism": ["LOGIN"],
    }
    assert answer_of(Post(), user="us", password="open sesame", **rules).why is Why.NO_CONNECTION  # a stranger's proof
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    post = Post()
    assert answer_of(post, user="us", password="open sesame", **rules).kind is Result.TAKEN
    assert len(post.letters) == 1
    refused = answer_of(Post(), user="us", password="guess", **rules)
    assert (refused.kind, refused.why, refused.code) == (Result.FAILED, Why.NOT_LET_IN, 535)


@pytest.fixture
def case(officer, stopped_clock):
    case = make_case(officer, client=make_client(surname="Құпиябеков", language="kk"))
    make_reminder_consent(case, channel=Channel.EMAIL, address=ADDRESS)
    return case


def going_by(app, server):
    fields = ("host", "port", "security", "user", "password", "sender", "sms_domain")
    app.config.update(MAIL_GATEWAY="smtp", SMTP={name: getattr(server, name) for name in fields})


def test_a_reminder_goes_by_mail_and_its_delivery_is_recorded(app, case):
    post = Post()
    make_expected(case)
    with open_post(post) as server:
        going_by(app, server)
        for _run in range(2):
            send_reminders()

    (letter,) = post.letters
    assert letter.get_content() == "Еске саламыз: сізді 21.11.2026 (сенбі) күтеміз, сағат 10:00.\n"
    result = db.session.query(MessageResult).one()
    assert (result.kind, result.code) == (Result.TAKEN, 250)
    assert db.session.query(MessageAttempt).one().gateway == "smtp"


def test_when_the_line_breaks_at_the_last_word_nothing_is_sent_again(app, case, stopped_clock):
    post = Post(hangs_up=True)
    make_expected(case)
    with open_post(post) as server:
        going_by(app, server)
        for _run in range(3):
            send_reminders()
            stopped_clock.move(hours=1)

    assert len(post.taken) == 1
    assert db.session.query(MessageResult).one().kind is Result.IN_DOUBT


def test_a_server_that_was_busy_is_asked_again_and_no_answer_of_its_is_kept(app, case, stopped_clock, capsys):
    post = Post(to_address=f"450 <{ADDRESS}> is busy")
    make_expected(case)
    with open_post(post) as server:
        going_by(app, server)
        send_reminders()
        post.to_address = "250 OK"
        stopped_clock.move(minutes=10)
        send_reminders()

    assert len(post.letters) == 1
    assert [row.kind for row in db.session.query(MessageResult).order_by(MessageResult.attempt_id)] == [
        Result.FAILED,
        Result.TAKEN,
    ]
    assert ADDRESS not in capsys.readouterr().out
