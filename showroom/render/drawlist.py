"""What to draw, as indirect commands: made anew only when the parts change, not every frame."""

import logging
import struct
from dataclasses import dataclass

import numpy as np

from showroom import gl
from showroom.render.blocks import DRAW, ELEMENTS, FADES, MATERIAL, STAYS, THINS, TINTED, material_row
from showroom.render.models import ModelPool
from showroom.render.pools import new_buffer
from showroom.render.upload import Look, Part, Uploader
from showroom.words.geometry import CAUSTIC, HERO
from showroom.words.material import Material
from showroom.words.scene import Held
from showroom.words.vocabulary import STAGES

log = logging.getLogger(__name__)
MAX_PARTS = 1024
MAX_DRAWS = 2 * MAX_PARTS  # each part at most twice: itself and its shadow
# the order of drawing; "shadow" comes first and draws each instance once, not once a view
GROUPS = ("shadow", "opaque", "foliage", "product", "polished", "liquid", "water", "glass", "clear", "blend", "glow")
_GROUP_OF = {"shaft": "glow"}
_THIN_FROM = 600  # instances: what there are fewer of is drawn whole at any distance


# rows of ELEMENTS and DRAW, in a third of the time that numpy takes for one
_COMMAND, _DRAW = struct.Struct("<IIIiI"), struct.Struct("<IIIII")


@dataclass(frozen=True)
class Group:
    """A run of commands: the first one's number and how many."""

    first: int
    count: int


class DrawList:
    """Indirect commands, draws and materials of all visible parts, in GPU buffers.

    coming_s : how long a part takes to come once it can be drawn.   whole_s : when the last one has come.
    `heroes` : the number that shaders know a hero by, 1 and up, for its slot and product ("": a place's own).
    """

    def __init__(self, coming_s: float):
        self._coming_s, self.whole_s = coming_s, 0.0
        self.commands = new_buffer(MAX_DRAWS * ELEMENTS.itemsize)
        self.draws = new_buffer(MAX_DRAWS * DRAW.itemsize)
        self.materials = new_buffer(MAX_PARTS * MATERIAL.itemsize)
        self.groups = {name: Group(0, 0) for name in GROUPS}
        self.instances = self.triangles = 0
        self.heroes: dict[tuple[int, str], int] = {}
        self._made_for = None
        self._away = frozenset()

    def refresh(self, uploader: Uploader, presence: np.ndarray, views: int) -> bool:
        """Makes the commands anew if parts, visible slots or the number of views changed.

        Returns whether it did, which is when the shadow map has to be drawn again.
        """
        visible = tuple(presence > 0.0)
        state = (uploader.changed, visible, views)
        if state == self._made_for:
            return False
        self._made_for = state
        parts = [part for part in uploader.parts.values() if visible[part.slot] and part.seen_s is not None]
        if len(parts) > MAX_PARTS:
            log.warning("drawing %d parts: %d are shown at once; grow with less detail", len(parts), MAX_PARTS)
        self.whole_s = max((part.seen_s for part in parts), default=0.0) + self._coming_s
        self._write(parts[:MAX_PARTS], uploader.models, views)
        return True

    def lifted(self, held: tuple[Held, ...]) -> bool:
        """Whether a hero has left its plinth or come home since the last call: shadows know nothing of it yet."""
        away = frozenset((one.slot, one.product_id) for one in held)
        changed, self._away = away != self._away, away
        return changed

    def _write(self, parts: list[Part], models: ModelPool, views: int) -> None:
        grouped = {name: [] for name in GROUPS}
        for row, part in enumerate(parts):
            if part.look is None:
                layers = models.layers(part.slot, part.material.surface, part.material.maps)
                part.look = _look(part, self._coming_s, self._hero_of(part), layers)
            for name in part.look.groups:
                grouped[name].append((row, part))
        commands, draws = bytearray(), bytearray()
        first = 0
        for name, members in grouped.items():
            times = 1 if name == "shadow" else views
            for row, part in members:
                commands += _COMMAND.pack(part.indices, part.ready * times, part.first_index,
                                          part.first_vertex, part.first_instance)
                draws += _DRAW.pack(row, part.slot, part.look.layer, part.look.traits, part.first_motion)
            self.groups[name] = Group(first, len(members))
            first += len(members)
        materials = b"".join([part.look.material for part in parts])
        for buffer, content in ((self.commands, commands), (self.draws, draws), (self.materials, materials)):
            if content:
                whole = np.frombuffer(content, np.uint8)
                gl.fn.glNamedBufferSubData(buffer, 0, len(whole), gl.pointer(whole))
        self.instances = sum(part.ready for part in parts)
        self.triangles = sum(part.ready * part.indices // 3 for part in parts)

    def _hero_of(self, part: Part) -> int:
        """The number of the hero that a part is of, 0 for none."""
        own = part.name.startswith(HERO)
        if not (own or part.product_id):
            return 0
        return self.heroes.setdefault((part.slot, "" if own else part.product_id), len(self.heroes) + 1)

    def close(self) -> None:
        """Deletes the buffers."""
        gl.GL.glDeleteBuffers(3, gl.names(self.commands, self.draws, self.materials))


def _look(part: Part, coming_s: float, hero: int, layers: dict[str, int]) -> Look:
    """What a part that has been seen keeps as long as it stands."""
    group = _group(part.material)
    shadow = ("shadow",) if part.casts_shadow and group in ("opaque", "foliage", "product") else ()
    row = material_row(part.material, part.slot, part.seen_s + coming_s, coming_s, layers)
    return Look(np.array([row], dtype=MATERIAL).tobytes(), (*shadow, group), _layer(part), _traits(part) | hero << 8)


def _group(material: Material) -> str:
    """Which group of commands draws it."""
    if material.kind == "product" and material.transmission > 0:
        return "clear"
    if material.kind == "product" and material.alpha_mode == "blend":
        return "blend"
    return _GROUP_OF.get(material.kind, material.kind)


def _layer(part: Part) -> int:
    """0 to 2 for what belongs to top, heart or base; 3 for the rest."""
    return STAGES.index(part.layer) if part.layer else len(STAGES)


def _traits(part: Part) -> int:
    """What sets a part's drawing apart, as bits."""
    material = part.material
    thins = material.kind == "foliage" and part.capacity >= _THIN_FROM
    tinted = material.kind in ("foliage", "liquid") or material.surface == "drape"
    stays = part.name.endswith(CAUSTIC)
    return STAYS * stays | THINS * thins | TINTED * tinted | FADES * (stays and material.alpha_mode == "blend")
