// solid.glsl: opaque things, foliage, and polished floors with what they mirror. Foliage is two-sided,
// cut out by coverage and lit through. What a floor mirrors is drawn as its image below the floor, lit
// as the mirrored eye sees it; the floor then mixes that picture in by Fresnel, drawn out downwards and
// blurred, the more the farther away. Clear bodies (ice) show what lies beyond them, bent at their face.
#ifdef VERTEX
#include "thing.glsl"
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "material.glsl"
in VertexOut {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat uint cell; flat int view;
} i;
layout(location = 0) out vec4 color;
layout(location = 1) uniform int mode;
layout(binding = 4) uniform sampler2DArray picture;

// What a floor mirrors, from the picture of it: a rough mirror seen at a grazing angle smears along the
// line of sight far more than across it: Bjorke 2004, "Image-Based Lighting", GPU Gems 1.
vec3 mirrored(vec3 n, vec3 v, float away_m, float roughness) {
    vec2 size = counts.zw, at = (gl_FragCoord.xy + 3.0 * size.y * n.xz * 0.01) / size;
    float reach = (0.004 + 0.16 * roughness * smoothstep(0.5, 7.0, away_m)), noise = dither(gl_FragCoord.xy);
    float level = 5.0 * roughness * smoothstep(0.5, 6.0, away_m) + 0.6;
    vec4 sum = vec4(0.0);
    for (int k = 0; k < 6; ++k) {
        float step = (float(k) + noise) / 6.0;
        sum += textureLod(picture, vec3(at - vec2(0.0, reach * (step * 1.6 - 0.4)), float(i.view)), level);
    }
    return sum.rgb / 6.0 + sky_light(reflect(-v, n), 2.0) * (1.0 - min(sum.a / 6.0, 1.0));
}

void main() {
    if (mode == 1 && i.position.y < clock.z + 0.001) discard;
    Material m = materials[i.material];
    vec4 shade = within(i.shade);
    vec3 eye = views[i.view].eye.xyz;
    if (mode == 1) eye.y = 2.0 * clock.z - eye.y;
    vec3 v = normalize(eye - i.position);
    vec3 smooth_n = normalize(i.normal);
    if (gl_FrontFacing == (mode == 1)) smooth_n = -smooth_n;
    vec3 t = normalize(i.tangent.xyz - smooth_n * dot(smooth_n, i.tangent.xyz) + 1e-5);
    vec3 b = cross(smooth_n, t) * i.tangent.w;
    mat3 face = mat3(t, b, smooth_n);
    Texel texel = texel_of(m, i.uv, i.cell, mode == 1 ? vec3(0.0, 0.0, 1.0) : v * face);
    vec3 n = normalize(face * texel.normal);

    float here = arrived(m, i.slot, i.position);
    float opacity = texel.color.a * m.base_color.a * shade.a;
    // an edge as wide as a pixel: Golus 2017, "Anti-aliased Alpha Test: The Esoteric Alpha To Coverage"
    opacity = clamp((opacity - 0.5) / max(fwidth(opacity), 1e-3) + 0.5, 0.0, 1.0) * step(0.02, opacity);
    if (m.optics.w < 0.5) opacity = shade.a * m.base_color.a;
    opacity = min(opacity, clamp(here * 1.3 - 0.3 * dither(gl_FragCoord.xy), 0.0, 1.0));
    if (opacity < 0.01) discard;

    vec3 albedo = texel.color.rgb * m.base_color.rgb * i.tint;
    albedo = mix(albedo, m.second_color.rgb * i.tint, settled(shade.b, texel.height));
    if (m.optics.w < 0.5 && m.optics.z >= 0.0)  // a second scale breaks up what repeats
        albedo *= 0.82 + 0.36 * fbm(i.position.xz * 0.55 + i.position.y * 0.8);
    Matter matter;
    matter.diffuse = albedo * (1.0 - m.surface.x);
    matter.f0 = mix(vec3(0.04), albedo, m.surface.x);
    matter.roughness = clamp(texel.roughness * m.surface.y, 0.06, 1.0);
    matter.translucency = m.emission.w;
    matter.sheen = m.surface.z;
    matter.clearcoat = m.surface.w;
    matter.occlusion = texel.occlusion * shade.r;
    vec3 beyond = vec3(0.0);
    if (mode == 2) {
        float share = min(sky_specular_share(matter.f0 * 2.0, matter.roughness, max(dot(n, v), 0.0)).g, 0.85);
        share *= (1.0 - 0.8 * shade.b) * (1.0 - smoothstep(0.3, 0.85, matter.roughness));
        beyond = share * mirrored(n, v, distance(eye, i.position), matter.roughness);
        matter.diffuse *= 1.0 - share;
        matter.f0 = vec3(0.0);
        matter.clearcoat = 0.0;
    } else if (m.optics.y > 0.0) {
        float clear = 1.0 - shade.b, nv = max(dot(n, v), 0.0);
        vec3 bent = refract(-v, n, 1.0 / m.optics.x);
        vec3 absorbed = pow(max(m.base_color.rgb, vec3(0.02)), vec3(m.optics.y * shade.r / max(-dot(bent, n), 0.3)));
        if (m.optics.z >= 0.0)  // white planes and bubbles within it
            clear *= 1.0 - 0.75 * smoothstep(0.35, 0.9, dot(texel.color.rgb, vec3(1.0 / 3.0)));
        beyond = clear * (1.0 - grazing(nv)) * absorbed * sky_light(bent, 3.0 * matter.roughness);
        matter.diffuse *= 1.0 - 0.9 * clear;
    }
    vec3 light = all_light(matter, i.position, smooth_n, n, v) + beyond;
    light += m.emission.rgb * texel.color.rgb * (shade.r * texel.emission);
    // what comes or goes does so as light: it thins into the sky behind it
    light = mix(light, sky_light(-v, 1.5), 0.75 * smoothstep(0.0, 0.8, 1.0 - here));
    color = vec4(fogged(light, eye, i.position), opacity);
}
#endif
