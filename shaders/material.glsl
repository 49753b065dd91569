// material.glsl: what a part is made of. Mirrors render/blocks.py.

struct Material {
    vec4 base_color;        // linear rgb, opacity
    vec4 second_color;      // linear rgb, w strength of the relief
    vec4 emission;          // linear rgb, w translucency
    vec4 surface;           // metallic, roughness, sheen, clearcoat
    vec4 optics;            // ior, density per m, layer in the arrays (−1: none), 1 when layer is an atlas
    vec4 coming;            // x time it will be wholly there, s; y how fast it comes, 1/s (0: it is there)
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

struct Texel { vec4 color; vec3 normal; float roughness; float occlusion; };

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

Texel texel_of(Material m, vec2 uv, uint cell) {
    Texel t = Texel(vec4(1.0), vec3(0.0, 0.0, 1.0), 1.0, 1.0);
    vec4 step = vec4(dFdx(uv), dFdy(uv)) * (m.optics.w > 0.5 ? 0.25 : 1.0);
    if (m.optics.z < 0.0) return t;
    int layer = int(m.optics.z + 0.5);
    vec2 at = m.optics.w > 0.5 ? cell_uv(uv, cell) : uv;
    t.color = streamed(colors, at, step, m.optics.z, color_lod[layer >> 2][layer & 3]);
    float finest = detail_lod[layer >> 2][layer & 3];
    if (finest >= NOTHING_LOD) return t;  // its colour has come, its relief not yet
    vec4 detail = streamed(details, at, step, m.optics.z, finest);
    vec2 slope = (detail.xy * 2.0 - 1.0) * m.second_color.w;
    t.normal = normalize(vec3(slope, sqrt(max(1.0 - dot(slope, slope), 0.04))));
    t.roughness = detail.z;
    t.occlusion = detail.w;
    return t;
}
