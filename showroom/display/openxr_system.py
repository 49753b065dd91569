"""Instance and system: which runtime answers, which headset it has, how that wants to be drawn."""

import logging
from dataclasses import dataclass, field

from showroom import __version__
from showroom.display import openxr_profiles
from showroom.display.openxr_loader import quiet, text, xr
from showroom.errors import RuntimeAbsentError

LOG = logging.getLogger("showroom.display")
LOCAL_FLOOR = xr.EXT_LOCAL_FLOOR_EXTENSION_NAME
USER_PRESENCE = xr.EXT_USER_PRESENCE_EXTENSION_NAME
WANTED_EXTENSIONS = (
    LOCAL_FLOOR,
    USER_PRESENCE,
    xr.KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME,
    xr.KHR_VISIBILITY_MASK_EXTENSION_NAME,
    xr.FB_DISPLAY_REFRESH_RATE_EXTENSION_NAME,
    xr.EXT_HAND_TRACKING_EXTENSION_NAME,
    *openxr_profiles.EXTENSIONS,
    xr.KHR_COMPOSITION_LAYER_CYLINDER_EXTENSION_NAME,
    xr.KHR_COMPOSITION_LAYER_COLOR_SCALE_BIAS_EXTENSION_NAME,
)
_SUPPORTED_VIEWS = (xr.ViewConfigurationType.PRIMARY_STEREO, xr.ViewConfigurationType.PRIMARY_MONO)


@dataclass
class System:
    """A connection to a runtime and its headset, before any session.

    size       : (width, height) px of one view as the runtime recommends it, the largest of all views.
    views      : how many views the headset has.
    extensions : those taken; `missing` were wanted but are not offered.
    """

    instance: xr.Instance
    system_id: xr.SystemId
    runtime: str
    name: str
    view_type: xr.ViewConfigurationType
    views: int
    size: tuple[int, int]
    blend: xr.EnvironmentBlendMode
    extensions: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())

    def has(self, extension: str) -> bool:
        """Whether an extension was offered and taken."""
        return extension in self.extensions

    def close(self) -> None:
        """Destroys the instance."""
        destroy_instance(self.instance)


def connect(required: tuple[str, ...]) -> System:
    """Connects to the machine's OpenXR runtime.

    required : extensions without which drawing is impossible (how OpenGL is bound).
    Raises   : RuntimeAbsentError when no runtime answers, when it lacks one of `required`, or when it
               has no headset.
    """
    offered = offered_extensions()
    lacking = [name for name in required if name not in offered]
    if lacking:
        raise RuntimeAbsentError(
            f"connecting to OpenXR: the runtime does not offer {', '.join(lacking)}; one that takes OpenGL "
            "is needed; with a runtime that needs X11, start an X server first")
    taken = (*required, *(name for name in WANTED_EXTENSIONS if name in offered))
    instance = _create_instance(taken)
    try:
        return _describe(instance, taken, tuple(name for name in WANTED_EXTENSIONS if name not in offered))
    except xr.XrException as error:
        destroy_instance(instance)
        raise RuntimeAbsentError(_no_runtime(error)) from None
    except RuntimeAbsentError:
        destroy_instance(instance)
        raise


def destroy_instance(instance: xr.Instance) -> None:
    """Destroys an instance, also one that is lost already."""
    try:
        xr.destroy_instance(instance)
    except xr.XrException as error:
        LOG.debug("destroying a lost instance: %s", error)


def offered_extensions() -> dict[str, int]:
    """Names and versions of the runtime's extensions. Raises RuntimeAbsentError without a runtime."""
    try:
        with quiet():
            properties = xr.enumerate_instance_extension_properties()
    except xr.XrException as error:
        raise RuntimeAbsentError(_no_runtime(error)) from None
    return {text(item.extension_name): item.extension_version for item in properties}


def _create_instance(extensions: tuple[str, ...]) -> xr.Instance:
    version = _version_number()
    about = xr.ApplicationInfo("showroom", version, "showroom", version, xr.Version(1, 0, 0))
    try:
        with quiet():
            return xr.create_instance(xr.InstanceCreateInfo(application_info=about,
                                                            enabled_extension_names=extensions))
    except xr.XrException as error:
        raise RuntimeAbsentError(_no_runtime(error)) from None


def _no_runtime(error: Exception) -> str:
    return (f"connecting to OpenXR: no runtime answers ({result_name(error)}); start SteamVR or Monado, "
            "or choose a runtime with XR_RUNTIME_JSON")


def _describe(instance, taken: tuple[str, ...], missing: tuple[str, ...]) -> System:
    try:
        system_id = xr.get_system(instance, xr.SystemGetInfo(xr.FormFactor.HEAD_MOUNTED_DISPLAY))
    except xr.XrException as error:
        raise RuntimeAbsentError(f"asking the OpenXR runtime for a headset: {result_name(error)}; "
                                 "connect one and switch it on") from None
    view_type = _view_type(instance, system_id)
    shapes = xr.enumerate_view_configuration_views(instance, system_id, view_type)
    modes = [xr.EnvironmentBlendMode(mode)
             for mode in xr.enumerate_environment_blend_modes(instance, system_id, view_type)]
    return System(
        instance=instance, system_id=system_id,
        runtime=_runtime_name(instance),
        name=text(xr.get_system_properties(instance, system_id).system_name),
        view_type=view_type, views=len(shapes),
        size=(max(shape.recommended_image_rect_width for shape in shapes),
              max(shape.recommended_image_rect_height for shape in shapes)),
        blend=xr.EnvironmentBlendMode.OPAQUE if xr.EnvironmentBlendMode.OPAQUE in modes else modes[0],
        extensions=taken, missing=missing)


def _view_type(instance, system_id) -> xr.ViewConfigurationType:
    offered = xr.enumerate_view_configurations(instance, system_id)
    for kind in _SUPPORTED_VIEWS:
        if kind.value in offered:
            return kind
    names = ", ".join(xr.ViewConfigurationType(kind).name for kind in offered) or "none"
    raise RuntimeAbsentError(f"asking the headset for its views: it offers {names}; stereo or mono "
                             "is needed; use another headset")


def _runtime_name(instance) -> str:
    properties = xr.get_instance_properties(instance)
    return f"{text(properties.runtime_name)} {xr.Version(properties.runtime_version)}"


def _version_number() -> int:
    """The program's version as one number that grows: 1.2.3 → 10203."""
    major, minor, patch = (int(part) for part in __version__.split(".")[:3])
    return major * 10000 + minor * 100 + patch


def result_name(error: Exception) -> str:
    """The OpenXR result behind an exception, as the specification writes it."""
    ask = getattr(error, "get_result_enum", None)
    return "XR_" + ask().name if ask and ask() is not None else type(error).__name__
