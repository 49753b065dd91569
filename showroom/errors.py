"""Every error the showroom raises on purpose, as one tree.

A message is one line: what was tried, the value received, what is accepted, the next step.
An error is handled once, at the top of a command or at the edge of a process.

    ShowroomError            exit code 1
    ├── InputError           exit code 1   text, files and numbers from outside
    │   ├── SpecError            a SceneSpec that is not one
    │   ├── ProductError         a product or a catalogue that is not one
    │   ├── PictureError         an image that cannot be used
    │   ├── GltfError            a product's glTF model that cannot be read or drawn
    │   ├── TasteError           a visitor's taste that is not one
    │   └── OrderError           an order, draft or receipt that is not one
    ├── UsageError           exit code 2   a command line that cannot be meant
    ├── NotReadyError        exit code 3   something this machine lacks
    │   ├── GraphicsError        no OpenGL 4.5, or a driver that refused
    │   ├── RuntimeAbsentError   no OpenXR runtime, or no headset
    │   └── ModelError           no embedded model, or one with the wrong bytes
    ├── ShaderError          a shader that does not compile or link
    ├── ViewError            a field of view or pose that makes no matrix
    ├── UploadError          bytes that do not fit where they should go
    ├── RingError            a message the shared ring cannot carry or read
    ├── LedgerError          orders that cannot be stored or read
    └── CacheError           a cache that cannot be written
"""


class ShowroomError(Exception):
    """Root of the tree; `exit_code` is what a command ends with."""

    exit_code = 1


class InputError(ShowroomError):
    """Something given from outside cannot be used."""


class SpecError(InputError):
    """A SceneSpec does not hold to its schema."""


class ProductError(InputError):
    """A product or a catalogue is broken or unknown."""


class PictureError(InputError):
    """An image from outside cannot be read or is out of bounds."""


class GltfError(InputError):
    """A product's glTF model is broken, unsafe, or nothing that can be drawn."""


class TasteError(InputError):
    """A visitor's taste is broken."""


class OrderError(InputError):
    """An order, a draft or a receipt does not hold to its form."""


class UsageError(ShowroomError):
    """The command line cannot be meant."""

    exit_code = 2


class NotReadyError(ShowroomError):
    """The machine lacks something the command needs."""

    exit_code = 3


class GraphicsError(NotReadyError):
    """No OpenGL 4.5 context, or the driver refused a request."""


class RuntimeAbsentError(NotReadyError):
    """No OpenXR runtime answers, or it has no headset."""


class ModelError(NotReadyError):
    """The embedded model is missing or its bytes are not the expected ones."""


class ShaderError(ShowroomError):
    """A shader did not compile or link; the message names our file and line."""


class ViewError(ShowroomError):
    """A pose or field of view that gives no valid matrix."""


class UploadError(ShowroomError):
    """Geometry or pixels that do not fit the pool they are meant for."""


class RingError(ShowroomError):
    """A message the shared-memory ring cannot carry or cannot read."""


class LedgerError(ShowroomError):
    """The ledger of orders cannot be written or read."""


class CacheError(ShowroomError):
    """The cache folder cannot be written."""
