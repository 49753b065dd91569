"""What every place costs: OpenGL's calls, the thread's time, and the longest frame while it comes."""

from showroom.cli.bench_loop import Loop, product_of_each_place
from showroom.cli.figures import percentile

FRAMES = 90
# What is asked for where the house's own catalogue leads nowhere.
WORDS = {
    "desert_dusk": "oud, labdanum, benzoin, amber",
    "lavender_field": "lavender, hay, honey, chamomile",
    "mossy_undergrowth": "oakmoss, mushroom, vetiver, patchouli",
    "rain_street": "violet, iris, powder, suede",
    "tropical_shore": "coconut, frangipani, tiare",
}


def products() -> dict:
    """One product for every place, by its name: the house's own, else one of words.

    Raises NotReadyError without baked specs.
    """
    from showroom.catalogue import baked_spec, product_from_text
    from showroom.words.vocabulary import PLACES

    found = {baked_spec(product).main_place(PLACES): product for product in product_of_each_place()}
    return found | {place: product_from_text(words) for place, words in WORDS.items() if place not in found}


def measure(loop: Loop, cost, frames: int = FRAMES) -> dict[str, dict]:
    """Figures of the hall, which the loop stands in, and of every place by its name, one after the other.

    cost : gives thread CPU times of so many frames of what stands, ms, and OpenGL's calls in others.
    longest_coming_cpu_ms : of the thread, of all frames while the place came.
    """
    found = {"hall": _figures(loop, cost, frames, "", 0.0)}
    for place, product in products().items():
        loop.times_ms = []
        loop.stand(product)
        longest_ms = max(thread_ms for _, thread_ms in loop.times_ms)
        found[place] = _figures(loop, cost, frames, product.id, longest_ms)
    return found


def _figures(loop: Loop, cost, frames: int, product_id: str, longest_ms: float) -> dict:
    times_ms, calls = cost(loop, frames)
    drawn = loop.show.renderer.drawlist
    return {"product": product_id, "gl_calls": sorted(calls)[len(calls) // 2], "gl_calls_most": max(calls),
            "cpu_ms": round(percentile(times_ms, 0.5), 3), "longest_coming_cpu_ms": round(longest_ms, 2),
            "instances": drawn.instances, "triangles": drawn.triangles}
