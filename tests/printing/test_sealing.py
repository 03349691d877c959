"""The seal: a signature over the bytes that are handed out, made with a certificate of our own making."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pikepdf import Name, Pdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.db import db
from app.printing import sealing
from app.printing.issuing import issue
from app.programs.papers.sheets import paper_of
from config import Refusal, seal
from tests.factories.people import make_user
from tests.factories.programs import APPROVED, make_approved

pytestmark = pytest.mark.one_engine
NOW = datetime.now(UTC)


def make_seal(folder: Path, until: datetime = NOW + timedelta(days=30)) -> x509.Certificate:
    """A self-made certificate and its key, as seal.p12."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Пробация қызметі (үлгі)")])
    usage = x509.KeyUsage(True, True, *(False,) * 7)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(NOW - timedelta(days=400)).not_valid_after(until)
        .add_extension(usage, critical=True).add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    locked = serialization.BestAvailableEncryption(b"secret")
    (folder / "seal.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, locked))
    return certificate


def verdict(content: bytes, certificate: x509.Certificate) -> tuple[bool, bool, str]:
    """Whether what is signed is as it was, whether the signature is of the trusted certificate, and what it covers."""
    (signature,) = PdfFileReader(BytesIO(content)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    trusted = asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
    with ThreadPoolExecutor(1) as aside:  # it starts a loop of its own, and a browser's may run in this thread
        status = aside.submit(validate_pdf_signature, signature, context).result()
    return status.intact, status.valid and status.trusted, status.coverage.name


def test_a_sealed_sheet_is_valid_and_what_is_kept_is_what_is_handed_out(app, officer, tmp_path):
    certificate = make_seal(tmp_path)
    app.config.update(SEAL_FILE=tmp_path / "seal.p12", SEAL_PASSWORD="secret")
    version = make_approved(officer, make_user())
    db.session.expire_all()

    issued = issue(paper_of(version), officer, APPROVED, "kk")

    assert verdict(issued.content, certificate) == (True, True, "ENTIRE_FILE")
    assert verdict(issued.content.replace(b"%PDF-1.7", b"%PDF-1.6"), certificate)[0] is False, "one byte is other"
    assert issued.is_sealed
    file = Pdf.open(BytesIO(issued.content))
    metadata = file.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata, "as the sheet has it, not written anew"
    assert "WeasyPrint" in metadata
    assert "pyHanko" not in metadata
    assert "/Version" not in file.Root, "PDF 1.7, as its first line says"
    (mark,) = file.Root.AcroForm.Fields
    assert mark.Subtype == Name.Widget
    assert (int(mark.F) & 0b111) == 0b100, "printable and not hidden, as PDF/A has it"
    assert mark.Rect[0] == mark.Rect[2] < 0, "outside of the page, as PDF/UA has it"


@pytest.mark.parametrize("until, password", [(NOW - timedelta(days=1), "secret"), (NOW + timedelta(days=1), "wrong")])
def test_a_seal_that_is_over_or_locked_stops_the_start_and_the_sealing(app, tmp_path, monkeypatch, until, password):
    make_seal(tmp_path, until)
    monkeypatch.setenv("QADAM_SEAL_FILE", str(tmp_path / "seal.p12"))
    monkeypatch.setenv("QADAM_SEAL_PASSWORD", password)
    app.config.update(SEAL_FILE=tmp_path / "seal.p12", SEAL_PASSWORD=password)

    with pytest.raises(Refusal):
        seal()
    with pytest.raises(sealing.NotSealed):
        sealing.seal(b"%PDF")


def test_a_missing_file_and_one_that_is_no_seal_stop_the_start(tmp_path, monkeypatch):
    (tmp_path / "words.p12").write_text("no seal")
    for name in ("none.p12", "words.p12"):
        monkeypatch.setenv("QADAM_SEAL_FILE", str(tmp_path / name))
        with pytest.raises(Refusal):
            seal()
    monkeypatch.delenv("QADAM_SEAL_FILE")
    assert seal() == (None, "")
