// resolve.glsl: each sample is tone-mapped, then averaged, then encoded once by the framebuffer (sRGB).
// Tone before mean: Persson 2008, "Post-tonemapping Resolve for High-Quality HDR Antialiasing", ShaderX6.
// Bloom from mips: Jimenez 2014, "Next Generation Post Processing in Call of Duty: AW".
// AgX: Sobotka 2022; polynomial fit of its contrast curve: Wrensch 2023, "Minimal AgX Implementation".
#ifdef VERTEX
#include "screen.glsl"
#endif

#ifdef FRAGMENT
#include "frame.glsl"
layout(binding = 5) uniform sampler2DMSArray samples;
layout(binding = 4) uniform sampler2DArray picture;
layout(binding = 7) uniform sampler2DArray adapted;
layout(binding = 8) uniform sampler2DMSArray depths;
layout(location = 0) uniform int tone;  // 0: linear values pass through; 1: AgX
layout(location = 1) uniform int reads_depth;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 color;

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
    float luma = dot(x, vec3(0.2126, 0.7152, 0.0722));
    x = pow(max(x, 0.0), vec3(1.28));         // more contrast than AgX's base look
    x = luma + 1.18 * (x - luma);             // and saturation
    return pow(clamp(AGX_OUT * x, 0.0, 1.0), vec3(2.2));
}

vec3 bloom() {
    vec3 sum = vec3(0.0);
    float total = 0.0;
    int levels = textureQueryLevels(picture);  // fewer than six in a very small window
    for (int k = 1; k < levels; ++k) {  // each mip read at four offsets hides the boxes it was made from
        vec2 texel = 0.75 / vec2(textureSize(picture, k).xy);
        float weight = 1.0 / float(k);
        for (int s = 0; s < 4; ++s) {
            vec2 offset = vec2((s & 1) * 2 - 1, (s >> 1) * 2 - 1) * texel;
            sum += 0.25 * weight * textureLod(picture, vec3(i.uv + offset, float(i.view)), float(k)).rgb;
        }
        total += weight;
    }
    return sum / total;
}

// what the eye that is used to this place makes of where it looks now: partly, and within bounds
float eye_exposure() {
    vec2 means = texelFetch(adapted, ivec3(0), 0).rg;
    return exp2(clamp(0.45 * (means.y - means.x), -0.7, 0.5));
}

// The nearest depth of a pixel's samples: where edges are moved for a head that has turned since, the thing
// before keeps them. What the lenses hide lies at 0 and counts as far away.
float nearest_depth(ivec2 p) {
    float nearest = 2.0;
    for (int k = 0; k < 4; ++k) {
        float depth = texelFetch(depths, ivec3(p, i.view), k).r;
        if (depth > 0.0) nearest = min(nearest, depth);
    }
    return nearest;
}

void main() {
    ivec2 p = ivec2(gl_FragCoord.xy);
    float depth = reads_depth == 1 ? nearest_depth(p) : 1.0;
    gl_FragDepth = min(depth, 1.0);
    if (depth > 1.0) {  // all of it hidden
        color = vec4(0.0, 0.0, 0.0, 1.0);
        return;
    }
    vec3 sum = vec3(0.0), halo = tone == 1 ? bloom() : vec3(0.0);
    float exposure = tone == 1 ? clock.y * eye_exposure() : 1.0;
    for (int k = 0; k < 4; ++k) {
        vec3 light = texelFetch(samples, ivec3(p, i.view), k).rgb;
        sum += tone == 1 ? agx(mix(light, halo, 0.06) * exposure) : light;
    }
    color = vec4(sum * 0.25, 1.0);
}
#endif
