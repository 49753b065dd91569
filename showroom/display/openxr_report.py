"""What `showroom doctor --xr` says about the OpenXR runtime, as plain data."""

import os
from collections.abc import Callable

from showroom.display import openxr_binding, openxr_mask, openxr_profiles, openxr_refresh, openxr_swapchain
from showroom.display.openxr_context import make_context
from showroom.display.openxr_loader import text, xr
from showroom.display.openxr_system import WANTED_EXTENSIONS, System, connect, offered_extensions, result_name

# OpenGL's numbers of the formats that runtimes offer
_FORMATS = {0x8C43: "SRGB8_ALPHA8", 0x8C41: "SRGB8", 0x8058: "RGBA8", 0x8059: "RGB10_A2", 0x805B: "RGBA16",
            0x881A: "RGBA16F", 0x8814: "RGBA32F", 0x881B: "RGB16F", 0x8C3A: "R11F_G11F_B10F",
            0x81A5: "DEPTH16", 0x81A6: "DEPTH24", 0x8CAC: "DEPTH32F", 0x88F0: "DEPTH24_STENCIL8", 0x8CAD: "DEPTH32F_STENCIL8"}
# kinds of composition layers, and what a runtime must offer for each
_LAYERS = {"projection": "", "quad": "", "depth": xr.KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME,
           "cylinder": xr.KHR_COMPOSITION_LAYER_CYLINDER_EXTENSION_NAME,
           "equirect2": xr.KHR_COMPOSITION_LAYER_EQUIRECT2_EXTENSION_NAME,
           "cube": xr.KHR_COMPOSITION_LAYER_CUBE_EXTENSION_NAME,
           "colour scale and bias": xr.KHR_COMPOSITION_LAYER_COLOR_SCALE_BIAS_EXTENSION_NAME}


def facts() -> dict[str, object]:
    """The runtime and its headset, asked without a session, so that nothing lights up.

    Returns plain values only: runtime, manifest, loader, api_layers, system, tracking, opengl (lowest and
            highest version taken), graphics ("glx", "egl"), views, size_px (the largest), each_view,
            view_configurations, blend_modes, layers, layer_limits, extensions_taken,
            extensions_not_offered, extensions_offered, bindings (by interaction profile).
    Raises : RuntimeAbsentError when no runtime answers, or when it has no headset.
    """
    offered = offered_extensions()
    system = _connected(offered)
    try:
        return {**_identity(system), **_views(system), **_extensions(system, offered)}
    finally:
        system.close()


def session_facts() -> dict[str, object]:
    """What only a session knows: formats, spaces, refresh_rates_hz, hidden_area. It is made and never begun.

    A question that the runtime does not answer has its error for an answer.
    Raises : RuntimeAbsentError as `facts` does; GraphicsError without OpenGL.
    """
    context = make_context("auto")
    try:
        system = connect(openxr_binding.required_extensions(context))
        try:
            return _asked(system, context)
        finally:
            system.close()
    finally:
        context.close()


def _connected(offered: dict[str, int]) -> System:
    needed = tuple(name for name in (openxr_binding.OPENGL, openxr_binding.EGL) if name in offered)
    return connect(needed or (openxr_binding.OPENGL,))


def _identity(system: System) -> dict[str, object]:
    lowest, highest = openxr_binding.ask_requirements(system)
    properties = xr.get_system_properties(system.instance, system.system_id)
    tracking = properties.tracking_properties
    layers = [text(layer.layer_name) for layer in xr.enumerate_api_layer_properties()]
    enabled = os.environ.get("XR_ENABLE_API_LAYERS", "")
    return {"runtime": system.runtime, "manifest": os.environ.get("XR_RUNTIME_JSON", "the system's default"),
            "loader": f"pyopenxr {text(xr.__version__)}",
            "api_layers": [f"{name} (enabled)" if name in enabled.split(":") else name for name in layers],
            "system": system.name,
            "tracking": [name for name, has in (("orientation", tracking.orientation_tracking),
                                                ("position", tracking.position_tracking)) if has],
            "opengl": [lowest, highest]}


def _views(system: System) -> dict[str, object]:
    kinds = xr.enumerate_view_configurations(system.instance, system.system_id)
    modes = xr.enumerate_environment_blend_modes(system.instance, system.system_id, system.view_type)
    shapes = xr.enumerate_view_configuration_views(system.instance, system.system_id, system.view_type)
    limits = xr.get_system_properties(system.instance, system.system_id).graphics_properties
    return {"views": system.views, "size_px": list(system.size),
            "each_view": [f"{shape.recommended_image_rect_width}x{shape.recommended_image_rect_height} px "
                          f"(at most {shape.max_image_rect_width}x{shape.max_image_rect_height}, "
                          f"{shape.recommended_swapchain_sample_count} of "
                          f"{shape.max_swapchain_sample_count} samples)"
                          for shape in shapes],
            "view_configurations": [xr.ViewConfigurationType(kind).name for kind in kinds],
            "blend_modes": [xr.EnvironmentBlendMode(mode).name for mode in modes],
            "layer_limits": f"{limits.max_layer_count} layers, images of at most "
                            f"{limits.max_swapchain_image_width}x{limits.max_swapchain_image_height} px"}


def _extensions(system: System, offered: dict[str, int]) -> dict[str, object]:
    graphics = [name for name, extension in (("glx", openxr_binding.OPENGL), ("egl", openxr_binding.EGL))
                if extension in offered]
    return {"graphics": graphics,
            "layers": [kind for kind, extension in _LAYERS.items() if not extension or extension in offered],
            "layers_not_offered": [kind for kind, extension in _LAYERS.items()
                                   if extension and extension not in offered],
            "extensions_taken": sorted(system.extensions),
            "extensions_not_offered": [name for name in (openxr_binding.EGL, *WANTED_EXTENSIONS)
                                       if name not in offered],
            "extensions_offered": sorted(offered),
            "bindings": {profile: _bindings(hands)
                         for profile, hands in openxr_profiles.suggestions(system.extensions).items()}}


def _bindings(hands: dict) -> list[str]:
    """One line an action: "select: left and right trigger/value"."""
    paths: dict[tuple[str, str], list[str]] = {}
    for side, rows in hands.items():
        for action, path in rows:
            paths.setdefault((action, path), []).append(side)
    return [f"{action}: {' and '.join(sides)} {path.removeprefix('input/')}"
            for (action, path), sides in paths.items()]


def _asked(system: System, context) -> dict[str, object]:
    openxr_binding.ask_requirements(system)
    binding = openxr_binding.binding(context)  # kept until the session is made, which points to it
    session = None
    try:
        about = xr.SessionCreateInfo(system_id=system.system_id, next=binding)
        session = xr.create_session(system.instance, about)
        return {name: _answer(ask, session, system) for name, ask in _QUESTIONS.items()}
    except xr.XrException as error:
        return {name: f"a session could not be made: {result_name(error)}" for name in _QUESTIONS}
    finally:
        if session is not None:
            xr.destroy_session(session)


def _answer(ask: Callable, session: xr.Session, system: System) -> object:
    try:
        return ask(session, system)
    except xr.XrException as error:
        return f"not answered: {result_name(error)}"


def _formats(session: xr.Session, _system: System) -> list[str]:
    return [_FORMATS.get(number, f"0x{number:04x}") for number in openxr_swapchain.formats(session)]


def _spaces(session: xr.Session, _system: System) -> list[str]:
    return [xr.ReferenceSpaceType(kind).name for kind in xr.enumerate_reference_spaces(session)]


def _rates(session: xr.Session, system: System) -> list[str]:
    return [f"{hz:g}" for hz in openxr_refresh.rates(session)] if system.has(openxr_refresh.EXTENSION) else []


def _hidden(session: xr.Session, system: System) -> list[str]:
    hidden = openxr_mask.Mask(session, system).hidden
    return [f"{len(mesh)} triangles" for mesh in hidden.triangles] if hidden else []


_QUESTIONS = {"formats": _formats, "spaces": _spaces, "refresh_rates_hz": _rates, "hidden_area": _hidden}
