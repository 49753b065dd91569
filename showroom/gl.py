"""OpenGL, for every room that draws. Nothing else imports PyOpenGL.

`GL` is PyOpenGL, for what happens once (making objects, compiling, asking). `fn` holds the calls of
a frame, bound here with PYFUNCTYPE: they keep the interpreter lock, take plain integers and
pointers, and cost a fifth of PyOpenGL's. Calls that may block give the lock up (CFUNCTYPE).

    gl.load("egl", get_proc_address)       # a display does this once its context is current
    gl.fn.glBindVertexArray(vao)
    with gl.counting() as count: ...       # count.total, count.by_name
"""

import contextlib
import ctypes
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from showroom.errors import GraphicsError, UploadError

_U, _I, _F, _P, _S, _B, _L = (ctypes.c_uint, ctypes.c_int, ctypes.c_float, ctypes.c_void_p,
                              ctypes.c_ssize_t, ctypes.c_ubyte, ctypes.c_uint64)
# name: argument types[, result type]. Everything a frame calls stands here, so it can be counted.
_HOT = {
    "glBindFramebuffer": (_U, _U),
    "glBindVertexArray": (_U,),
    "glUseProgram": (_U,),
    "glViewport": (_I, _I, _I, _I),
    "glEnable": (_U,),
    "glDisable": (_U,),
    "glDepthMask": (_B,),
    "glDepthFunc": (_U,),
    "glColorMask": (_B, _B, _B, _B),
    "glCullFace": (_U,),
    "glBlendFunc": (_U, _U),
    "glPolygonOffset": (_F, _F),
    "glClearNamedFramebufferfv": (_U, _U, _I, _P),
    "glBindBufferBase": (_U, _U, _U),
    "glBindBuffersBase": (_U, _U, _I, _P),
    "glBindBuffer": (_U, _U),
    "glBindTextureUnit": (_U, _U),
    "glBindTextures": (_U, _I, _P),
    "glNamedBufferSubData": (_U, _S, _S, _P),
    "glCopyNamedBufferSubData": (_U, _U, _S, _S, _S),
    "glFenceSync": (_U, _U),
    "glClientWaitSync": (_P, _U, _L),
    "glDeleteSync": (_P,),
    "glTextureSubImage3D": (_U, _I, _I, _I, _I, _I, _I, _I, _U, _U, _P),
    "glGenerateTextureMipmap": (_U,),
    "glUniform1i": (_I, _I),
    "glDrawArraysInstanced": (_U, _I, _I, _I),
    "glMultiDrawElementsIndirect": (_U, _U, _P, _I, _I),
    "glMultiDrawArraysIndirect": (_U, _P, _I, _I),
    "glBlitNamedFramebuffer": (_U, _U, _I, _I, _I, _I, _I, _I, _I, _I, _U, _U),
    "glFinish": (),
    "glGetError": (),
}
_RESULTS = {"glGetError": _U, "glFenceSync": _P, "glClientWaitSync": _U}
_BLOCKING = {"glFinish"}
REQUIRED_EXTENSIONS = ("GL_ARB_shader_viewport_layer_array", "GL_ARB_shader_draw_parameters")


class Functions:
    """The calls of a frame, as attributes named like OpenGL's."""


GL = None  # PyOpenGL's OpenGL.GL once `load` has run
fn = Functions()


def load(platform: str, get_proc_address: Callable[[bytes], int | None]) -> None:
    """Binds OpenGL to the context that is current now.

    platform         : "egl" or "glx", what made the context.
    get_proc_address : name → address of the entry point.
    Raises GraphicsError if the context is older than 4.5 or lacks a required extension.
    """
    global GL
    _use_platform(platform)
    from OpenGL import GL as pyopengl

    GL = pyopengl
    for name, arguments in _HOT.items():
        address = get_proc_address(name.encode())
        if not address:
            raise GraphicsError(f"binding OpenGL: the driver has no {name}; OpenGL 4.5 is needed; update the driver")
        kind = ctypes.CFUNCTYPE if name in _BLOCKING else ctypes.PYFUNCTYPE
        setattr(fn, name, kind(_RESULTS.get(name), *arguments)(address))
    _check_version()


def _use_platform(name: str) -> None:
    """Makes PyOpenGL speak to `name`, also after another import chose differently."""
    os.environ["PYOPENGL_PLATFORM"] = name
    import OpenGL

    OpenGL.ERROR_ON_COPY = True
    import OpenGL.platform as platform

    if name == "egl" and type(platform.PLATFORM).__name__ != "EGLPlatform":
        from OpenGL.platform.egl import EGLPlatform as Platform
    elif name == "glx" and type(platform.PLATFORM).__name__ != "GLXPlatform":
        from OpenGL.platform.glx import GLXPlatform as Platform
    else:
        return
    platform.PLATFORM = Platform()
    platform.PLATFORM.install(vars(platform))


def _check_version() -> None:
    major, minor = GL.glGetIntegerv(GL.GL_MAJOR_VERSION), GL.glGetIntegerv(GL.GL_MINOR_VERSION)
    if (major, minor) < (4, 5):
        raise GraphicsError(f"starting OpenGL: the driver offers {major}.{minor}; 4.5 is needed; update the graphics driver")
    missing = [name for name in REQUIRED_EXTENSIONS if name not in extensions()]
    if missing:
        raise GraphicsError(f"starting OpenGL: the driver lacks {', '.join(missing)}; update the graphics driver")


def extensions() -> set[str]:
    """Names of the extensions that the current context offers."""
    count = GL.glGetIntegerv(GL.GL_NUM_EXTENSIONS)
    return {GL.glGetStringi(GL.GL_EXTENSIONS, index).decode() for index in range(count)}


def describe() -> dict[str, str]:
    """Vendor, renderer and version of the current context."""
    names = {"vendor": GL.GL_VENDOR, "renderer": GL.GL_RENDERER, "version": GL.GL_VERSION}
    return {key: GL.glGetString(name).decode() for key, name in names.items()}


def draws_in_software() -> bool:
    """Whether the processor draws (Mesa's llvmpipe and its kin), not a graphics card."""
    return any(name in describe()["renderer"].lower() for name in ("llvmpipe", "softpipe", "swrast"))


def texture_bytes() -> int:
    """Bytes of all textures of the current context, as their sizes, levels, formats and samples say.

    Asks after the names 1 to 4095, which is where drivers put what few textures a show has.
    """
    return sum(_bytes_of_texture(name) for name in range(1, 4096) if GL.glIsTexture(name))


def _bytes_of_texture(name: int) -> int:
    value = np.zeros(1, dtype=np.int32)

    def asked(call, *what) -> int:
        call(name, *what, value)
        return int(value[0])

    total = 0
    for level in range(max(1, asked(GL.glGetTextureParameteriv, GL.GL_TEXTURE_IMMUTABLE_LEVELS))):
        width, height, depth, samples, *bits = (
            asked(GL.glGetTextureLevelParameteriv, level, what)
            for what in (GL.GL_TEXTURE_WIDTH, GL.GL_TEXTURE_HEIGHT, GL.GL_TEXTURE_DEPTH, GL.GL_TEXTURE_SAMPLES,
                         GL.GL_TEXTURE_RED_SIZE, GL.GL_TEXTURE_GREEN_SIZE, GL.GL_TEXTURE_BLUE_SIZE,
                         GL.GL_TEXTURE_ALPHA_SIZE, GL.GL_TEXTURE_DEPTH_SIZE, GL.GL_TEXTURE_STENCIL_SIZE))
        total += width * height * depth * max(1, samples) * (sum(bits) // 8)
    return total


def check(doing: str) -> None:
    """Raises GraphicsError naming `doing` if OpenGL has an error waiting. Not for every frame."""
    code = fn.glGetError()
    if code:
        raise GraphicsError(f"{doing}: OpenGL reports error 0x{code:04x}; please report this with `showroom doctor`")


@contextlib.contextmanager
def making(what: str) -> Iterator[None]:
    """For making what depends on a size: a driver that refuses becomes a GraphicsError naming `what`."""
    try:
        yield
    except GL.GLError as error:
        raise GraphicsError(f"making {what}: the driver refuses it (OpenGL error 0x{error.err:04x}); "
                            f"try a smaller size") from None


def pointer(array: np.ndarray) -> int:
    """Address of a contiguous array's first byte; the caller keeps the array alive.

    Raises UploadError for a non-contiguous array: drivers would read wrong bytes without a word.
    """
    if not array.flags.c_contiguous:
        raise UploadError(f"uploading an array of shape {array.shape}: its bytes are not contiguous; copy it first")
    return array.ctypes.data


def names(*values: int) -> np.ndarray:
    """Object names as the array that PyOpenGL's glDelete… calls take without a copy."""
    return np.array(values, dtype=np.uint32)


@dataclass
class Count:
    """Calls made through `fn` while counting."""

    by_name: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All calls."""
        return sum(self.by_name.values())


@contextlib.contextmanager
def counting() -> Iterator[Count]:
    """Counts the calls made through `fn`, slowing each a little."""
    count, plain = Count(), dict(vars(fn))

    def counted(name, call):
        def counting_call(*arguments):
            count.by_name[name] += 1
            return call(*arguments)
        return counting_call

    for name, call in plain.items():
        setattr(fn, name, counted(name, call))
    try:
        yield count
    finally:
        for name, call in plain.items():
            setattr(fn, name, call)
