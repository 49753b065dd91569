// clear.glsl: the vertex stage of what one looks through, glass and liquid.
#include "part.glsl"
out VertexOut { vec3 position; vec3 normal; vec4 shade; vec3 tint; flat uint material; flat uint slot; flat int view; } o;

void main() {
    PartVertex v = part_vertex();
#ifdef SLOSHES
    if ((v.traits & HELD) != 0u) {  // the surface tilts as a plane does; what lies deep stays
        float upper = pow(v.shade.b, 4.0);
        v.position.y += upper * dot(held.xy, v.position.xz - v.root.xz);
        v.normal = normalize(v.normal - vec3(held.x, 0.0, held.y) * upper * v.normal.y);
    }
#endif
    o.position = v.position; o.normal = v.normal; o.shade = v.shade; o.tint = v.tint;
    o.material = v.material; o.slot = v.slot; o.view = v.view;
    gl_Layer = v.view;
    gl_Position = views[v.view].clip_from_world * vec4(v.position, 1.0);
}
