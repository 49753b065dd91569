// part.glsl: one vertex of one instance of one draw, in the world. Mirrors words/geometry.py.
#include "frame.glsl"
#include "noise.glsl"
#include "wind.glsl"

#ifndef VIEWS
#define VIEWS VIEW_COUNT
#endif

struct Instance { vec4 row0, row1, row2; uint tint; float phase; float flex_m; uint cell; };
struct Draw { uint material; uint slot; uint unused_a; uint unused_b; };
layout(std430, binding = 1) readonly buffer Instances { Instance instances[]; };
layout(std430, binding = 2) readonly buffer Draws { Draw draws[]; };
layout(location = 0) uniform int first_draw;

layout(location = 0) in vec3 in_position;
layout(location = 1) in vec4 in_normal;
layout(location = 2) in vec4 in_tangent;
layout(location = 3) in vec2 in_uv;
layout(location = 4) in vec4 in_shade;

struct PartVertex {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; vec3 tint; float phase;
    uint material; uint slot; uint cell; int view;
};

PartVertex part_vertex() {
    int count = VIEWS;
    Instance one = instances[gl_BaseInstanceARB + gl_InstanceID / count];
    Draw draw = draws[first_draw + gl_DrawIDARB];
    PartVertex v;
    v.view = gl_InstanceID % count;
    vec4 local = vec4(in_position, 1.0);
    v.position = vec3(dot(one.row0, local), dot(one.row1, local), dot(one.row2, local));
    // normals by the cofactor matrix, which also keeps mirrored and squeezed instances right
    vec3 a = one.row0.xyz, b = one.row1.xyz, c = one.row2.xyz;
    vec3 n = in_normal.xyz;
    float side = sign(dot(a, cross(b, c)));
    v.normal = side * normalize(vec3(dot(cross(b, c), n), dot(cross(c, a), n), dot(cross(a, b), n)));
    vec3 t = in_tangent.xyz;
    v.tangent = vec4(normalize(vec3(dot(a, t), dot(b, t), dot(c, t)) + 1e-6), in_tangent.w * side);
    if (one.flex_m > 0.0 && in_shade.g > 0.0) {
        vec3 air = wind_at(v.position, TIME_S - 0.25 * one.phase);
        float speed = length(air);
        float quiver = 0.25 * sin(TIME_S * (5.0 + 4.0 * one.phase) + one.phase * 40.0 + v.position.y * 9.0);
        float bend = one.flex_m * in_shade.g * in_shade.g;
        v.position += air * bend * (1.0 + quiver) - vec3(0.0, bend * speed * 0.25, 0.0);
    }
    v.uv = in_uv;
    v.shade = in_shade;
    v.tint = unpackUnorm4x8(one.tint).rgb * (255.0 / 128.0);
    v.phase = one.phase;
    v.material = draw.material;
    v.slot = draw.slot;
    v.cell = one.cell;
    return v;
}
