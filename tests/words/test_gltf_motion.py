"""What of a merchant's model moves: nodes, skins and morph targets, sampled in one way."""

import numpy as np
import pytest

from gltf_kit import CUBE, CUBE_FACES, Gltf, cube
from showroom.imagine.gltf.model import Wanted, read
from showroom.imagine.gltf.refusal import Refusal
from showroom.words.motion import MOTION_BYTES, RATE_HZ

SMALL = Wanted(size_px=8)


def animated(made: Gltf, path: str, times, values, way: str = "LINEAR", node: int = 0) -> Gltf:
    """With one animation of one thing of one node."""
    times = made.add(np.array(times, "f4"), min=[float(min(times))], max=[float(max(times))])
    values = made.add(np.array(values, "f4"))
    made.plain["animations"] = [{"samplers": [{"input": times, "output": values, "interpolation": way}],
                                 "channels": [{"sampler": 0, "target": {"node": node, "path": path}}]}]
    return made


def frames_of(made: Gltf) -> tuple[np.ndarray, float]:
    """(f, v, 3) places of the only part, metres, and frames a second."""
    part = read(made.glb(), None, SMALL).parts[0]
    motion = part.motion
    assert motion is not None and len(motion.frames) >= 2 and 0 < motion.rate_hz <= RATE_HZ
    assert np.allclose(motion.frames["position"][0] / 32767 * motion.extent + motion.center, part.vertices["position"], atol=1e-4)
    return motion.frames["position"] / 32767 * motion.extent + motion.center, motion.rate_hz


def middles(made: Gltf) -> tuple[np.ndarray, np.ndarray]:
    """(f,) s and (f, 3) of the middle of a part."""
    frames, rate_hz = frames_of(made)
    return np.arange(len(frames)) / rate_hz, frames.mean(axis=1)


def test_a_node_that_moves_is_where_its_keyframes_say():
    at_s, middle = middles(animated(cube(), "translation", [0, 1, 2], [[0, 0, 0], [0.2, 0, 0], [0, 0, 0]]))
    assert middle[:, 0] - middle[0, 0] == pytest.approx(0.2 * (1 - np.abs(at_s - 1)), abs=1e-4)


def test_steps_do_not_glide():
    _, middle = middles(animated(cube(), "translation", [0, 1, 2], [[0, 0, 0], [0.2, 0, 0], [0, 0, 0]], "STEP"))
    assert set(np.round(middle[:, 0] - middle[0, 0], 3)) == {0.0, 0.2}


def test_a_cubic_one_passes_its_keyframes_and_has_their_slopes():
    values = [[[0, 0, 0]] * 3, [[0, 0, 0], [0.2, 0, 0], [0, 0, 0]]]
    at_s, middle = middles(animated(cube(), "translation", [0, 1], np.array(values).reshape(-1, 3), "CUBICSPLINE"))
    assert middle[:, 0] - middle[0, 0] == pytest.approx(0.2 * (3 * at_s**2 - 2 * at_s**3), abs=1e-4)


def test_a_turn_goes_the_shorter_way_at_an_even_pace():
    half = np.sqrt(0.5)
    frames, rate_hz = frames_of(animated(cube(), "rotation", [0, 1], [[0, 0, 0, 1], [0, -half, 0, -half]]))
    at_s = np.arange(len(frames)) / rate_hz
    angle = np.unwrap(np.arctan2(-frames[:, 0, 2], frames[:, 0, 0]))
    assert angle - angle[0] == pytest.approx(np.pi / 2 * at_s, abs=2e-3)


def test_morph_targets_are_added():
    raised = np.where(CUBE > 0, 0.1, 0.0).astype("f4")[:, 1:2] * np.array([0, 1, 0], "f4")
    made = cube()
    made.plain["meshes"][0]["primitives"][0]["targets"] = [{"POSITION": made.add(raised)}]
    made.plain["meshes"][0]["weights"] = [0.5]
    assert read(made.glb(), None, SMALL).corners[1][1] == pytest.approx(0.15)
    frames, _ = frames_of(animated(made, "weights", [0, 1], [0.0, 1.0]))
    tall = frames[..., 1].max(axis=1)
    assert tall[0] == pytest.approx(0.1, abs=1e-4) and (np.diff(tall) > 0).all() and tall[-1] > 0.19


def test_a_skin_bends_with_its_joints():
    made = Gltf()
    joints = np.zeros((8, 4), "u1")
    joints[:, 0] = CUBE[:, 1] > 0
    weights = np.tile(np.array([1, 0, 0, 0], "f4"), (8, 1))
    made.mesh({"attributes": {"POSITION": made.add(CUBE), "JOINTS_0": made.add(joints), "WEIGHTS_0": made.add(weights)},
               "indices": made.add(CUBE_FACES.reshape(-1))})
    made.plain["nodes"] = [{"mesh": 0, "skin": 0, "translation": [9, 9, 9]}, {"children": [2]}, {}]
    made.plain["skins"] = [{"joints": [1, 2]}]
    made.plain["scenes"] = [{"nodes": [0, 1]}]
    frames, _ = frames_of(animated(made, "translation", [0, 1], [[0, 0, 0], [0.3, 0, 0]], node=2))
    low, high = frames[..., 1] < 0.05, frames[..., 1] > 0.05
    assert np.ptp(np.where(low, frames[..., 0], 0).sum(axis=1)) < 1e-3
    assert frames[-1][high[-1]][:, 0].mean() - frames[0][high[0]][:, 0].mean() > 0.25


def test_what_stands_still_has_no_motion():
    assert read(animated(cube(), "translation", [0, 1], [[0, 0, 0], [0, 0, 0]]).glb(), None, SMALL).parts[0].motion is None


def test_a_motion_too_long_stands_still_and_is_told():
    made = animated(cube(), "translation", [0, 500], [[0, 0, 0], [0.1, 0, 0]])
    model = read(made.glb(), None, SMALL)
    assert model.parts[0].motion is None and "stands still" in model.notes[0]


def test_a_heavy_motion_is_sampled_more_slowly_to_fit():
    made = Gltf()
    count = 20_000
    places = np.random.default_rng(1).uniform(-0.1, 0.1, (count, 3)).astype("f4")
    normals = np.tile(np.array([0, 0, 1], "f4"), (count, 1))
    made.mesh({"attributes": {"POSITION": made.add(places), "NORMAL": made.add(normals)},
               "indices": made.add(np.arange(count // 3 * 3, dtype="u4"))})
    model = read(animated(made, "translation", [0, 8], [[0, 0, 0], [0.1, 0, 0]]).glb(), None, SMALL)
    motion = model.parts[0].motion
    assert motion is not None and motion.frames.nbytes <= MOTION_BYTES and motion.rate_hz < RATE_HZ / 2


@pytest.mark.parametrize("times", [[0, 0], [1, 0], [-1, 0]])
def test_times_that_do_not_ascend_are_refused(times):
    with pytest.raises(Refusal, match="ascend"):
        read(animated(cube(), "translation", times, [[0, 0, 0], [1, 0, 0]]).glb(), None, SMALL)


def test_what_we_do_not_animate_is_told():
    made = animated(cube(), "pointer", [0, 1], [[0, 0, 0], [1, 0, 0]])
    model = read(made.glb(), None, SMALL)
    assert model.parts[0].motion is None and "'pointer'" in model.notes[0]


def test_a_motion_beyond_all_bounds_is_refused():
    with pytest.raises(Refusal, match="bounds"):
        read(animated(cube(), "scale", [0, 1], [[1, 1, 1], [3e38] * 3]).glb(), None, SMALL)
    far = animated(cube(), "translation", [0, 1], [[0, 0, 0], [3e38] * 3])
    far.plain["nodes"] += [{"scale": [10, 10, 10], "children": [0]}]
    far.plain["scenes"] = [{"nodes": [1]}]
    with pytest.raises(Refusal, match="bounds"):
        read(far.glb(), None, SMALL)
