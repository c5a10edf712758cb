"""Pictures from the assets: found below their root, checked before they are decoded, scaled to fit."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 25_000_000
"""Largest picture that is decoded; a decompression bomb is refused by its header."""
MAX_BYTES = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def find_picture(name: str, roots: Sequence[Path]) -> Path:
    """Return the file ``name`` below the first root that has it; the shipped assets come last.

    Args:
        name: relative, with ``/``.
        roots: asset folders of the workspace.

    Raises:
        PosterError: it is nowhere, or points outside its root.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if not name or "\0" in name or parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
        raise PosterError(
            Text(f"图片路径 {name} 不在素材目录里", f"picture path {name} does not lie inside the assets folder")
        )
    for root in (*roots, shipped()):
        path = root / parts
        if path.is_file():
            if not path.resolve().is_relative_to(root.resolve()) or _linked(path, root):
                raise PosterError(
                    Text(f"图片 {name} 是指向别处的链接，已拒绝", f"picture {name} is a link and was refused")
                )
            return path
    raise PosterError(Text(f"找不到图片 {name}", f"picture {name} is not found"))


def fitted(
    path: Path, size: tuple[int, int], *, fit: str = "cover", focus: tuple[float, float] = (0.5, 0.5)
) -> tuple[Image, tuple[int, int]]:
    """Return the picture scaled for a box of ``size`` px, and where in the box it stands; RGBA where it is see-through.

    Args:
        path: the file.
        size: px width and height of the box.
        fit: ``cover``, ``contain``, ``fill`` or ``tile``.
        focus: what stays in sight where ``cover`` cuts, and where ``contain`` puts it.

    Raises:
        PosterError: it is no JPEG, PNG or WebP, is damaged, or is larger than 25 megapixels.
    """
    stat = path.stat()
    return _fitted(path, (stat.st_mtime_ns, stat.st_size), (size, fit, focus))


@lru_cache(maxsize=16)
def _fitted(
    path: Path, _: tuple[int, int], wanted: tuple[tuple[int, int], str, tuple[float, float]]
) -> tuple[Image, tuple[int, int]]:
    from PIL import Image

    size, fit, focus = wanted
    picture = _opened(path, size)
    if fit == "tile":
        return _tiled(picture, size), (0, 0)
    if fit == "fill":
        return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0), (0, 0)
    cover = fit == "cover"
    ratios = size[0] / picture.width, size[1] / picture.height
    scale = max(ratios) if cover else min(ratios)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    if (width, height) != picture.size:
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    x, y = round((size[0] - width) * focus[0]), round((size[1] - height) * focus[1])
    if cover:
        picture, x, y = picture.crop((-x, -y, size[0] - x, size[1] - y)), 0, 0
    return picture, (x, y)


def _tiled(picture: Image, size: tuple[int, int]) -> Image:
    """Return the picture repeated from the top left corner."""
    from PIL import Image

    made = Image.new(picture.mode, size)
    for top in range(0, size[1], picture.height):
        for left in range(0, size[0], picture.width):
            made.paste(picture, (left, top))
    return made


def _opened(path: Path, size: tuple[int, int]) -> Image:
    from PIL import Image, ImageOps, UnidentifiedImageError

    _load_formats()
    if path.stat().st_size > MAX_BYTES:
        raise PosterError(Text(f"图片 {path.name} 超过 40 MB", f"picture {path.name} is larger than 40 MB"))
    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PosterError(_too_large(path, opened.size))
            opened.draft("RGB", (size[0] * 2, size[1] * 2))
            ImageOps.exif_transpose(opened, in_place=True)
            return opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except UnidentifiedImageError as error:
        raise PosterError(
            Text(f"{path.name} 不是 JPEG、PNG 或 WebP 图片", f"{path.name} is not a JPEG, PNG or WebP picture")
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PosterError(Text(f"图片 {path.name} 太大", f"picture {path.name} is too large")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PosterError(
            Text(f"图片 {path.name} 已损坏，请重新导出", f"picture {path.name} is damaged; export it again")
        ) from error


def _load_formats() -> None:
    """Import the plugins of :data:`FORMATS`, which spares Pillow from importing all forty to find them."""
    for name in ("Jpeg", "Png", "WebP"):
        importlib.import_module(f"PIL.{name}ImagePlugin")


def _too_large(path: Path, size: tuple[int, int]) -> Text:
    shown = f"{size[0]}×{size[1]}"
    return Text(
        f"图片 {path.name} 有 {shown} 像素，超过 2500 万，请先缩小",
        f"picture {path.name} has {shown} px, more than 25 megapixels; scale it down",
    )


def _linked(path: Path, root: Path) -> bool:
    """Whether the file or a folder between it and its root is a symbolic link."""
    return any(each.is_symlink() for each in (path, *path.parents) if each != root and each.is_relative_to(root))
