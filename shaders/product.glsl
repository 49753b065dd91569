// product.glsl: goods as glTF describes them, with its extensions: KHR_materials_transmission, _volume, _unlit and
// what finish.glsl and film.glsl light. Their pictures are a model's own, or a painted surface.
#ifdef VERTEX
#include "thing.glsl"
#endif

#ifdef FRAGMENT
#include "finish.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "material.glsl"
#include "model.glsl"
in VertexOut {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat uint cell; flat int view;
} i;
layout(location = 0) out vec4 color;
layout(location = 1) uniform int mode;  // 0: as it is; 1: its image in the floor
layout(binding = 4) uniform sampler2DArray picture;

vec3 tilted(vec2 texel, float strength) {
    vec2 slope = (texel * 2.0 - 1.0) * strength;
    return vec3(slope, sqrt(max(1.0 - dot(slope, slope), 0.04)));
}

// The texel of what it wears: a painted surface's, or of a model's own maps.
Texel worn(Material m, vec4 step, vec3 toward) {
    if (m.optics.z >= 0.0) return texel_of(m, i.uv, i.cell, toward);
    vec4 numbers = pictured_number(m, m.number_maps.x, i.uv, step);
    vec3 normal = m.number_maps.x < 0.0 ? vec3(0.0, 0.0, 1.0) : normalize(tilted(numbers.xy, m.second_color.w));
    return Texel(pictured_color(m, m.color_maps.x, i.uv, step), normal, numbers.z, numbers.w, 0.0, 1.0);
}

// What stands behind a clear body, from the picture so far: bent where it is thick, blurred where it is rough,
// drunk by the way through it (Beer 1852). Reading the picture: Sousa 2005, "Generic Refraction Simulation".
vec3 behind(Material m, vec3 n, vec3 v, float roughness, float thickness_m) {
    vec3 way = thickness_m > 0.0 ? refract(-v, n, 1.0 / max(m.optics.x, 1.0)) : vec3(0.0);
    vec4 clip = views[i.view].clip_from_world * vec4(i.position + way * thickness_m, 1.0);
    // a rough face blurs the more, the more it bends
    float level = 9.0 * roughness * clamp(2.0 * m.optics.x - 2.0, 0.0, 1.0);
    vec2 at = clip.xy / clip.w * 0.5 + 0.5, apart = 0.75 * exp2(level) / vec2(textureSize(picture, 0).xy);
    if (level < 0.01) apart = vec2(0.0);
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 4; ++k)  // four offsets hide the boxes that a mip is made of
        sum += textureLod(picture, vec3(at + vec2((k & 1) * 2 - 1, (k >> 1) * 2 - 1) * apart, float(i.view)), level).rgb;
    return 0.25 * sum * exp(-m.body.rgb * thickness_m);
}

void main() {
    vec4 step = vec4(dFdx(i.uv), dFdy(i.uv));
    Material m = materials[i.material];
    bool back = gl_FrontFacing == (mode == 1);
    if ((back && m.ways.y < 0.5) || (mode == 1 && i.position.y < clock.z + 0.001)) discard;
    vec4 shade = within(i.shade);
    vec3 eye = views[i.view].eye.xyz;
    if (mode == 1) eye.y = 2.0 * clock.z - eye.y;
    vec3 v = normalize(eye - i.position), smooth_n = normalize(back ? -i.normal : i.normal);
    vec3 t = normalize(i.tangent.xyz - smooth_n * dot(smooth_n, i.tangent.xyz) + 1e-5);
    mat3 face = mat3(t, cross(smooth_n, t) * i.tangent.w, smooth_n);
    Texel texel = worn(m, step, mode == 1 ? vec3(0.0, 0.0, 1.0) : v * face);
    vec3 n = normalize(face * texel.normal);
    vec4 glow = pictured_color(m, m.color_maps.y, i.uv, step);

    float here = arrived(m, i.slot, i.position), opacity = texel.color.a * m.base_color.a * shade.a;
    // an edge as wide as a pixel: Golus 2017, "Anti-aliased Alpha Test: The Esoteric Alpha To Coverage"
    float cut = clamp((opacity - m.clear.z) / max(fwidth(opacity), 1e-3) + 0.5, 0.0, 1.0);
    opacity = m.clear.z >= 0.0 ? cut : m.clear.w > 0.5 ? opacity : 1.0;
    bool mixes = m.clear.w > 0.5 || m.clear.x > 0.0;
    opacity = mixes ? opacity * here : min(opacity, clamp(here * 1.3 - 0.3 * dither(gl_FragCoord.xy), 0.0, 1.0));
    if (opacity < 0.004) discard;

    vec3 albedo = texel.color.rgb * m.base_color.rgb * i.tint;
    bool colored = m.ways.z > 0.5;
    albedo = colored ? albedo * shade.rgb : mix(albedo, m.second_color.rgb * i.tint, settled(shade.b, texel.height));
    if (m.ways.x > 0.5) {  // as bright in every light; it goes dark with all else where a blink ends exposure
        color = vec4(albedo / max(clock.y, 0.15), opacity);
        return;
    }
    vec4 cloth = pictured_color(m, m.color_maps.z, i.uv, step), mirrors = pictured_color(m, m.color_maps.w, i.uv, step);
    vec4 coat = pictured_number(m, m.number_maps.y, i.uv, step);
    vec4 body = pictured_number(m, m.number_maps.z, i.uv, step);
    float metallic = m.surface.x * glow.a, strength = m.mirrored.w * mirrors.a;
    float head_on = (m.optics.x - 1.0) / (m.optics.x + 1.0);
    vec3 plain = min(head_on * head_on * m.mirrored.rgb * mirrors.rgb, vec3(1.0)) * strength;
    float clear = m.clear.x * body.r * (1.0 - metallic);
    Finish f;
    f.diffuse = albedo * (1.0 - metallic) * (1.0 - clear);
    f.f0 = mix(plain, albedo, metallic);
    // what bends nothing mirrors nothing, at its edge as well
    f.f90 = mix(strength * clamp(200.0 * head_on * head_on, 0.0, 1.0), 1.0, metallic);
    float rough = texel.roughness * m.surface.y;
    f.roughness = clamp(rough, 0.06, 1.0);
    f.occlusion = texel.occlusion * (colored ? 1.0 : shade.r);
    f.sheen = m.cloth.rgb * cloth.rgb;
    f.sheen_roughness = clamp(m.cloth.w * cloth.a, 0.2, 1.0);
    f.coat = m.surface.w * coat.z;
    f.coat_roughness = clamp(m.clear.y * coat.w, 0.0, 1.0);
    f.coat_normal = m.number_maps.y < 0.0 ? smooth_n : normalize(face * tilted(coat.xy, 1.0));
    if (m.film.x * body.b > 0.0) {
        float c = clamp(dot(n, v), 0.0, 1.0), rest = 1.0 - grazing(c);
        vec3 seen = film_mirrors(m.film.y, mix(m.film.z, m.film.w, body.a), c, f.f0);
        // as what it would be head-on, for the light that follows
        f.f0 = mix(f.f0, clamp((seen - (1.0 - rest)) / max(rest, 1e-3), 0.0, 1.0), m.film.x * body.b);
    }
    vec3 through = clear > 0.0 ? clear * albedo * behind(m, n, v, rough, m.body.w * body.g) : vec3(0.0);
    vec3 light = all_light(f, i.position, smooth_n, n, v, through);
    light += m.emission.rgb * glow.rgb * (1.0 - coated(f, v));
    light = mix(light, sky_light(-v, 1.5), 0.75 * smoothstep(0.0, 0.8, 1.0 - here));
    color = vec4(fogged(light, eye, i.position), opacity);
}
#endif
