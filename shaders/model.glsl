// model.glsl: the pictures of models' materials, in arrays of their own. Layouts: words/model_maps.py.

layout(binding = 13) uniform sampler2DArray model_colors;
layout(binding = 14) uniform sampler2DArray model_numbers;

// What lies beyond a map's edges: OpenGL 4.5, section 8.14.2, for where one array serves all three ways.
vec2 wrapped(vec2 uv, float way, float texels) {
    if (way < 0.5) return uv;
    if (way < 1.5) return clamp(uv, 0.5 / texels, 1.0 - 0.5 / texels);
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

// A texel of a map in a layer, white where there is none. `step`: as for `streamed`.
vec4 pictured(sampler2DArray pool, float layer, vec2 uv, vec4 step, float way, int first) {
    if (layer < 0.0) return vec4(1.0);
    int k = first + int(layer + 0.5);
    return streamed(pool, wrapped(uv, way, float(textureSize(pool, 0).x)), step, layer, model_lod[k >> 2][k & 3]);
}
vec4 pictured_color(Material m, float layer, vec2 uv, vec4 step) {
    return pictured(model_colors, layer, uv, step, m.ways.w, 0);
}
vec4 pictured_number(Material m, float layer, vec2 uv, vec4 step) {
    return pictured(model_numbers, layer, uv, step, m.ways.w, 32);
}
