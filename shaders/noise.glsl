// noise.glsl: integer-hash noise. PCG: Jarzynski & Olano 2020, "Hash Functions for GPU Rendering".

uint pcg(uint v) {
    uint state = v * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float unit(uint v) { return float(pcg(v) >> 8) * (1.0 / 16777216.0); }

vec3 unit3(uint v) {
    uint a = pcg(v), b = pcg(a + 0x9e3779b9u), c = pcg(b + 0x85ebca6bu);
    return vec3(a >> 8, b >> 8, c >> 8) * (1.0 / 16777216.0);
}

float corner(ivec2 p) { return unit(uint(p.x) * 0x8da6b343u ^ uint(p.y) * 0xd8163841u); }

// smooth value noise in [0, 1]
float value_noise(vec2 p) {
    vec2 cell = floor(p), f = p - cell;
    ivec2 c = ivec2(cell);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(corner(c), corner(c + ivec2(1, 0)), f.x),
               mix(corner(c + ivec2(0, 1)), corner(c + ivec2(1, 1)), f.x), f.y);
}

// octaves of it: Perlin 1985, "An Image Synthesizer"
float fbm(vec2 p) {
    return 0.54 * value_noise(p) + 0.3 * value_noise(p * 2.07 + 17.3) + 0.16 * value_noise(p * 4.21 - 5.9);
}

// interleaved gradient noise, Jimenez 2014, "Next Generation Post Processing in Call of Duty: AW"
float dither(vec2 pixel) { return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))); }
