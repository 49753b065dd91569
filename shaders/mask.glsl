// mask.glsl: what the lenses hide of every view, drawn before all else, and nearer than anything, so that
// nothing behind it is shaded. In the end it is black (resolve.glsl); until then it has the colour of the air,
// for glass, floors and the eye's habit read what is near them from a coarse copy. Vlachos 2015, "Advanced VR Rendering", GDC.
#ifdef VERTEX
layout(std430, binding = 5) readonly buffer Corners { vec4 corners[]; };  // xy in clip space, z the view

void main() {
    vec4 corner = corners[gl_VertexID];
    gl_Layer = int(corner.z);
    gl_Position = vec4(corner.xy, -1.0, 1.0);
}
#endif

#ifdef FRAGMENT
#include "frame.glsl"
layout(location = 0) out vec4 color;

void main() { color = vec4(fog.rgb, 0.0); }
#endif
