// depth.glsl: depth alone of opaque things, drawn first so that solid.glsl lights only what is seen.
#ifdef VERTEX
#include "part.glsl"
layout(location = 1) uniform int mode;  // as in solid.glsl
invariant gl_Position;

void main() {
    PartVertex v = part_vertex();
    vec3 shown = v.position;
    if (mode == 1) shown.y = 2.0 * clock.z - shown.y;
    gl_Layer = v.view;
    gl_Position = views[v.view].clip_from_world * vec4(shown, 1.0);
}
#endif

#ifdef FRAGMENT
void main() {}
#endif
