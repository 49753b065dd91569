// glow.glsl: light itself, added to the picture: flames, coals, glints, and shafts of light in the air.
#ifdef VERTEX
#include "part.glsl"
out VertexOut {
    vec3 position; vec3 normal; vec2 uv; vec4 shade; flat vec3 tint;
    flat float phase; flat uint material; flat uint slot; flat uint cell; flat int view;
} o;

void main() {
    PartVertex v = part_vertex();
    o.position = v.position; o.normal = v.normal; o.uv = v.uv; o.shade = v.shade; o.tint = v.tint;
    o.phase = v.phase; o.material = v.material; o.slot = v.slot; o.cell = v.cell; o.view = v.view;
    gl_Layer = v.view;
    gl_Position = views[v.view].clip_from_world * vec4(v.position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "sky.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "material.glsl"
in VertexOut {
    vec3 position; vec3 normal; vec2 uv; vec4 shade; flat vec3 tint;
    flat float phase; flat uint material; flat uint slot; flat uint cell; flat int view;
} i;
layout(location = 0) out vec4 color;

void main() {
    Material m = materials[i.material];
    vec4 shade = within(i.shade);
    float here = presence[i.slot] * clamp(1.0 - (m.coming.x - TIME_S) * m.coming.y, 0.0, 1.0);
    vec3 eye = views[i.view].eye.xyz, to = i.position - eye;
    Texel texel = texel_of(m, i.uv, i.cell);
    vec3 light = m.emission.rgb * i.tint * texel.color.rgb * (shade.a * texel.color.a * m.base_color.a);
    if (m.optics.y > 0.0) {
        // a shaft: soft where one looks along its side, dust drifting in it, faint near the eye
        float along = abs(dot(normalize(i.normal), normalize(to)));
        vec3 blown = i.position - 0.3 * vec3(drift.z, 0.0, drift.w);  // on the same wind as all else
        float dust = 0.65 + 0.7 * fbm(blown.xy * 1.7 + vec2(0.01, 0.05) * TIME_S + blown.z);
        light *= m.optics.y * dust * smoothstep(0.0, 0.5, along) * smoothstep(0.3, 1.5, length(to));
    } else {
        light *= 1.0 - 0.12 * sin(TIME_S * 9.0 + i.phase * 50.0) * sin(TIME_S * 5.3 + i.phase * 31.0);
    }
    color = vec4(light * here * exp(-fog_depth(eye, to)), 0.0);
}
#endif
