"""What the doctor says of a real runtime."""

import json


def test_report_is_plain_facts_about_the_runtime(runtime):
    client = runtime.client("report")
    facts = client.until("step", "report")["facts"]
    assert client.end() == 0
    assert "Monado" in facts["runtime"] and facts["system"]
    assert facts["views"] == len(facts["each_view"]) == 2 and min(facts["size_px"]) > 0
    assert facts["graphics"] == ["glx", "egl"]
    assert {"XR_KHR_opengl_enable", "XR_EXT_local_floor"} <= set(facts["extensions_taken"])
    assert set(facts["extensions_taken"]) <= set(facts["extensions_offered"])
    assert not set(facts["extensions_not_offered"]) & set(facts["extensions_offered"])
    assert {"projection", "quad", "depth", "cylinder"} <= set(facts["layers"])
    assert facts["tracking"] == ["orientation", "position"]
    assert "select: left and right select/click" in facts["bindings"]["khr/simple_controller"]


def test_report_without_a_runtime_says_what_to_do(stopped_runtime):
    client = stopped_runtime.client("report")
    assert client.end() == 1
    assert "RuntimeAbsentError: connecting to OpenXR: no runtime answers" in client.errors[-1]


def test_doctor_says_all_of_it_and_what_only_a_session_knows(runtime):
    answer = runtime.showroom("doctor", "--xr", "--json")
    assert answer.returncode == 0, answer.stderr
    report = json.loads(answer.stdout)
    said = {check["name"].removeprefix("openxr "): check["says"] for check in report["checks"]}
    assert report["ready"] and all(check["state"] == "ok" for check in report["checks"])
    assert "SRGB8_ALPHA8" in said["formats"] and "DEPTH32F" in said["formats"]
    assert "VIEW" in said["spaces"] and "LOCAL_FLOOR" in said["spaces"]
    assert "triangles" in said["hidden area"] and said["refresh rates hz"] != "none"
    assert {"runtime", "system", "views", "each view", "layers", "extensions taken", "extensions not offered",
            "bindings khr/simple_controller", "bindings oculus/touch_controller"} <= set(said)


def test_doctor_without_a_runtime_ends_with_3_and_one_line(stopped_runtime):
    answer = stopped_runtime.showroom("doctor", "--xr")
    assert answer.returncode == 3 and len(answer.stdout.splitlines()) == 1
    assert answer.stdout.startswith("fail") and "no runtime answers" in answer.stdout
