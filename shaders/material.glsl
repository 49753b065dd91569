// material.glsl: what a part is made of. Mirrors render/blocks.py.

struct Material {
    vec4 base_color;        // linear rgb, opacity
    vec4 second_color;      // linear rgb, w strength of the relief
    vec4 emission;          // linear rgb, w translucency
    vec4 surface;           // metallic, roughness, sheen, clearcoat
    vec4 optics;            // ior, density per m, layer in the arrays (−1: none), 1 when layer is an atlas
    vec4 coming;            // x time it will be wholly there, s; y how fast it comes, 1/s (0: it is there)
    // of products alone:
    vec4 cloth;             // linear rgb of sheen, w its roughness
    vec4 mirrored;          // linear rgb of what is mirrored, w its strength
    vec4 body;              // absorption per metre, linear rgb; w thickness m
    vec4 film;              // iridescence, ior of the film, its thinnest and thickest nm
    vec4 clear;             // transmission, clearcoat's roughness, cut-off of alpha (−1: not cut out), 1 where it blends
    vec4 ways;              // 1: unlit; 1: its back is seen; 1: shade is its colour; beyond a map 0 repeats, 1 ends, 2 turns
    vec4 color_maps;        // layers of a model's maps: color, glow, sheen, specular (−1: none)
    vec4 number_maps;       // detail, coat, volume
};
layout(std430, binding = 3) readonly buffer Materials { Material materials[]; };
layout(binding = 0) uniform sampler2DArray colors;
layout(binding = 1) uniform sampler2DArray details;

const float NOTHING_LOD = 99.0;

// How much of a part is at p, 0 to 1: it comes over a moment once it can be drawn, and with its place.
float arrived(Material m, uint slot, vec3 p) {
    return arrived(slot, p) * clamp(1.0 - (m.coming.x - TIME_S) * m.coming.y, 0.0, 1.0);
}

// What is 0 to 1 at a triangle's corners is so within it alone: at a sliver's edge the middle of a pixel lies far
// outside, and what is read there may be in the thousands, or below 0. Bloom would spread that over the whole picture.
vec4 within(vec4 shade) { return clamp(shade, 0.0, 1.0); }

// height: in tiles, of what tiles. emission: the share of its own light that it gives, of sprites.
struct Texel { vec4 color; vec3 normal; float roughness; float occlusion; float height; float emission; };
const float HEIGHT_TILES = 0.125;  // as words/image.py

// `step`: how far the coordinates go from one pixel to the next, in x (xy) and in y (zw). A texture read
// cannot find that by itself here: at the edge of a triangle the lanes that only help have read no material,
// and so no cell and no scale. Level of detail from the steps: OpenGL 4.5, section 8.14.1.
vec4 streamed(sampler2DArray pool, vec2 uv, vec4 step, float layer, float min_lod) {
    vec4 texels = step * float(textureSize(pool, 0).x);
    float lod = 0.5 * log2(max(max(dot(texels.xy, texels.xy), dot(texels.zw, texels.zw)), 1e-12));
    step *= exp2(max(min_lod - lod, 0.0));
    return textureGrad(pool, vec3(uv, layer), step.xy, step.zw);
}

vec2 cell_uv(vec2 uv, uint cell) {
    return (vec2(cell & 3u, cell >> 2) + clamp(uv, 0.004, 0.996)) * 0.25;
}

// Where the eye meets what stands out of a tile, looking along `toward` (to the eye; x along u, y against v,
// z out of the face): down from the highest there may be in even steps to the first that lies within, then
// in halves between the last two, then where the line through what is left meets. A face keeps plain where a
// pixel is too wide to show its relief. Policarpo, Oliveira and Comba 2005, "Real-Time Relief Mapping on
// Arbitrary Polygonal Surfaces"; Tatarchuk 2006, "Dynamic Parallax Occlusion Mapping" (the line).
vec2 raised(float layer, float min_lod, vec2 uv, vec4 step, vec3 toward) {
    const int STEPS = 12, HALVES = 4;
    float wide = sqrt(max(dot(step.xy, step.xy), dot(step.zw, step.zw)));
    float shown = HEIGHT_TILES * (1.0 - smoothstep(0.003, 0.012, wide));
    if (shown <= 0.0) return uv;
    vec2 slide = vec2(toward.x, -toward.y) / max(toward.z, 0.25);
    // two heights on the eye's way, and how far over what stands out there they lie; `low` is within it
    float high = 0.5 * shown, over = 0.0, low = -high, under = 0.0, at = high;
    for (int k = 0; k <= STEPS + HALVES; ++k) {
        float here = at - (streamed(colors, uv + slide * at, step, layer, min_lod).a - 0.5) * shown;
        if (here > 0.0) { high = at; over = here; } else { low = at; under = here; }
        if (k < STEPS && here > 0.0) at = shown * (0.5 - float(k + 1) / float(STEPS));
        else {
            k = max(k, STEPS);
            at = 0.5 * (high + low);
        }
    }
    return uv + slide * mix(high, low, over / max(over - under, 1e-6));
}

// `toward`: to the eye, as for `raised`.
Texel texel_of(Material m, vec2 uv, uint cell, vec3 toward) {
    Texel t = Texel(vec4(1.0), vec3(0.0, 0.0, 1.0), 1.0, 1.0, 0.0, 1.0);
    bool atlas = m.optics.w > 0.5;
    vec4 step = vec4(dFdx(uv), dFdy(uv)) * (atlas ? 0.25 : 1.0);
    if (m.optics.z < 0.0) return t;
    int layer = int(m.optics.z + 0.5);
    float first = color_lod[layer >> 2][layer & 3];
    vec2 at = atlas ? cell_uv(uv, cell) : raised(m.optics.z, first, uv, step, toward);
    t.color = streamed(colors, at, step, m.optics.z, first);
    if (!atlas) {
        t.height = (t.color.a - 0.5) * HEIGHT_TILES;
        t.color.a = 1.0;
    }
    float finest = detail_lod[layer >> 2][layer & 3];
    if (finest >= NOTHING_LOD) return t;  // its colour has come, its relief not yet
    vec4 detail = streamed(details, at, step, m.optics.z, finest);
    vec2 slope = (detail.xy * 2.0 - 1.0) * m.second_color.w;
    t.normal = normalize(vec3(slope, sqrt(max(1.0 - dot(slope, slope), 0.04))));
    t.roughness = detail.z;
    if (atlas) t.emission = detail.w; else t.occlusion = detail.w;
    return t;
}

// Of a face that is seen straight on, or whose relief is too fine to matter.
Texel texel_of(Material m, vec2 uv, uint cell) { return texel_of(m, uv, cell, vec3(0.0, 0.0, 1.0)); }

// How much of a second colour lies where a part asks for `share` of it: it fills hollows first, as snow, foam
// and moss do, and what stands out last.
float settled(float share, float height) {
    return clamp(share - 24.0 * share * (1.0 - share) * height, 0.0, 1.0);
}
