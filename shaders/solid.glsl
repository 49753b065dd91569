// solid.glsl: opaque things, foliage, and polished floors with what they mirror. Foliage is two-sided,
// cut out by coverage and lit through. What a floor mirrors is drawn as its image below the floor, lit
// as the mirrored eye sees it; the floor is then blended over it by Fresnel.
#ifdef VERTEX
#include "part.glsl"
layout(location = 1) uniform int mode;  // 0: as it is; 1: its image in the floor; 2: the floor
out VertexOut {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; vec3 tint;
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
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "material.glsl"
in VertexOut {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; vec3 tint;
    flat uint material; flat uint slot; flat uint cell; flat int view;
} i;
layout(location = 0) out vec4 color;
layout(location = 1) uniform int mode;

void main() {
    if (mode == 1 && i.position.y < clock.z + 0.001) discard;
    Material m = materials[i.material];
    Texel texel = texel_of(m, i.uv, i.cell);
    vec3 eye = views[i.view].eye.xyz;
    if (mode == 1) eye.y = 2.0 * clock.z - eye.y;
    vec3 v = normalize(eye - i.position);
    vec3 smooth_n = normalize(i.normal);
    if (gl_FrontFacing == (mode == 1)) smooth_n = -smooth_n;
    vec3 t = normalize(i.tangent.xyz - smooth_n * dot(smooth_n, i.tangent.xyz) + 1e-5);
    vec3 b = cross(smooth_n, t) * i.tangent.w;
    vec3 n = normalize(mat3(t, b, smooth_n) * texel.normal);

    float here = arrived(i.slot, i.position);
    float opacity = texel.color.a * m.base_color.a * i.shade.a;
    opacity = clamp((opacity - 0.5) / max(fwidth(opacity), 1e-3) + 0.5, 0.0, 1.0) * step(0.02, opacity);
    if (m.optics.w < 0.5) opacity = i.shade.a * m.base_color.a;
    opacity = min(opacity, clamp(here * 1.3 - 0.3 * dither(gl_FragCoord.xy), 0.0, 1.0));
    if (opacity < 0.01) discard;

    vec3 albedo = texel.color.rgb * m.base_color.rgb * i.tint;
    albedo = mix(albedo, m.second_color.rgb * i.tint, i.shade.b);
    if (m.optics.w < 0.5 && m.optics.z >= 0.0)  // a second scale breaks up what repeats
        albedo *= 0.82 + 0.36 * fbm(i.position.xz * 0.55 + i.position.y * 0.8);
    Matter matter;
    matter.diffuse = albedo * (1.0 - m.surface.x);
    matter.f0 = mix(vec3(0.04), albedo, m.surface.x);
    matter.roughness = clamp(texel.roughness * m.surface.y, 0.06, 1.0);
    matter.translucency = m.emission.w;
    matter.sheen = m.surface.z;
    matter.clearcoat = m.surface.w;
    matter.occlusion = texel.occlusion * i.shade.r;
    if (mode == 2) {  // what it mirrors is there already: leave room for it by Fresnel, less where it is rough
        float share = sky_specular_share(matter.f0 * 2.0, matter.roughness, max(dot(n, v), 0.0)).g;
        opacity *= 1.0 - min(share, 0.85) * (1.0 - i.shade.b) * smoothstep(0.75, 0.25, matter.roughness);
        matter.f0 = vec3(0.0);
        matter.clearcoat = 0.0;
    }
    vec3 light = all_light(matter, i.position, smooth_n, n, v) + m.emission.rgb * texel.color.rgb * i.shade.r;
    color = vec4(fogged(light, eye, i.position), opacity);
}
#endif
