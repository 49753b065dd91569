"""What the report says of a real runtime."""


def test_report_is_plain_facts_about_the_runtime(runtime):
    client = runtime.client("report")
    facts = client.until("step", "report")["facts"]
    assert client.end() == 0
    assert "Monado" in facts["runtime"] and facts["system"]
    assert facts["views"] == 2 and min(facts["size_px"]) > 0
    assert facts["graphics"] == ["glx", "egl"]
    assert {"XR_KHR_opengl_enable", "XR_EXT_local_floor"} <= set(facts["extensions_taken"])
    assert set(facts["extensions_taken"]) <= set(facts["extensions_offered"])


def test_report_without_a_runtime_says_what_to_do(stopped_runtime):
    client = stopped_runtime.client("report")
    assert client.end() == 1
    assert "RuntimeAbsentError: connecting to OpenXR: no runtime answers" in client.errors[-1]
