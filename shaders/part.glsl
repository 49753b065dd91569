// part.glsl: one vertex of one instance of one draw, in the world. Mirrors words/geometry.py.
#include "frame.glsl"
#include "noise.glsl"
#include "wind.glsl"

#ifndef VIEWS
#define VIEWS VIEW_COUNT
#endif

struct Instance { vec4 row0, row1, row2; uint tint; float phase; float flex_m; uint cell; };
struct Draw { uint material; uint slot; uint layer; uint traits; uint motion; };
layout(std430, binding = 1) readonly buffer Instances { Instance instances[]; };
layout(std430, binding = 2) readonly buffer Draws { Draw draws[]; };
layout(location = 0) uniform int first_draw;
const uint STAYS = 1u, THINS = 2u, TINTED = 4u, FADES = 8u;  // traits of a draw; its hero is counted from bit 8

layout(location = 0) in vec3 in_position;
layout(location = 1) in vec4 in_normal;
layout(location = 2) in vec4 in_tangent;
layout(location = 3) in vec2 in_uv;
layout(location = 4) in vec4 in_shade;

#include "motion.glsl"

struct PartVertex {
    vec3 position; vec3 normal; vec4 tangent; vec2 uv; vec4 shade; vec3 tint; vec3 root; float phase;
    uint material; uint slot; uint cell; bool away; int view;
};

// How large an instance is beside itself: what belongs to a layer of the smell grows and goes with it,
// one after another; of what is many, ever fewer are drawn far away, and those larger, so that as much
// is covered. Cook et al. 2007, "Stochastic Simplification of Aggregate Detail". Both shrink before they
// are gone, so nothing pops.
float standing(Draw draw, uint number, float distance_m) {
    float own = unit(number * 2u + 1u);
    float size = 1.0;
    if (draw.layer < 3u)
        size = smoothstep(0.0, 0.3, moods[draw.slot].layers[draw.layer] * 1.3 - own);
#ifndef WHOLE
    if ((draw.traits & THINS) != 0u) {
        float kept = 1.0 - 0.5 * smoothstep(12.0, 45.0, distance_m);
        size *= clamp((kept - own) / 0.12 + 1.0, 0.0, 1.0) * inversesqrt(kept);
    }
#endif
    return size;
}

// Where a draw's hero is among those away from their plinths; −1: it stands.
int carried(Draw draw) {
    uint hero = draw.traits >> 8;
    if (hero != 0u)
        for (int k = 0; k < held.length(); ++k)
            if (uint(held[k].place.w) == hero) return k;
    return -1;
}

PartVertex part_vertex() {
    int count = VIEWS;
    int number = gl_BaseInstanceARB + gl_InstanceID / count;
    Instance one = instances[number];
    Draw draw = draws[first_draw + gl_DrawIDARB];
    PartVertex v;
    v.view = gl_InstanceID % count;
    vec3 root = vec3(one.row0.w, one.row1.w, one.row2.w);
    vec3 at = in_position, n = in_normal.xyz, t = in_tangent.xyz;
#ifndef RESTS
    if (draw.motion != 0u) moved(draw.motion, at, n, t);
#endif
    vec4 local = vec4(at * standing(draw, uint(number), distance(root.xz, views[0].eye.xz)), 1.0);
    int hero = carried(draw);
    v.away = hero >= 0 && (draw.traits & STAYS) == 0u;
#ifdef SLOSHES
    if (v.away) {  // the surface tilts as a plane does; what lies deep stays
        float upper = in_shade.b * in_shade.b * in_shade.b * in_shade.b;
        local.y += upper * dot(held[hero].liquid.xy, local.xz);
        n = normalize(n - vec3(held[hero].liquid.x, 0.0, held[hero].liquid.y) * upper * n.y);
    }
#endif
    v.position = vec3(dot(one.row0, local), dot(one.row1, local), dot(one.row2, local));
    // normals by the cofactor matrix, which also keeps mirrored and squeezed instances right: Turkowski 1990,
    // "Properties of Surface-Normal Transformations", Graphics Gems
    vec3 a = one.row0.xyz, b = one.row1.xyz, c = one.row2.xyz;
    float side = sign(dot(a, cross(b, c)));
    v.normal = side * normalize(vec3(dot(cross(b, c), n), dot(cross(c, a), n), dot(cross(a, b), n)));
    v.tangent = vec4(normalize(vec3(dot(a, t), dot(b, t), dot(c, t)) + 1e-6), in_tangent.w * side);
    if (v.away) {
        root = held[hero].place.xyz;
        v.position = root + turned(held[hero].turn, local.xyz);
        v.normal = turned(held[hero].turn, normalize(n));
        v.tangent = vec4(turned(held[hero].turn, normalize(t + 1e-6)), in_tangent.w);
    }
    // bending by the wind and quivering: Sousa 2007, "Vegetation Procedural Animation and Shading in Crysis", GPU Gems 3
    if (one.flex_m > 0.0 && in_shade.g > 0.0) {
        vec3 air = wind_at(v.position, 0.0);
        float speed = length(air);
        float quiver = 0.25 * sin(TIME_S * (5.0 + 4.0 * one.phase) + one.phase * 40.0 + v.position.y * 9.0);
        float bend = one.flex_m * in_shade.g * in_shade.g;
        v.position += air * bend * (1.0 + quiver) - vec3(0.0, bend * speed * 0.25, 0.0);
    }
    v.uv = in_uv;
    v.shade = in_shade;
    v.tint = unpackUnorm4x8(one.tint).rgb * (255.0 / 128.0);
    if ((draw.traits & TINTED) != 0u) v.tint *= moods[draw.slot].tint.rgb;
    if (hero >= 0 && !v.away) {  // the light that it gathered where it stood goes as it is lifted, and its darkness
        float there = 1.0 - smoothstep(0.0, 0.1, distance(held[hero].place.xyz, root));
        if ((draw.traits & FADES) != 0u) v.shade.a *= there; else v.tint *= there;
    }
    v.root = root;
    v.phase = one.phase;
    v.material = draw.material;
    v.slot = draw.slot;
    v.cell = one.cell;
    return v;
}
