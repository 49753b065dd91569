// resolve.glsl: each sample is tone-mapped, then averaged, then encoded once by the framebuffer (sRGB).
// Tone before mean: Persson 2008, "Post-tonemapping Resolve for High-Quality HDR Antialiasing", ShaderX6.
#ifdef VERTEX
#include "frame.glsl"
out VertexOut { vec2 uv; vec3 ahead; flat int view; } o;

void main() {
    vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    o.uv = corner * 0.5 + 0.5;
    o.view = gl_InstanceID;
    vec4 far_point = views[o.view].world_from_clip * vec4(corner, 1.0, 1.0);
    o.ahead = far_point.xyz / far_point.w - views[o.view].eye.xyz;
    gl_Layer = gl_InstanceID;
    gl_Position = vec4(corner, 0.0, 1.0);
}
#endif

#ifdef FRAGMENT
#include "tone.glsl"
#include "cells.glsl"
layout(binding = 5) uniform sampler2DMSArray samples;
layout(binding = 8) uniform sampler2DMSArray depths;
layout(binding = 12) uniform sampler2D gains;  // of flash.glsl
layout(location = 0) uniform int tone;  // 0: linear values pass through; 1: AgX; 2: AgX, flashes limited
layout(location = 1) uniform int reads_depth;
in VertexOut { vec2 uv; vec3 ahead; flat int view; } i;
layout(location = 0) out vec4 color;

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
    vec3 sum = vec3(0.0), halo = tone > 0 ? bloom(i.uv, i.view, 4) : vec3(0.0);
    float exposure = tone > 0 ? eye_exposure() : 1.0;
    for (int k = 0; k < 4; ++k) {
        vec3 light = texelFetch(samples, ivec3(p, i.view), k).rgb;
        sum += tone > 0 ? toned(light, halo, exposure) : light;
    }
    float gain = tone == 2 ? texture(gains, cell_uv(i.ahead)).r : 1.0;
    color = vec4(sum * 0.25 * gain, 1.0);
}
#endif
