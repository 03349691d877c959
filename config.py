"""Settings, read from the environment once; production refuses to start half-configured."""

import os
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import pkcs12
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
OWN_MACHINE = {"localhost", "127.0.0.1"}
LAST_PORT, SUBMISSION = 65535, 587  # RFC 6409
DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


class Refusal(Exception):
    """The application cannot start; the message says what to do."""


def home() -> Path:
    """Where the database, the keys and the files lie."""
    return Path(os.environ.get("QADAM_HOME") or ROOT / "instance").resolve()


def is_production() -> bool:
    return os.environ.get("QADAM_ENV", "demonstration") == "production"


def kept_secret(name: str, make: str) -> str:
    """A secret from the environment, or from the home folder, where the demonstration makes it once."""
    if value := os.environ.get(name):
        return value
    path = home() / "keys" / name.lower()
    if path.exists():
        return path.read_text().strip()
    if is_production():
        raise Refusal(f"Set {name} or put it in {path.name} in the keys folder of QADAM_HOME.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(make)
    return make


def data_key() -> str:
    """What is kept encrypted in the database is read with it, and by nothing else."""
    key = kept_secret("DATA_KEY", Fernet.generate_key().decode())
    try:
        Fernet(key)
    except ValueError:
        raise Refusal("DATA_KEY is no key: it is 32 random bytes in URL-safe base64, 44 characters.") from None
    return key


def database_url() -> str:
    url = os.environ.get("DATABASE_URL")
    if url is None:
        home().mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{home() / 'qadam.db'}"
    if not url.strip():
        raise Refusal("DATABASE_URL is set but empty. Unset it to use SQLite, or give it a database address.")
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    if driver_of(url) not in DRIVERS:
        raise Refusal("DATABASE_URL must begin with postgresql:// or sqlite:///, and be a whole database address.")
    return url


def public_address() -> str:
    """Where people reach this Qadam from outside, for the code on a paper; empty when it is not said."""
    address = os.environ.get("QADAM_ADDRESS", "").strip().rstrip("/")
    if address and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", address):
        raise Refusal("QADAM_ADDRESS must be the address of this Qadam, such as https://qadam.example.kz.")
    return address


def seal() -> tuple[Path | None, str]:
    """The PKCS#12 file of the service's seal and its password; no file when papers are to be issued unsealed."""
    if not (name := os.environ.get("QADAM_SEAL_FILE", "").strip()):
        return None, ""
    password = os.environ.get("QADAM_SEAL_PASSWORD", "")
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(Path(name).read_bytes(), password.encode())
    except OSError:
        raise Refusal("QADAM_SEAL_FILE names a file that cannot be read. Correct the name, or unset it.") from None
    except ValueError:
        raise Refusal("The seal in QADAM_SEAL_FILE does not open: check the file and QADAM_SEAL_PASSWORD.") from None
    if key is None or certificate is None:
        raise Refusal("QADAM_SEAL_FILE must hold a key and its certificate (PKCS#12).")
    if not certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc:
        raise Refusal("The certificate in QADAM_SEAL_FILE is not valid today. Replace it, or unset QADAM_SEAL_FILE.")
    return Path(name).resolve(), password


def gateway(name: str) -> str:
    """What carries reminders by one channel: nothing, files, or a mail server. The demonstration writes files."""
    chosen = os.environ.get(name, "" if is_production() else "file").strip().lower()
    if chosen not in {"", "file", "smtp"}:
        raise Refusal(f"{name} must be file or smtp, or be left empty so that nothing is sent.")
    return chosen


def mail_server() -> dict[str, Any] | None:
    """The mail server that reminders are handed to; None when QADAM_SMTP names none."""
    given = {name: os.environ.get(f"QADAM_SMTP{name}", "").strip() for name in ("", "_SECURITY", "_FROM", "_USER")}
    host, _colon, port = given[""].partition(":")
    if not host:
        return None
    security = given["_SECURITY"] or "starttls"
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?", given[""]) or int(port or SUBMISSION) > LAST_PORT:
        raise Refusal("QADAM_SMTP must be the mail server's name and port, such as mail.example.kz:587.")
    if security not in {"starttls", "tls", "none"}:
        raise Refusal("QADAM_SMTP_SECURITY must be starttls, tls or none.")
    if security == "none" and is_production() and host not in OWN_MACHINE:
        raise Refusal("QADAM_SMTP_SECURITY=none sends addresses in the clear. Use starttls or tls.")
    if not ADDRESS.fullmatch(given["_FROM"]):
        raise Refusal("QADAM_SMTP_FROM must be the e-mail address that reminders come from.")
    return {
        "host": host,
        "port": int(port or SUBMISSION),
        "security": security,
        "user": given["_USER"],
        "password": os.environ.get("QADAM_SMTP_PASSWORD", ""),
        "sender": given["_FROM"],
        "sms_domain": os.environ.get("QADAM_SMS_DOMAIN", "").strip(),
    }


def messages() -> tuple[str, str, dict[str, Any] | None]:
    """The gateways for SMS and for e-mail, and the mail server. A gateway that lacks its server stops the start."""
    sms, mail, server = gateway("QADAM_SMS"), gateway("QADAM_MAIL"), mail_server()
    if "smtp" in {sms, mail} and server is None:
        raise Refusal("Reminders are to go by a mail server: name it in QADAM_SMTP, such as mail.example.kz:587.")
    if sms == "smtp" and not (server and server["sms_domain"]):
        raise Refusal("For SMS by mail, set QADAM_SMS_DOMAIN to the domain of the provider who passes them on.")
    return sms, mail, server


def driver_of(url: str) -> str:
    """What an address opens a database with; empty when it is no address. It may hold a password, so none is shown."""
    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        return ""


class Config:
    """What every start needs; ``from_environment`` fills in what differs from place to place."""

    IDLE = timedelta(minutes=30)
    PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
    SESSION_COOKIE_NAME = "qadam"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = False
    SESSION_REFRESH_EACH_REQUEST = False
    WTF_CSRF_TIME_LIMIT = None
    MAX_CONTENT_LENGTH = 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 1024 * 1024
    MAX_FORM_PARTS = 2000
    BOOTSTRAP_SERVE_LOCAL = True
    DEMONSTRATION = False
    ADDRESS = ""
    SEAL_FILE: Path | None = None
    SEAL_PASSWORD = ""
    SMS_GATEWAY = ""
    MAIL_GATEWAY = ""
    SMTP: dict[str, Any] | None = None
    SQLALCHEMY_ENGINE_OPTIONS: dict[str, object] = {}
    SECRET_KEY: str
    DATA_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    HOME: Path

    @classmethod
    def from_environment(cls) -> "Config":
        config = cls()
        config.HOME = home()
        config.DEMONSTRATION = not is_production()
        config.SECRET_KEY = kept_secret("SECRET_KEY", secrets.token_urlsafe(48))
        config.DATA_KEY = data_key()
        config.ADDRESS = public_address()
        config.SEAL_FILE, config.SEAL_PASSWORD = seal()
        config.SMS_GATEWAY, config.MAIL_GATEWAY, config.SMTP = messages()
        config.SQLALCHEMY_DATABASE_URI = database_url()
        if config.SQLALCHEMY_DATABASE_URI.startswith("postgresql"):
            config.SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
        # Plain HTTP cookies are for the demonstration on one's own machine only.
        config.SESSION_COOKIE_SECURE = is_production()
        return config
