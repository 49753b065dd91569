"""What was made for a visitor outlives the runtime."""

OBJECTS = ("textures", "buffers", "programs", "vertex_arrays", "framebuffers")


def test_the_hall_stays_on_the_card_while_the_runtime_dies_and_returns(stopped_runtime):
    stopped_runtime.start()
    client = stopped_runtime.client(script="kept.py")
    first = client.until("step", "whole", patience_s=150.0)
    stopped_runtime.kill()
    stopped_runtime.start()
    again = client.until("step", "whole")
    assert client.end() == 0, "".join(client.errors)
    assert first["uploaded_bytes"] > 1_000_000
    assert again["settled"] and again["uploaded_bytes"] < first["uploaded_bytes"] / 20, again
    assert {kind: again["owns"][kind] for kind in OBJECTS} == {kind: first["owns"][kind] for kind in OBJECTS}
