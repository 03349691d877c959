"""The seal of the service on an issued paper: a PAdES signature with the certificate of the office's settings.

Without a certificate papers are issued unsealed. A seal shows that the bytes are those that were issued, for as long
as the certificate is trusted; the code on the paper shows it for ever.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12
from flask import current_app
from flask_babel import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter

from app.clock import now

FIELD = "Seal"
# In no one's way on the page: PDF/A wants an invisible mark to be printable, PDF/UA wants it outside of the page.
UNSEEN = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class NotSealed(Exception):
    """The seal is set up and could not be put on the paper; the message is a sentence that says what to do."""


class Untouched(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: the file goes on saying of itself what a lasting sheet has to say.

    pyHanko would write the metadata anew, in a form that PDF/A does not know, and call the file PDF 2.0 when the
    key is of an elliptic curve; PDF/A-3 is PDF 1.7.
    """

    def _update_meta(self) -> None:
        """Leave the metadata as they are."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay with the version of the sheet."""


def seal(content: bytes) -> bytes | None:
    """The paper with the seal added to its end; None when no seal is set up. Raises NotSealed."""
    path: Path | None = current_app.config["SEAL_FILE"]
    if path is None:
        return None
    signer = signer_of(path, current_app.config["SEAL_PASSWORD"])
    if signer is None or signer.signing_cert is None:
        raise NotSealed(_("The seal cannot be read. Ask the administrator to check its file and password."))
    valid = signer.signing_cert.native["tbs_certificate"]["validity"]
    if not valid["not_before"] <= now() <= valid["not_after"]:
        raise NotSealed(_("The certificate of the seal is not valid today. Ask the administrator to replace it."))
    sealed = BytesIO()
    writer = Untouched(BytesIO(content))
    # Which signature stands for which paper is settled by its bytes: the reason and the place stay out of it.
    about = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    place = SigFieldSpec(FIELD, on_page=0, invis_sig_settings=UNSEEN)
    seal_of = PdfSigner(about, signer=signer, new_field_spec=place)
    with ThreadPoolExecutor(1) as aside:  # pyHanko starts a loop of its own, and a thread holds only one
        aside.submit(seal_of.sign_pdf, writer, output=sealed).result()
    return sealed.getvalue()


@cache
def signer_of(path: Path, password: str) -> SimpleSigner | None:
    """Key and certificate from the file, read once for each process; None when it cannot be read."""
    try:
        content = path.read_bytes()
        key, certificate, _others = pkcs12.load_key_and_certificates(content, password.encode())
    except (OSError, ValueError):
        return None
    if key is None or certificate is None:
        return None
    return SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password.encode())
