"""A picture of segments in the manner of Euler: shapes that lie inside, cross, or lie beside each other.

No picture in a plane shows how sixty segments stand to each other. This one says little, and nothing that is not so:
segments go into frames, and within a frame two outermost shapes cross where they have people in common, and lie
beside each other where they have none. A frame has a family of shapes that exclude each other as columns, and further
ones, which read some of the same and exclude each other too, as bands across the columns that they have people in
common with. What lies inside a shape is drawn in frames of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import columns as text_columns
from intercom_iac.text import printable, quoted_names

from .structure import Shape, Structure

_LINE = 18
_LETTER = 7.3
_PAD = 12
_GAP = 14
_WIDE_GAP = 34
"""Between columns that bands cross: a band ends between two of them."""
_OVERHANG = 11
_BAND = 30
_MOST_BANDS = 4
_WIDEST = 860
_HUES = 6
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A shape with its place in its frame, in pixels. `labels` are the keys in it, one a line; `is_band`: it lies
    across others."""

    shape: Shape
    x: float
    y: float
    width: float
    height: float
    hue: int
    is_band: bool = False
    is_container: bool = False

    @property
    def label_x(self) -> float:
        """Where its labels begin; that of a band within the first column."""
        return self.x + _PAD + (_OVERHANG - 2 if self.is_band else 0)

    @property
    def labels(self) -> list[tuple[str, float, str]]:
        """The keys, with the height of each, and each as it is written, cut where it is long."""
        top = self.y + (_BAND / 2 + 5 if self.is_band else _PAD + 8)
        return [(key, top + at * _LINE, _label(key, at)) for at, key in enumerate(self.shape.keys)]


@dataclass(frozen=True, slots=True)
class Frame:
    """Some shapes that are drawn together, and the size that they take. `families` are the keys of columns and of
    bands, `crossings` those of a band and a column that have people in common."""

    drawn: tuple[DrawnShape, ...]
    width: float
    height: float
    columns: tuple[str, ...]
    bands: tuple[str, ...]
    crossings: tuple[tuple[str, str], ...]

    @property
    def number_of_segments(self) -> int:
        return sum(len(drawn.shape.keys) for drawn in self.drawn)


def euler_frames(structure: Structure) -> list[Frame]:
    """The frames of all segments that somebody, and not everybody, is in; those with the most in them first."""
    frames = _frames(structure, None, 0)
    return sorted(frames, key=lambda frame: -frame.number_of_segments)


def split_lone_shapes(frames: Iterable[Frame]) -> tuple[list[Frame], list[str]]:
    """The frames that show something, and the keys of shapes that are alone in theirs, with nothing inside."""
    frames = list(frames)
    lone = [frame.columns[0] for frame in frames if frame.number_of_segments == 1]
    return [frame for frame in frames if frame.number_of_segments > 1], lone


def frame_sentence(frame: Frame) -> str:
    """What a frame shows, in words, without a final period; "" for a shape by itself."""
    families = [keys for keys in (frame.columns, frame.bands) if len(keys) > 1]
    said = [f"nobody is in two of {quoted_names(keys)}" for keys in families]
    for band in frame.bands:
        crossed = [column for crossing, column in frame.crossings if crossing == band]
        said.append(f"`{band}` has people in common with {quoted_names(crossed)}")
    outermost = {*frame.columns, *frame.bands}
    for drawn in frame.drawn:
        if drawn.shape.key not in outermost and drawn.shape.container is not None:
            around = (drawn.shape.container, *drawn.shape.also_inside)
            said.append(f"`{drawn.shape.key}` is inside {quoted_names(around)}")
        if len(drawn.shape.keys) > 1:
            said.append(f"{quoted_names(drawn.shape.keys)} are the same people")
    return "; ".join(said)


def _frames(structure: Structure, container: str | None, depth: int) -> list[Frame]:
    """The frames of what lies right inside a shape, or of the outermost ones."""
    shapes = {shape.key: shape for shape in structure.contents(container)}
    left = list(shapes)
    families = structure.families(shapes.values())
    frames: list[Frame] = []
    for family in families:
        keys = [key for key in family if key in left]
        if not keys:
            continue
        left = [key for key in left if key not in keys]
        boxes = [_box(structure, shapes[key], depth) for key in keys]
        bands: list[tuple[str, int, int]] = []
        if sum(box.width + _WIDE_GAP for box in boxes) <= _WIDEST:
            candidates = [key for key in left if not structure.contents(key) and len(shapes[key].keys) == 1]
            common = {key: structure.common_reads(key, keys) for key in candidates}
            candidates = sorted(filter(common.get, candidates), key=lambda key: -common[key])
            bands = _bands(structure, keys, candidates)
            left = [key for key in left if key not in {band for band, _, _ in bands}]
        frames.append(_frame(boxes, [(shapes[key], begin, end) for key, begin, end in bands], depth))
    return frames


def _bands(
    structure: Structure, keys: Sequence[str], candidates: Iterable[str]
) -> list[tuple[str, int, int]]:
    """Shapes that exclude each other and cross a run of the columns; what they do not cross, they exclude."""
    found: list[tuple[str, int, int]] = []
    for candidate in candidates:
        relations = [structure.between(candidate, key) for key in keys]
        crossed = [at for at, relation in enumerate(relations) if relation == "overlapping"]
        if (
            len(found) < _MOST_BANDS
            and crossed
            and set(relations) <= {"overlapping", "disjoint"}
            and len(crossed) == crossed[-1] - crossed[0] + 1
            and all(structure.between(candidate, band) == "disjoint" for band, _, _ in found)
        ):
            found.append((candidate, crossed[0], crossed[-1]))
    return found


@dataclass(frozen=True, slots=True)
class _Box:
    """A shape with what lies in it, drawn from 0, 0."""

    shape: Shape
    width: float
    height: float
    contents: tuple[DrawnShape, ...] = ()


def _box(structure: Structure, shape: Shape, depth: int) -> _Box:
    width = max(_text_width(key, at) for at, key in enumerate(shape.keys)) + 2 * _PAD
    height = 2 * _PAD + _LINE * len(shape.keys) - 6
    drawn: list[DrawnShape] = []
    for frame in _frames(structure, shape.key, depth + 1):
        height += 4 if drawn else 0
        drawn += [_move_shape(inner, _PAD, height) for inner in frame.drawn]
        width = max(width, frame.width + 2 * _PAD)
        height += frame.height + _PAD
    return _Box(shape, max(width, 72), height, tuple(drawn))


def _frame(boxes: Sequence[_Box], bands: Sequence[tuple[Shape, int, int]], depth: int) -> Frame:
    if bands:
        placed, width, height = _in_one_row(boxes, bands)
    else:
        placed, width, height = _in_rows(boxes)
    drawn: list[DrawnShape] = []
    for at, (box, x, y, column_width, column_height) in enumerate(placed):
        hue = (at + depth * 2) % _HUES
        drawn.append(
            DrawnShape(box.shape, x, y, column_width, column_height, hue, is_container=bool(box.contents))
        )
        drawn += [_move_shape(inner, x, y) for inner in box.contents]
    tallest = max(box.height for box in boxes)
    for at, (shape, begin, end) in enumerate(bands):
        left = placed[begin][1] - _OVERHANG
        right = placed[end][1] + placed[end][3] + _OVERHANG
        y = tallest + _GAP / 2 + at * (_BAND + 8)
        hue = (len(boxes) + at + depth * 2) % _HUES
        drawn.append(DrawnShape(shape, left, y, right - left, _BAND, hue, is_band=True))
    keys = tuple(box.shape.key for box in boxes)
    return Frame(
        drawn=tuple(drawn),
        width=width,
        height=height,
        columns=keys,
        bands=tuple(shape.key for shape, _, _ in bands),
        crossings=tuple((shape.key, key) for shape, begin, end in bands for key in keys[begin : end + 1]),
    )


_Placed = tuple[_Box, float, float, float, float]


def _in_one_row(
    boxes: Sequence[_Box], bands: Sequence[tuple[Shape, int, int]]
) -> tuple[list[_Placed], float, float]:
    """Columns of one height that bands fit across, wide enough for the labels of these."""
    widths = [box.width for box in boxes]
    for shape, begin, end in bands:
        spanned = sum(widths[begin : end + 1]) + (end - begin) * _WIDE_GAP + 2 * _OVERHANG
        widths[end] += max(0, _text_width(shape.key, 0) + 2 * (_PAD + _OVERHANG) - spanned)
    height = max(box.height for box in boxes) + _GAP / 2 + len(bands) * (_BAND + 8) + 4
    placed: list[_Placed] = []
    x = float(_OVERHANG)
    for box, width in zip(boxes, widths, strict=True):
        placed.append((box, x, 0.0, width, height))
        x += width + _WIDE_GAP
    return placed, x - _WIDE_GAP + _OVERHANG, height


def _in_rows(boxes: Sequence[_Box]) -> tuple[list[_Placed], float, float]:
    """Shapes beside each other, in as many rows as they take."""
    placed: list[_Placed] = []
    x = y = tallest = widest = 0.0
    for box in boxes:
        if placed and x + box.width > _WIDEST:
            x, y, tallest = 0.0, y + tallest + _GAP, 0.0
        placed.append((box, x, y, box.width, box.height))
        x += box.width + _GAP
        widest = max(widest, x - _GAP)
        tallest = max(tallest, box.height)
    return placed, widest, y + tallest


def _move_shape(drawn: DrawnShape, x: float, y: float) -> DrawnShape:
    return replace(drawn, x=drawn.x + x, y=drawn.y + y)


def _label(key: str, at: int) -> str:
    text = printable(key)
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return short if at == 0 else f"= {short}"


def _text_width(key: str, at: int) -> float:
    return text_columns(_label(key, at)) * _LETTER
