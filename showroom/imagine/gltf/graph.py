"""Graph: a document's nodes as a forest, and where each of them stands.

Source: glTF 2.0, sections 3.5.2 and 3.5.3.
"""

import numpy as np

from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, pointer


class Graph:
    """parent : of each node, −1 for a root.   order : of the nodes, parents before their children.

    drawn : the nodes of the scene that is shown, which are not hidden.
    Raises Refusal for a node that is its own ancestor, or has two parents.
    """

    def __init__(self, document: Document):
        nodes = document.list("nodes")
        self.parent = np.full(len(nodes), -1)
        for at, node in enumerate(nodes):
            for place, child in enumerate(node.get("children") or []):
                if self.parent[int(child)] >= 0 or int(child) == at:
                    raise Refusal(pointer("nodes", at, "children", place), f"node {int(child)} for the second time",
                                  "a node with one parent, and no node under itself")
                self.parent[int(child)] = at
        self._children = [[int(child) for child in node.get("children") or []] for node in nodes]
        self.order = self._below(np.flatnonzero(self.parent < 0).tolist())
        if len(self.order) < len(nodes):
            lost = min(set(range(len(nodes))) - set(self.order))
            raise Refusal(pointer("nodes", lost, "children"), "a circle of nodes", "no node under itself")
        self.drawn = self._shown(document, nodes)

    def _below(self, roots: list[int], hidden: frozenset[int] = frozenset()) -> list[int]:
        found, waiting = [], roots[::-1]
        while waiting:
            at = waiting.pop()
            if at in hidden:
                continue
            found.append(at)
            waiting += self._children[at][::-1]
        return found

    def _shown(self, document: Document, nodes: list[dict]) -> list[int]:
        scenes = document.list("scenes")
        if scenes:
            scene = scenes[int(document.plain.get("scene", 0))]
            roots = list(dict.fromkeys(int(node) for node in scene.get("nodes") or []))
        else:
            roots = np.flatnonzero(self.parent < 0).tolist()
        hidden = frozenset(at for at, node in enumerate(nodes)
                           if not node.get("extensions", {}).get("KHR_node_visibility", {}).get("visible", True))
        return list(dict.fromkeys(self._below(roots, hidden)))

    def worlds(self, local: np.ndarray) -> np.ndarray:
        """(n, 4, 4) world_from_node of (n, 4, 4) parent_from_node."""
        world = local.copy()
        for at in self.order:
            if self.parent[at] >= 0:
                world[at] = world[self.parent[at]] @ local[at]
        return world


class Stance:
    """What each node says of itself: translation (n, 3), rotation xyzw (n, 4), scale (n, 3), or a matrix."""

    def __init__(self, nodes: list[dict]):
        def stacked(key: str, default: tuple[float, ...]) -> np.ndarray:
            rows = [node.get(key, default) for node in nodes]
            return np.array(rows, np.float64).reshape(-1, len(default))

        self.translation = stacked("translation", (0, 0, 0))
        self.rotation = stacked("rotation", (0, 0, 0, 1))
        self.scale = stacked("scale", (1, 1, 1))
        self.matrices = {at: np.array(node["matrix"], np.float64).reshape(4, 4).T
                         for at, node in enumerate(nodes) if "matrix" in node}
        for at, matrix in self.matrices.items():
            if not np.allclose(matrix[3], (0, 0, 0, 1), atol=1e-4):
                raise Refusal(pointer("nodes", at, "matrix"), "a matrix that is not affine", "a last row of 0 0 0 1")

    def locals(self) -> np.ndarray:
        """(n, 4, 4) parent_from_node."""
        local = np.zeros((len(self.scale), 4, 4))
        local[:, :3, :3] = rotations(self.rotation) * self.scale[:, None, :]
        local[:, :3, 3] = self.translation
        local[:, 3, 3] = 1.0
        for at, matrix in self.matrices.items():
            local[at] = matrix
        return local


def rotations(quaternions: np.ndarray) -> np.ndarray:
    """(n, 3, 3) of (n, 4) xyzw of any length; none at all for one of no length."""
    length = np.linalg.norm(quaternions, axis=1, keepdims=True)
    x, y, z, w = np.where(length > 1e-9, quaternions / np.maximum(length, 1e-9), (0.0, 0.0, 0.0, 1.0)).T
    return np.stack([
        np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)], 1),
        np.stack([2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)], 1),
        np.stack([2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)], 1),
    ], axis=1)
