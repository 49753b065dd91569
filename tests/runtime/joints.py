"""An OpenXR API layer inside this process that answers for the runtime where a hand's joints are."""

from ctypes import POINTER, byref, c_void_p, cast, memmove, sizeof

from showroom.display.openxr_loader import xr

_SEEN = xr.SpaceLocationFlags.POSITION_VALID_BIT | xr.SpaceLocationFlags.ORIENTATION_VALID_BIT
_NAME = b"xrLocateHandJointsEXT"


class JointsLayer(xr.DynamicApiLayerBase):
    """Both hands' joints are at `places` (26 triples, metres, in the asker's own space); None: not seen."""

    def __init__(self):
        super().__init__(name="XR_APILAYER_test_joints")
        self.places: list[tuple[float, float, float]] | None = None
        self.asked = 0
        self._next = None
        self._find = xr.PFN_xrGetInstanceProcAddr(self._proc_address)
        self._create = xr.PFN_xrCreateApiLayerInstance(self._create_instance)
        self._locate = xr.PFN_xrLocateHandJointsEXT(self._locate_joints)

    def negotiate_loader_api_layer_interface(self, loader_info, _name, request) -> xr.Result:
        request.layer_interface_version = loader_info.max_interface_version
        request.layer_api_version = loader_info.max_api_version
        request.get_instance_proc_addr, request.create_api_layer_instance = self._find, self._create
        return xr.Result.SUCCESS

    def _create_instance(self, info, layers, instance) -> int:
        below = layers.contents.next_info.contents
        # by its address: the loader's struct, of which the field is a part, is gone after this call
        self._next = xr.PFN_xrGetInstanceProcAddr(cast(below.next_get_instance_proc_addr, c_void_p).value)
        return below.next_create_api_layer_instance(info, layers, instance)

    def _proc_address(self, instance, name, function) -> int:
        if name == _NAME:
            memmove(function, byref(self._locate), sizeof(xr.PFN_xrVoidFunction))
            return 0
        return self._next(instance, name, function)

    def _locate_joints(self, _tracker, _ask, found) -> int:
        self.asked += 1
        found.contents.is_active = self.places is not None
        joints = cast(found.contents._joint_locations, POINTER(xr.HandJointLocationEXT))
        for number, place in enumerate(self.places or ()):
            joints[number].location_flags = int(_SEEN)
            joints[number].pose = xr.Posef(xr.Quaternionf(0, 0, 0, 1), xr.Vector3f(*place))
        return 0
