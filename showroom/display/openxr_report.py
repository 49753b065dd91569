"""What `showroom doctor --xr` says about the OpenXR runtime, as plain data."""

import os

from showroom.display import openxr_binding, openxr_input
from showroom.display.openxr_loader import text, xr
from showroom.display.openxr_system import WANTED_EXTENSIONS, System, connect, offered_extensions


def facts() -> dict[str, object]:
    """The runtime and its headset, asked without a session, so that nothing lights up.

    Returns plain values only: runtime, manifest, loader, system, views, size_px, blend_modes,
            view_configurations, opengl (lowest and highest version taken), graphics ("egl", "glx"),
            extensions_taken, extensions_not_offered, extensions_offered, controllers.
    Raises : RuntimeAbsentError when no runtime answers, or when it has no headset.
    """
    offered = offered_extensions()
    graphics = [name for name, extension in (("glx", openxr_binding.OPENGL), ("egl", openxr_binding.EGL))
                if extension in offered]
    needed = tuple(name for name in (openxr_binding.OPENGL, openxr_binding.EGL) if name in offered)
    system = connect(needed or (openxr_binding.OPENGL,))
    try:
        return {**_identity(system), **_views(system), "graphics": graphics,
                "extensions_taken": sorted(system.extensions),
                "extensions_not_offered": [name for name in (openxr_binding.EGL, *WANTED_EXTENSIONS)
                                           if name not in offered],
                "extensions_offered": sorted(offered), "controllers": sorted(openxr_input.PROFILES)}
    finally:
        system.close()


def _identity(system: System) -> dict[str, object]:
    lowest, highest = openxr_binding.ask_requirements(system)
    return {"runtime": system.runtime, "manifest": os.environ.get("XR_RUNTIME_JSON", "the system's default"),
            "loader": f"pyopenxr {text(xr.__version__)}", "system": system.name, "opengl": [lowest, highest]}


def _views(system: System) -> dict[str, object]:
    kinds = xr.enumerate_view_configurations(system.instance, system.system_id)
    modes = xr.enumerate_environment_blend_modes(system.instance, system.system_id, system.view_type)
    return {"views": system.views, "size_px": list(system.size),
            "view_configurations": [xr.ViewConfigurationType(kind).name for kind in kinds],
            "blend_modes": [xr.EnvironmentBlendMode(mode).name for mode in modes]}
