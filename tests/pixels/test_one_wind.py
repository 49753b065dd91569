"""One wind: grass, petals, sound, hands and fans follow the same gusts, each those of its own place, and none late."""

import re
from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.paths import SHADERS
from showroom.render.blocks import FRAME, fill_scene
from showroom.render.picture import framebuffer, new_texture
from showroom.render.pools import new_buffer
from showroom.render.program import Program
from showroom.senses.air.mapping import Mapping
from showroom.senses.air.telling import packed, unpacked
from showroom.senses.audio.soundscape import HOP, LAYERS, RATE_HZ, Soundscape
from showroom.senses.touch import TICK_S, Skin
from showroom.words.ambience import Ambience
from showroom.words.controls import Hand
from showroom.words.geometry import Material
from showroom.words.hearing import Hearing
from showroom.words.pose import about_up
from showroom.words.rig import RATE_HZ as TOLD_HZ
from showroom.words.rig import WIND, Channel, Rig
from showroom.words.scene import Scene
from showroom.words.view import Pose
from showroom.words.vocabulary import SOUNDS
from showroom.words.wind import carried_on, wind_at

MINUTE_S = 60.0
LIKE, LATE_S = 0.95, 0.020
QUIVER_S = 2 * np.pi / 5.0  # of grass whose phase is 0 (shaders/part.glsl); an envelope leaves that out
MEAN, STIFF = (4.0, 0.0, 0.0), (9.0, 0.0, 0.0)  # m/s


def air_at(time_s: float, mean=MEAN) -> Ambience:
    """The show's air after so much time of the same wind."""
    return Ambience(mean, 0.8, drift_m=carried_on((3.0, 5.0), mean, time_s))


def field(place, times, mean=MEAN) -> np.ndarray:
    """The speed of the wind at a place for each time."""
    return np.array([np.linalg.norm(wind_at(air_at(t, mean), place)) for t in times.tolist()])


def envelope(values, step_s: float) -> np.ndarray:
    """What is left of values when what is quicker than a gust is taken out, whole windows only."""
    width = max(round(QUIVER_S / step_s), 1)
    return np.convolve(values, np.ones(width) / width, mode="valid")


def likeness(values, truth, step_s: float) -> tuple[float, float]:
    """How well an envelope goes with the field's, and how late it is, seconds."""
    values, truth = (envelope(np.asarray(one, float), step_s) for one in (values, truth))
    at = np.arange(len(values)) * step_s
    inner = slice(round(0.5 / step_s), -round(0.5 / step_s))
    lags = np.arange(-0.4, 0.4, 0.002)
    alike = [np.corrcoef(values[inner], np.interp(at - lag, at, truth)[inner])[0, 1] for lag in lags]
    best = int(np.argmax(alike))
    return float(np.corrcoef(values, truth)[0, 1]), float(lags[best])


def check(name: str, values, truth, step_s: float) -> None:
    alike, late_s = likeness(values, truth, step_s)
    print(f"{name}: {alike:.3f} like the field at its own place, {1000 * late_s:+.0f} ms")
    assert alike >= LIKE and abs(late_s) < LATE_S, name


# -- what is seen -------------------------------------------------------------------------------

@pytest.mark.parametrize("phase", [0.0, 0.9])
def test_grass_bends_with_it(draw, phase):
    scene = scenes.scene()
    leaf = Material("foliage", base_color=(0.0, 0.0, 0.0, 1.0), emission=(1.0, 1.0, 1.0))
    stalk = scenes.quad((0.0, 0.0, 0.0), 0.5, (0, 0, 1), leaf, "stalks")
    stalk.vertices["shade"][:, 1] = 255
    placed = scenes.instances(1)
    placed["flex_m"], placed["phase"] = 0.12, phase
    placed["world_from_part"][:, :, 3] = [(0.0, 0.0, -4.0)]
    scenes.arrive(scene, replace(stalk, instances=placed))
    step_s = 0.1
    times, path = np.arange(0.0, MINUTE_S, step_s), []
    for t in times.tolist():
        scene.time_s, scene.ambience = t, air_at(t)
        seen = draw(scene)[0].astype(float).sum(axis=(0, 2))
        path.append(float((seen * np.arange(len(seen))).sum() / seen.sum()))
    along = [float(wind_at(air_at(t), (0.0, 0.0, -4.0))[0]) for t in times.tolist()]
    check(f"grass of phase {phase}", path, along, step_s)


MOTES = 16
ASK = """
#ifdef VERTEX
#include "screen.glsl"
#endif
#ifdef FRAGMENT
{drifting}
layout(location = 0) out vec4 color;
void main() {{
    EmitterBlock e;
    e.motion = vec4(0.0, 0.011, 0.0, 1.0);
    uint id = uint(gl_FragCoord.x);
    vec3 more = unit3(id * 7u + 5u);
    color = vec4(drifting(e, id, more, vec3(300.0), vec3(0.0)).position, 1.0);
}}
#endif
"""


@pytest.fixture
def motes(display, tmp_path):
    """motes(scene) → (MOTES, 3): where petals are, as their own shader has it."""
    GL = gl.GL
    for file in SHADERS.glob("*.glsl"):
        (tmp_path / file.name).write_text(file.read_text())
    vertex = (SHADERS / "particles.glsl").read_text().split("#ifdef VERTEX", 1)[1].split("void main()", 1)[0]
    drifting = re.sub(r"out VertexOut \{.*?\} o;", "", vertex, flags=re.DOTALL)
    (tmp_path / "ask.glsl").write_text(ASK.format(drifting=drifting))
    program, block_buffer = Program("ask.glsl", tmp_path), new_buffer(FRAME.itemsize)
    texture = new_texture(GL.GL_TEXTURE_2D_ARRAY)
    GL.glTextureStorage3D(texture, 1, GL.GL_RGBA32F, MOTES, 1, 1)
    target, array = framebuffer({GL.GL_COLOR_ATTACHMENT0: texture}), np.zeros(1, np.uint32)
    GL.glCreateVertexArrays(1, array)

    def answer(scene: Scene) -> np.ndarray:
        block = np.zeros(1, FRAME)
        fill_scene(block[0], scene, 1)
        gl.fn.glNamedBufferSubData(block_buffer, 0, FRAME.itemsize, gl.pointer(block))
        gl.fn.glBindBufferBase(GL.GL_UNIFORM_BUFFER, 0, block_buffer)
        gl.fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
        gl.fn.glViewport(0, 0, MOTES, 1)
        gl.fn.glDisable(GL.GL_DEPTH_TEST)
        gl.fn.glDisable(GL.GL_BLEND)
        gl.fn.glUseProgram(program.id)
        gl.fn.glBindVertexArray(int(array[0]))
        gl.fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, 1)
        gl.fn.glEnable(GL.GL_DEPTH_TEST)
        found = np.zeros((MOTES, 4), np.float32)
        GL.glGetTextureImage(texture, 0, GL.GL_RGBA, GL.GL_FLOAT, found.nbytes, found)
        return found[:, :3]

    yield answer
    gl.fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    GL.glDeleteFramebuffers(1, gl.names(target))
    GL.glDeleteTextures(1, gl.names(texture))
    GL.glDeleteVertexArrays(1, array)
    GL.glDeleteBuffers(1, gl.names(block_buffer))
    program.close()


def test_petals_are_blown_with_it(motes):
    step_s, scene = 0.05, Scene()
    times, blown, calm = np.arange(0.0, MINUTE_S, step_s), [], []
    for t in times.tolist():
        scene.time_s, scene.ambience = t, air_at(t)
        blown.append(motes(scene).astype(float))
        scene.ambience = replace(scene.ambience, gust=0.0)
        calm.append(motes(scene).astype(float))
    aside = np.array(blown)[..., 0] - np.array(calm)[..., 0]  # along the wind, from where it would float without gusts
    found = []
    for mote in range(MOTES):
        truth = [float(wind_at(air_at(t), places[mote])[0]) for t, places in zip(times.tolist(), calm)]
        found.append(likeness(aside[:, mote], truth, step_s))
    print(f"petals: at least {min(alike for alike, _ in found):.3f} like the field at their own places, "
          f"at most {1000 * max(abs(late) for _, late in found):.0f} ms")
    assert min(alike for alike, _ in found) >= LIKE and max(abs(late) for _, late in found) < LATE_S


# -- what is heard and felt -----------------------------------------------------------------------

def test_wind_is_heard_with_it():
    levels = tuple(1.0 if name == "wind" else 0.0 for name in SOUNDS)
    step_s = HOP / RATE_HZ
    times = np.arange(0.0, MINUTE_S, step_s)
    hearings = [Hearing.of(replace(air_at(t, STIFF), sounds=levels, wet=0.0), Pose((0.0, 1.6, 0.0)))
                for t in times.tolist()]
    every, truths = [], []
    for seed in range(11, 15):  # four of them: each flutters by itself as well
        scape, places = Soundscape(seed), LAYERS["wind"](seed).step(hearings[0], 1.0).noise_at
        loud = np.array([np.sqrt(np.mean(scape.render(HOP, one).astype(float) ** 2)) for one in hearings])
        every.append(loud / loud.mean())
        truths += [field(place, times + 0.5 * step_s, STIFF) for place in places]
    # without what comes up in the first half second
    check("sound", np.mean(every, axis=0)[20:], np.mean(truths, axis=0)[20:], step_s)


def test_a_hand_feels_it():
    place, frame_s = (0.3, 1.2, -0.4), 1 / 90
    hand = Hand("left", grip=Pose(place, about_up(np.pi)))  # its palm looks along −X, against the wind
    skin, felt = Skin(1.0), []
    for t in np.arange(0.0, MINUTE_S, frame_s).tolist():
        felt += [(t, one.amplitude) for one in skin.step((hand,), air_at(t), {}, t)]
    at, amplitude = np.array(felt).T
    times = np.arange(0.0, MINUTE_S, TICK_S)
    held = amplitude[np.clip(np.searchsorted(at, times, side="right") - 1, 0, None)]  # a motor keeps on until the next
    check("hand", held, field(place, times), TICK_S)


@pytest.mark.parametrize("lead_s", [0.0, 0.35])
def test_a_fan_blows_with_it_and_earlier_by_its_own_lag(lead_s):
    place = (0.0, 1.4, -1.2)
    rig = Rig(channels=(Channel("fan", WIND, ((0.0, 0.0), (10.0, 1.0)), place_m=place, lead_s=lead_s, slot=1),))
    mapping, step_s = Mapping(rig), 1 / TOLD_HZ
    times, blown = np.arange(0.0, MINUTE_S, step_s), []
    for t in times.tolist():
        frame_s = np.floor(t * 90) / 90  # the show spoke a while ago
        told = unpacked(rig, packed(rig, frame_s, Pose(), [air_at(frame_s + lead_s)]))
        blown.append(mapping.step(told, t, 1.0)["fan"])
    check(f"fan that takes {lead_s} s", blown, field(place, times + lead_s), step_s)
