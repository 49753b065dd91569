// thing.glsl: the vertex stage of what is lit: solid things and products.
#include "part.glsl"
layout(location = 1) uniform int mode;  // 0: as it is; 1: its image in the floor; 2: the floor
out VertexOut {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat uint cell; flat int view;
} o;
invariant gl_Position;

void main() {
    PartVertex v = part_vertex();
    o.position = v.position; o.normal = v.normal; o.tangent = v.tangent; o.uv = v.uv; o.shade = v.shade;
    o.tint = v.tint; o.material = v.material; o.slot = v.slot; o.cell = v.cell; o.view = v.view;
    gl_Layer = v.view;
    vec3 shown = v.position;
    if (mode == 1) shown.y = 2.0 * clock.z - shown.y;
    gl_Position = views[v.view].clip_from_world * vec4(shown, 1.0);
}
