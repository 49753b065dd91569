"""The display against a runtime that does anything: no call out of order, nothing left, no end of waiting."""

EXAMPLES = 300


def test_no_sequence_of_events_and_results_breaks_a_rule(stopped_runtime):
    client = stopped_runtime.client(str(EXAMPLES), script="fuzz.py")
    met = client.until("step", "fuzzed", patience_s=300.0)["met"]
    assert client.end() == 0, "".join(client.errors)
    reached = ("faults", "losses", "pictures", "focused", "worn", "recentred", "xrEndSession",
               "xrRequestExitSession", "xrApplyHapticFeedback", "xrReleaseSwapchainImage")
    assert min(met[name] for name in reached) > EXAMPLES / 15, met
    assert met["xrCreateSession"] > EXAMPLES, "sessions were lost and made again"
