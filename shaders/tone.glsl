// tone.glsl: what becomes of light on its way to the eye: bloom, exposure, tone and the visitor's contrast. Whoever
// needs to know what will be seen asks here.
// Bloom from mips: Jimenez 2014, "Next Generation Post Processing in Call of Duty: AW".
// AgX: Sobotka 2022; polynomial fit of its contrast curve: Wrensch 2023, "Minimal AgX Implementation".
#include "frame.glsl"
layout(binding = 4) uniform sampler2DArray picture;
layout(binding = 7) uniform sampler2DArray adapted;

const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);
const mat3 AGX_IN = mat3(0.842479062253094, 0.0423282422610123, 0.0423756549057051,
                         0.0784335999999992, 0.878468636469772, 0.0784336,
                         0.0792237451477643, 0.0791661274605434, 0.879142973793104);
const mat3 AGX_OUT = mat3(1.19687900512017, -0.0528968517574562, -0.0529716355144438,
                          -0.0980208811401368, 1.15190312990417, -0.0980434501171241,
                          -0.0990297440797205, -0.0989611768448433, 1.15107367264116);

vec3 agx(vec3 linear) {
    vec3 x = clamp((log2(max(AGX_IN * linear, 1e-10)) + 12.47393) / 16.5, 0.0, 1.0);
    vec3 x2 = x * x, x4 = x2 * x2;
    x = 15.5 * x4 * x2 - 40.14 * x4 * x + 31.96 * x4 - 6.868 * x2 * x + 0.4298 * x2 + 0.1191 * x - 0.00232;
    float luma = dot(x, LUMINANCE);
    x = pow(max(x, 0.0), vec3(1.28));         // more contrast than AgX's base look
    x = luma + 1.18 * (x - luma);             // and saturation
    x = AGX_OUT * x;
    x += (x - 0.5) * pace.w;                  // what a visitor wants of either
    return pow(clamp(x, 0.0, 1.0), vec3(2.2));
}

// light that lenses and eyes strew about, at a place of a view; `taps` offsets for each mip, 4 or 1
vec3 bloom(vec2 uv, int view, int taps) {
    vec3 sum = vec3(0.0);
    float total = 0.0;
    int levels = textureQueryLevels(picture);  // fewer than six in a very small window
    for (int k = 1; k < levels; ++k) {  // each mip read at four offsets hides the boxes it was made from
        vec2 texel = 0.75 / vec2(textureSize(picture, k).xy);
        float weight = 1.0 / float(k);
        for (int s = 0; s < taps; ++s) {
            vec2 offset = taps == 1 ? vec2(0.0) : vec2((s & 1) * 2 - 1, (s >> 1) * 2 - 1) * texel;
            sum += weight / float(taps) * textureLod(picture, vec3(uv + offset, float(view)), float(k)).rgb;
        }
        total += weight;
    }
    return sum / total;
}

// what the eye that is used to this place makes of where it looks now: partly, and within bounds
float eye_exposure() {
    vec2 means = texelFetch(adapted, ivec3(0), 0).rg;
    return clock.y * exp2(clamp(0.45 * (means.y - means.x), -0.7, 0.5));
}

// linear light as it is shown, 0 to 1, with its halo
vec3 toned(vec3 light, vec3 halo, float exposure) { return agx(mix(light, halo, 0.06) * exposure); }
