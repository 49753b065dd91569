"""A Ray cluster that bakes: a node makes a place in a folder of its own, and its files come back here.

What lies here already is not sent out. Nodes need this very showroom installed: every place says by
which painters and growers it was made, so that the bytes are the same whoever makes them.
"""

import dataclasses
import functools
import hashlib
import logging
import socket
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from showroom import paths
from showroom.errors import CacheError, NotReadyError
from showroom.imagine.bake import Baked, Task, bake
from showroom.imagine.brushes import learned_name
from showroom.imagine.cache import Asset, Cache, unwritable
from showroom.imagine.crew import ALONE
from showroom.imagine.revision import GROWING, PAINTING, UNDERSTANDING, revision_of
from showroom.imagine.worker import load_nose

LOCAL = "local"  # the address of a cluster that is started here and ends with the bake
_AHEAD = 2  # places asked for at a time, for each core of the cluster
_TRIES = 3
_KNOCK_S = 5.0


@dataclasses.dataclass(frozen=True)
class _Sent:
    """What a node sends back. files: by the asset's digest."""

    baked: Baked
    revision: str
    files: dict[str, bytes]


def bake_on_cluster(tasks: Iterable[Task], address: str, cache_dir: Path) -> Iterator[Baked]:
    """Bakes everything: a Baked for each task, in their order.

    address : as `ray.init` takes it: "auto", "HOST:PORT", "ray://HOST:PORT"; "local" starts a
              cluster of this machine.
    Raises  : NotReadyError without Ray or a cluster there; CacheError if the folder cannot be written.
    """
    ray = _joined(address)
    try:
        far = ray.remote(num_cpus=1, max_retries=_TRIES, runtime_env={"env_vars": ALONE})(_bake_far)
        most = max(1, int(_AHEAD * ray.cluster_resources().get("CPU", 1)))
        coming, asked = iter(tasks), deque()
        while True:
            while len(asked) < most and (task := next(coming, None)) is not None:
                here = _baked_here(task, cache_dir)
                asked.append((task, here or far.remote(task)))
            if not asked:
                return
            task, answer = asked.popleft()
            yield answer if isinstance(answer, Baked) else _received(ray, task, answer, cache_dir)
    finally:
        ray.shutdown()


def _joined(address: str):
    """Ray, connected."""
    try:
        import ray
    except ImportError:
        raise NotReadyError(f"baking on the Ray cluster {address}: Ray is not installed here; the extra 'ray' is "
                            "needed; type: pip install 'showroom[ray]'") from None
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, include_dashboard=False if address == LOCAL else None,
                 configure_logging=False)
    except Exception as error:  # Ray's own, gRPC's and the system's, by the way one connects
        told = " ".join(str(error).split())[:160]
        raise NotReadyError(f"joining the Ray cluster at {address}: {told}; a running cluster's address is accepted, "
                            f"or {LOCAL!r}; start one with 'ray start --head', or leave out --ray") from None
    return ray


def _knock(address: str) -> None:
    """Raises OSError at once where nobody listens: Ray itself would go on trying for many minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_S).close()


class _NotHere(CacheError):
    """Something of the place does not lie in the folder."""


class _Shelf(Cache):
    """A cache that makes nothing."""

    def load(self, asset: Asset):
        """As Cache does. Raises _NotHere for what it lacks."""
        values = super().load(asset)
        if values is None:
            raise _NotHere
        return values


def _baked_here(task: Task, cache_dir: Path) -> Baked | None:
    """The place as it lies here, checked; None if something is missing."""
    try:
        return bake(task, load_nose, _Shelf(cache_dir, ledger=[]), _quiet)
    except _NotHere:
        return None


def _bake_far(task: Task) -> _Sent:
    """On the node: makes the place in a folder that goes."""
    with tempfile.TemporaryDirectory(prefix="showroom-") as folder:
        baked = bake(task, _nose_of_this_process, Cache(Path(folder), ledger=[]), _quiet)
        files = {kept.asset.digest: kept.path.read_bytes() for kept in baked.assets}
    return _Sent(baked, _revision(), files)


_nose_of_this_process = functools.cache(load_nose)


def _quiet(fraction: float, making: str) -> None:
    """Steps are not told over the network."""


def _revision() -> str:
    return "+".join([*map(revision_of, (PAINTING, GROWING, UNDERSTANDING)), learned_name()])


def _received(ray, task: Task, answer, cache_dir: Path) -> Baked:
    """A node's answer, its files laid into the folder."""
    try:
        sent: _Sent = ray.get(answer)
    except (ray.exceptions.RayError, ImportError) as error:
        told = " ".join(str(error).split())[-300:]
        return Baked(task.name, error=f"baking {task.name} on the cluster failed {_TRIES + 1} times: {told}; nodes "
                                      "with this showroom installed are needed; look at the node's log")
    if sent.revision != _revision():
        return Baked(task.name, error=f"baking {task.name}: the node makes other bytes than this machine (revision "
                                      f"{sent.revision}, here {_revision()}); install the same showroom there")
    cache = Cache(cache_dir)
    return dataclasses.replace(sent.baked, assets=tuple(
        dataclasses.replace(kept, path=_laid(cache.path(kept.asset), sent.files[kept.asset.digest], kept.sha256))
        for kept in sent.baked.assets))


def _laid(path: Path, content: bytes, sha256: str) -> Path:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CacheError(f"receiving {path.name}: its bytes changed on the way; a sound network is needed; bake again")
    try:
        with paths.aside(path) as file:
            file.write_bytes(content)
    except OSError as error:
        raise unwritable(f"the cache {path.parent}", error) from error
    return path
