// clear.glsl: the vertex stage of what one looks through, glass and liquid.
#include "part.glsl"
out VertexOut {
    vec3 position; vec3 normal; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat int view;
} o;

void main() {
    PartVertex v = part_vertex();
    o.position = v.position; o.normal = v.normal; o.shade = v.shade; o.tint = v.tint;
    o.material = v.material; o.slot = v.slot; o.view = v.view;
    gl_Layer = v.view;
    gl_Position = views[v.view].clip_from_world * vec4(v.position, 1.0);
}
