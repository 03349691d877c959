"""What a person reads on a printed paper."""

import subprocess


def text_of(paper: bytes) -> str:
    """The words of a PDF, with the white space of its layout made plain."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    return " ".join(subprocess.run(command, input=paper, capture_output=True, check=True).stdout.decode().split())
