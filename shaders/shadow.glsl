// shadow.glsl: depth as the sun sees it. What is half there throws half a shadow, in dots:
// Enderton et al. 2010, "Stochastic Transparency".
#ifdef VERTEX
#define RESTS  // drawn only when something changes: what moves by itself is taken as it is at rest
#define VIEWS 1
#define WHOLE  // near or far, a thing throws the same shadow
#include "part.glsl"
out VertexOut { vec3 position; vec2 uv; float opacity; flat uint material; flat uint slot; flat uint cell; } o;

void main() {
    PartVertex v = part_vertex();
    o.position = v.position; o.uv = v.uv; o.opacity = v.shade.a; o.material = v.material; o.slot = v.slot; o.cell = v.cell;
    // the map is drawn only when something changes: what is carried about throws no shadow
    gl_Position = v.away ? vec4(2.0, 2.0, 2.0, 1.0) : shadow_from_world[int(shadow.x)] * vec4(v.position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "frame.glsl"
#include "noise.glsl"
#include "material.glsl"
#include "model.glsl"
in VertexOut { vec3 position; vec2 uv; float opacity; flat uint material; flat uint slot; flat uint cell; } i;

void main() {
    Material m = materials[i.material];
    if (arrived(m, i.slot, i.position) <= dither(gl_FragCoord.xy)) discard;
    if (m.clear.z >= 0.0) {
        float alpha = pictured_color(m, m.color_maps.x, i.uv, vec4(dFdx(i.uv), dFdy(i.uv))).a;
        if (alpha * m.base_color.a * i.opacity < m.clear.z) discard;
    }
    if (m.optics.w > 0.5 && texel_of(m, i.uv, i.cell).color.a * i.opacity < 0.5) discard;
}
#endif
