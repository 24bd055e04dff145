"""Reads rendered pages back: where ink stands, which lines a page has. In millimetres."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PER_MM = 10
Pixel = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of ink."""

    left: float
    top: float
    right: float
    bottom: float


def count(pdf: Path) -> int:
    """How many pages."""
    out = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    found = re.search(r"^Pages:\s+(\d+)", out, re.MULTILINE)
    assert found
    return int(found[1])


def text(pdf: Path) -> str:
    """All text in reading order."""
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def lines(pdf: Path, page: int) -> list[str]:
    """The lines of one page that hold anything, without the page number."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-layout", str(pdf), "-"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line.strip() for line in out.splitlines() if line.strip() and "—" not in line]


def drawn(pdf: Path, page: int, folder: Path) -> Image.Image:
    """One page as a picture, ten pixels to the millimetre."""
    stem = folder / f"{pdf.stem}-{page}"
    command = [
        "pdftoppm",
        "-r",
        "254",
        "-f",
        str(page),
        "-l",
        str(page),
        "-singlefile",
        "-png",
        str(pdf),
        str(stem),
    ]
    subprocess.run(command, capture_output=True, check=True)
    return Image.open(stem.with_suffix(".png")).convert("RGB")


def red(pixel: Pixel) -> bool:
    """The red of heads and rules."""
    return pixel[0] > 170 and pixel[1] < 90 and pixel[2] < 90


def dark(pixel: Pixel) -> bool:
    """Black ink."""
    return max(pixel) < 110


def ink(picture: Image.Image, colour: Callable[[Pixel], bool], area: Box | None = None) -> Box:
    """The smallest box around all ink of a colour, within an area."""
    where = area or Box(0, 0, picture.width / PER_MM, picture.height / PER_MM)
    corner = (round(where.left * PER_MM), round(where.top * PER_MM))
    part = picture.crop((*corner, round(where.right * PER_MM), round(where.bottom * PER_MM)))
    raw = part.tobytes()
    mask = Image.new("L", part.size)
    mask.putdata([255 if colour((raw[at], raw[at + 1], raw[at + 2])) else 0 for at in range(0, len(raw), 3)])
    box = mask.getbbox()
    assert box, "no ink of that colour"
    left, top, right, bottom = (edge / PER_MM for edge in box)
    return Box(where.left + left, where.top + top, where.left + right, where.top + bottom)


def office() -> str | None:
    """The LibreOffice program, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def by_office(docx: Path, folder: Path) -> Path:
    """The .docx as LibreOffice prints it."""
    program = office()
    assert program
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "office"),
        str(docx),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return folder / "office" / f"{docx.stem}.pdf"
