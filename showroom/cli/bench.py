"""showroom bench: how fast it is here. One file a bench; each prints figures, as JSON with --json."""

from showroom.cli import bench_bake, bench_frame, bench_headset, bench_imagine, bench_painter, bench_stream


def add(parsers) -> None:
    """Registers the verb and its benches."""
    parser = parsers.add_parser("bench", help="measure frames, streaming, imagining, painting, baking and a headset",
                                description="Figures of this machine. Trust ratios within a run, not times.")
    benches = parser.add_subparsers(title="benches", metavar="BENCH", dest="bench", required=True)
    for bench in (bench_frame, bench_stream, bench_imagine, bench_bake, bench_painter, bench_headset):
        bench.add(benches)
