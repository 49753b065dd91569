"""What the benches share besides the loop: percentiles, ratios, memory, and how figures are said."""

import json
import os
from pathlib import Path


def tell(figures: dict, as_json: bool) -> int:
    """Prints figures by name, a line each or as one JSON object; the verb's exit status."""
    if as_json:
        print(json.dumps(figures))
    else:
        width = max(map(len, figures))
        for name, value in figures.items():
            print(f"{name:>{width}}  {value}")
    return 0


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of them do not exceed; between two of them, the mean weighted by nearness."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def spread(values: list[float], share: float = 0.95) -> dict[str, float]:
    """Median and a high percentile, by name."""
    return {"median": round(percentile(values, 0.5), 4), f"p{share * 100:g}": round(percentile(values, share), 4)}


def ratio(over: list[float], under: list[float]) -> dict[str, float | list[float]]:
    """Median of block-by-block ratios, and the least and the most of them."""
    ratios = [above / below for above, below in zip(over, under)]
    return {"median": round(percentile(ratios, 0.5), 4), "spread": [round(min(ratios), 4), round(max(ratios), 4)]}


def resident_bytes(pid: int | None = None) -> int:
    """Memory of a process (this one by default) that is in RAM; 0 once it has gone."""
    try:
        pages = Path(f"/proc/{pid or 'self'}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
