"""The table of materials and the painters that tile are of the same things."""

from showroom.imagine.materials import materials
from showroom.imagine.paint import TILES


def test_every_painter_that_tiles_is_a_material_of_the_table_and_no_other():
    assert set(materials()) == set(TILES)
