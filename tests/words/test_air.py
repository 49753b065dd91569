"""Air: what a configuration may say of fans and scents, and how much each of them is told."""

import math
from dataclasses import replace

import numpy as np
import pytest

from showroom import config
from showroom.errors import InputError
from showroom.rig_table import line_of
from showroom.senses.air.mapping import FALL_S, PATIENCE_S, Duty, Mapping, alive, blowing, wanted
from showroom.senses.air.telling import floats_of, packed, unpacked
from showroom.words.ambience import Ambience, Scent
from showroom.words.pose import about_up
from showroom.words.rig import QUANTITIES, RATE_HZ, WIND, Channel, Rig, quantity_of
from showroom.words.view import Pose
from showroom.words.vocabulary import ACCORDS, THINGS
from showroom.words.wind import wind_at

GOOD = """
language = "it"

[[air.universe]]
number = 1
address = "127.0.0.1"

[[air.osc]]
name = "lamp"
host = "127.0.0.1"
port = 9000

[[air.channel]]
name = "fan"
quantity = "wind"
universe = 1
slot = 1
curve = [[0.3, 0.0], [4.0, 1.0]]
most = 0.8
lead_s = 0.35
place_m = [0, 1.4, -1]
from_deg = 0

[[air.channel]]
name = "citrus"
quantity = "accord.citrus"
universe = 1
slot = 2
fine = true

[[air.channel]]
name = "cool light"
quantity = "light.blue"
osc = "/lamp/blue"
"""
AIR = Ambience(wind_m_s=(0.0, 0.0, 3.0), gust=0.7, drift_m=(11.0, 7.0), temperature_k=300.0, humidity=0.6,
               haze_per_m=0.02, light=0.8, light_rgb=(0.7, 0.6, 0.45),
               scent=Scent((0.5, 0.3, 0.2), tuple(np.linspace(0, 1, len(ACCORDS)).tolist()), (0.25,) * len(THINGS)))


def rig_of(*channels: Channel) -> Rig:
    return Rig(channels=channels)


def told(rig: Rig, air: Ambience = AIR, room: Pose = Pose()):
    return unpacked(rig, packed(rig, 100.0, room, [air] * len(rig.leads_s)))


# -- the configuration --------------------------------------------------------------------------

def test_a_good_table_becomes_a_rig():
    rig = config.parse(GOOD, "here.toml").air
    fan, citrus, light = rig.channels
    assert (fan.slot, fan.most, fan.lead_s, fan.curve) == (1, 0.8, 0.35, ((0.3, 0.0), (4.0, 1.0)))
    assert citrus.fine and (citrus.lead_s, citrus.duty) == (1.5, 0.3)  # what scents have unless it is said
    assert (light.osc, light.to, light.slot, light.duty) == ("/lamp/blue", "lamp", 0, 1.0)
    assert rig.leads_s == (0.0, 0.35, 1.5) and rig.quantities == ("light.blue", "accord.citrus")
    assert config.parse("", "here.toml").air == Rig()


def test_lines_are_found_however_a_file_is_written():
    text = 'a = 1 # [[b]]\n\n[[b]]\nc = [\n 1,\n 2]\n\n# d\n[[b]]\nc = "x"\ne = { f = 3 }\n'
    assert [line_of(text, *path) for path in (("a",), ("b", 0, "c"), ("b", 1), ("b", 1, "c"), ("b", 1, "e", "f"),
                                              ("g",))] == [1, 4, 9, 10, 11, 1]


BAD = [
    ('quantity = "wind"', 'quantity = "smell"', 15, "wind, temperature"),
    ('quantity = "accord.citrus"', 'quantity = "accord.lemonade"', 26, "accord.NAME"),
    ("number = 1", "number = 64000", 5, "from 1 to 63999"),
    ("number = 1", "number = 0", 5, "from 1 to 63999"),
    ("number = 1", "number = true", 5, "from 1 to 63999"),
    ("universe = 1\nslot = 2", "universe = 2\nslot = 2", 27, "one of [[air.universe]] is accepted: 1"),
    ("slot = 2", "slot = 513", 28, "from 1 to 512"),
    ("slot = 2", "slot = 512", 28, "it takes two"),
    ("slot = 2", "slot = 1", 28, "overlaps 'fan'"),
    ("slot = 1\n", "slot = 3\n", 28, "overlaps 'fan'"),
    ("[[0.3, 0.0], [4.0, 1.0]]", "[[0.3, 0.0], [1.0, 0.9], [4.0, 0.5]]", 18, "never turning back"),
    ("[[0.3, 0.0], [4.0, 1.0]]", "[\n [4.0, 0.0],\n [0.3, 1.0],\n]", 18, "always rising"),
    ("[[0.3, 0.0], [4.0, 1.0]]", "[[0.3, nan], [4.0, 1.0]]", 18, "points"),
    ("[[0.3, 0.0], [4.0, 1.0]]", "[[0.3, 0.0], [inf, 1.0]]", 18, "points"),
    ("[[0.3, 0.0], [4.0, 1.0]]", "[[0.3, 0.0], [4.0, 1.5]]", 18, "0 to 1"),
    ("most = 0.8", "most = nan", 19, "from 0 to 1"),
    ("most = 0.8", "most = 0.2\nleast = 0.5", 20, "least up to most"),
    ("lead_s = 0.35", "lead_s = 60", 20, "from 0 to 5"),
    ("lead_s = 0.35", "duty = 0.0", 20, "from 0.01 to 1"),
    ("[0, 1.4, -1]", "[0, 1.4]", 21, "metres"),
    ("fine = true", "fine = 1", 29, "true or false"),
    ("fine = true", "from_deg = 3", 29, "quantity is 'wind'"),
    ("fine = true", "speed = 3", 29, "unknown key 'speed'"),
    ('osc = "/lamp/blue"', 'osc = "lamp blue"', 34, "such as /fan/left"),
    ('osc = "/lamp/blue"', 'osc = "/lamp/blue"\nto = "lump"', 35, "[[air.osc]] is accepted: lamp"),
    ('osc = "/lamp/blue"', "slot = 9", 31, "goes nowhere"),
    ('osc = "/lamp/blue"', 'osc = "/lamp/blue"\nslot = 9', 31, "both are wanted"),
    ('name = "cool light"', 'name = "fan"', 32, "stands twice"),
    ('host = "127.0.0.1"', 'host = "localhost"', 10, "IPv4"),
    ("port = 9000", "port = 70000", 11, "65535"),
    ("port = 9000\n", "", 8, "no port"),
    ("[[air.channel]]", "[[air.chanel]]", 13, "[[air.channel]] are accepted"),
]


@pytest.mark.parametrize(("good", "bad", "line", "said"), BAD)
def test_what_cannot_be_meant_is_refused_with_file_and_line(good, bad, line, said):
    text = GOOD.replace(good, bad, 1 if "chan" not in bad else -1)
    assert text != GOOD
    with pytest.raises(InputError) as caught:
        config.parse(text, "here.toml")
    message = str(caught.value)
    assert message.startswith(f"here.toml, line {line}: ") and said in message and "\n" not in message


@pytest.mark.parametrize("table", ["air = 3", "air = []", "[air]\nchannel = 3", "[air]\nchannel = [1]",
                                   "[air.osc]\nname = 1"])
def test_tables_of_another_kind_are_refused(table):
    with pytest.raises(InputError, match="here.toml, line [12]: .*accepted"):
        config.parse(table, "here.toml")


# -- quantities and curves ----------------------------------------------------------------------

def test_what_is_told_arrives_in_another_process():
    rig = rig_of(*(Channel(name, name, lead_s=lead) for lead, name in enumerate(QUANTITIES[:12])))
    airs = [replace(AIR, temperature_k=280.0 + lead) for lead in range(12)]
    floats = packed(rig, 5.0, Pose((1.0, 0.0, 2.0), about_up(0.3)), airs)
    assert len(floats) == floats_of(rig)
    arrived = unpacked(rig, floats)
    assert arrived.since_s == 5.0 and arrived.world_from_room.position == (1.0, 0.0, 2.0)
    assert [arrived.values[lead, "temperature"] for lead in range(12)] == [280.0 + lead for lead in range(12)]
    assert arrived.airs[3.0].drift_m == AIR.drift_m


@pytest.mark.parametrize("quantity", [name for name in QUANTITIES if name != WIND])
def test_every_quantity_is_read_from_its_own_part_of_the_air(quantity):
    assert quantity_of(AIR, quantity) != quantity_of(Ambience(), quantity) or quantity == f"accord.{ACCORDS[0]}"


@pytest.mark.parametrize("curve", [((290.0, 0.0), (300.0, 0.4), (310.0, 1.0)), ((290.0, 1.0), (310.0, 0.0))])
def test_a_channel_follows_its_curve_within_its_limits(curve):
    channel = Channel("heat", "temperature", curve, least=0.1, most=0.9)
    rig = rig_of(channel)
    kelvin = np.linspace(270.0, 330.0, 61)
    levels = [wanted(channel, told(rig, replace(AIR, temperature_k=k)), 0.0) for k in kelvin.tolist()]
    assert min(levels) == 0.1 and max(levels) == 0.9
    steps = np.diff(levels) * np.sign(curve[-1][1] - curve[0][1])
    assert (steps >= 0).all()
    at_300 = wanted(channel, told(rig, replace(AIR, temperature_k=300.0)), 0.0)
    assert at_300 == pytest.approx(0.4 if len(curve) == 3 else 0.5)


def test_a_fan_blows_as_the_wind_does_at_its_own_place():
    channel = Channel("fan", WIND, ((0.0, 0.0), (12.0, 1.0)), place_m=(0.5, 1.2, -1.0))
    rig, room = rig_of(channel), Pose((4.0, 0.0, -2.0), about_up(math.pi / 2))
    for later_s in (0.0, 0.7, 2.0):
        wind = wind_at(AIR, (4.0 - 1.0, 1.2, -2.0 - 0.5), later_s)
        assert blowing(channel, told(rig, room=room), later_s) == pytest.approx(float(np.linalg.norm(wind)))
        assert wanted(channel, told(rig, room=room), later_s) == pytest.approx(float(np.linalg.norm(wind)) / 12.0)


@pytest.mark.parametrize(("room_turn", "from_deg"), [(0.0, 0.0), (math.pi / 2, 90.0), (math.pi, 180.0)])
def test_a_fan_blows_what_comes_from_its_side_of_the_room(room_turn, from_deg):
    # the wind blows towards +Z: from ahead in the world; a room turned left finds that on its right
    channel = Channel("fan", WIND, from_deg=from_deg)
    still = replace(AIR, gust=0.0)
    rig = rig_of(channel)
    assert blowing(channel, told(rig, still, Pose(orientation=about_up(room_turn))), 0.0) == pytest.approx(3.0)
    away = replace(channel, from_deg=from_deg + 180.0)
    assert blowing(away, told(rig, still, Pose(orientation=about_up(room_turn))), 0.0) == 0.0


# -- limits in time -----------------------------------------------------------------------------

@pytest.mark.parametrize("share", [0.05, 0.3, 0.77])
@pytest.mark.parametrize("spent", [False, True])
def test_no_window_has_more_than_the_duty_whatever_is_asked_for(share, spent):
    rng, duty, over_s = np.random.default_rng(5), Duty(share, 3.0, spent), 3.0
    asked = np.concatenate([np.ones(400), rng.random(800), np.zeros(100), np.ones(400)])
    given = np.array([duty.allow(float(level)) for level in asked])
    steps = round(over_s * RATE_HZ)
    sums = np.convolve(given, np.ones(steps), "valid")
    assert sums.max() <= share * steps + 1e-9 and (given <= asked + 1e-12).all() and given.min() >= 0
    assert sums.max() > 0.95 * share * steps or share > 0.5  # and what may be given is given
    if spent:
        assert given[:steps].sum() <= share * steps + 1e-9


def test_everything_falls_to_nothing_when_the_show_is_silent_or_over():
    silences = np.linspace(0.0, 3.0, 301)
    left = [alive(silent, None) for silent in silences.tolist()]
    assert left[0] == 1.0 and (np.diff(left) <= 0).all() and alive(PATIENCE_S, None) == 1.0
    assert alive(PATIENCE_S + FALL_S, None) == 0.0 and PATIENCE_S + FALL_S < 2.5
    assert alive(0.0, 0.5 * FALL_S) == pytest.approx(0.5) and alive(0.0, FALL_S) == 0.0


def test_nothing_is_told_before_the_show_speaks_nor_after_it():
    channel = Channel("heat", "temperature", ((0.0, 1.0), (1.0, 1.0)), least=0.5)
    rig = rig_of(channel)
    mapping = Mapping(rig)
    assert mapping.step(None, 100.0, 1.0) == {"heat": 0.0}
    assert mapping.step(told(rig), 100.0, 1.0) == {"heat": 1.0}
    assert mapping.step(told(rig), 100.0, 0.25) == {"heat": 0.25}
    assert mapping.step(told(rig), 100.0, 0.0) == {"heat": 0.0}


def test_the_configuration_in_the_documentation_can_be_used(repository):
    text = (repository / "docs" / "senses.md").read_text("utf-8")
    example = text.split("```toml\n", 1)[1].split("```", 1)[0]
    rig = config.parse(example, "docs/senses.md").air
    assert [channel.quantity for channel in rig.channels] == ["wind", "accord.citrus", "temperature", "light.red"]
    assert Mapping(rig).step(told(rig), 100.0, 1.0).keys() == {channel.name for channel in rig.channels}
