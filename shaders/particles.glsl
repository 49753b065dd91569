// particles.glsl: what floats in the air. A particle is a function of its number and the time, so
// nothing is stored and nothing is computed outside this shader. One kind drifts in a box that follows
// the eye and wraps round; the other falls, comes to rest on what lies below, and fades there after a
// while. Both fade at the box's edge and near the eye, and keep clear of hands.
#ifdef VERTEX
#include "light.glsl"
#include "noise.glsl"
#include "wind.glsl"
layout(binding = 6) uniform sampler2DArray floor_depth;
out VertexOut {
    vec3 position; vec3 normal; vec2 uv; flat float opacity; flat int emitter; flat int view; flat float shade;
    flat float sunlit;
} o;

struct Mote { vec3 position; float opacity; float landed; };  // landed: 0 in the air to 1 lying

mat3 tumbling(vec3 seed, float time_s) {
    float a = seed.x * 6.28 + time_s * (0.6 + 1.6 * seed.y), b = seed.z * 6.28 + time_s * (0.4 + 1.1 * seed.x);
    float ca = cos(a), sa = sin(a), cb = cos(b), sb = sin(b);
    return mat3(ca, 0.0, -sa, sa * sb, cb, ca * sb, sa * cb, -sb, ca * cb);
}

mat3 lying(vec3 seed) {
    float a = seed.x * 6.28;
    vec3 up = normalize(vec3(0.22 * (seed.y - 0.5), 1.0, 0.22 * (seed.z - 0.5)));
    vec3 right = normalize(cross(up, vec3(sin(a), 0.0, cos(a))));
    return mat3(right, cross(up, right), up);
}

// height of the first thing below, seen from above; the ground where the map ends. Drawing what falls
// by a depth map from above: Tatarchuk 2006, "Artist-Directable Real-Time Rain Rendering".
float floor_height(vec2 xz) {
    vec3 p = (floor_from_world * vec4(xz.x, clock.z, xz.y, 1.0)).xyz * 0.5 + 0.5;
    if (any(greaterThan(abs(p.xy - 0.5), vec2(0.495)))) return clock.z;
    float depth = textureLod(floor_depth, vec3(p.xy, 0.0), 0.0).r;
    float metres = (shadow.w - clock.z) / p.z;  // the ground lies at p.z of the map's depth
    return depth < 1.0 ? shadow.w - depth * metres : clock.z;
}

vec3 swing(vec3 seed, vec3 more, float amount) {
    float s = TIME_S * (0.7 + 0.9 * more.z) + seed.x * 40.0;
    return amount * vec3(sin(s), 0.3 * cos(1.7 * s), cos(s * 0.83));
}

vec3 wrapped(vec3 p, vec3 center, vec3 box) { return center + mod(p - center + box, 2.0 * box) - box; }

Mote drifting(EmitterBlock e, uint id, vec3 more, vec3 box, vec3 center) {
    vec3 seed = unit3(id * 3u + 11u);
    float drag = 0.35 * (0.5 + 0.5 * more.x);
    vec3 moved = seed * 2.0 * box + vec3(drift.z, 0.0, drift.w) * drag;
    moved.y -= TIME_S * e.motion.x * (0.7 + 0.6 * more.y);
    vec3 p = wrapped(moved + swing(seed, more, e.motion.y), center, box);
    // a gust takes along what is light
    p += (wind_at(p, 0.0) - wind.xyz) * drag * 0.6 * step(0.01, e.motion.y);
    vec3 edge = 1.0 - smoothstep(vec3(0.75), vec3(1.0), abs(p - center) / box);
    return Mote(p, edge.x * edge.z * smoothstep(0.0, 0.12, p.y - clock.z + 0.05), 0.0);
}

Mote falling(EmitterBlock e, uint id, vec3 more, vec3 box, vec3 center) {
    float speed = e.motion.x * (0.7 + 0.6 * more.y), drop = 2.0 * box.y;
    float whole = drop / speed + e.life.x * (0.6 + 0.8 * more.z);
    float turns = TIME_S / whole + unit(id * 5u + 2u);
    float age = fract(turns) * whole;
    vec3 seed = unit3(id * 3u + 11u + uint(floor(turns)) * 7919u);
    vec2 carry = wind.xz * 0.35 * (0.5 + 0.5 * more.x);
    center.xz += 0.4 * carry * drop / speed;  // those that land downwind came through here
    vec3 land = wrapped(vec3(seed.x * 2.0 * box.x, center.y, seed.z * 2.0 * box.z), center, box);
    land.y = floor_height(land.xz) + 0.006;
    float left = (clock.z + drop - land.y) / speed - age;  // seconds to the ground
    vec3 p = land + max(left, 0.0) * vec3(-carry.x, speed, -carry.y);
    float air = smoothstep(0.0, 1.5, left);
    p += swing(seed, more, e.motion.y) * air;
    p += (wind_at(p, 0.0) - wind.xyz) * 0.25 * air;
    vec2 edge = 1.0 - smoothstep(vec2(0.75), vec2(1.0), abs(land.xz - center.xz) / box.xz);
    float shown = smoothstep(0.0, 0.8, age) * (1.0 - smoothstep(whole - 1.6, whole - 0.1, age));
    return Mote(p, edge.x * edge.y * shown, 1.0 - smoothstep(0.0, 0.45, left));
}

// Air makes room for a hand as water does for a swelling sphere: r³ grows by the sphere's own.
vec3 parted(vec3 p) {
    for (int k = 0; k < 2; ++k) {
        vec3 away = p - palms[k].xyz;
        float r = max(length(away), 1e-3), radius = palms[k].w;
        if (radius > 0.0) p = palms[k].xyz + away / r * pow(r * r * r + radius * radius * radius, 1.0 / 3.0);
    }
    return p;
}

void main() {
    int count = VIEW_COUNT, view = gl_InstanceID % count, emitter = gl_DrawIDARB;
    EmitterBlock e = emitters[emitter];
    uint id = uint(gl_InstanceID / count) + uint(e.look.z) * 65536u;
    vec3 more = unit3(id * 7u + 5u), eye = views[0].eye.xyz;
    vec3 box = e.box.xyz * vec3(e.life.z, 1.0, e.life.z);
    vec3 center = vec3(eye.x, clock.z + box.y, eye.z);
    Mote mote = drifting(e, id, more, box, center);
    if (e.life.x > 0.0) mote = falling(e, id, more, box, center);
    vec3 p = parted(mote.position);

    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    vec3 to_eye = normalize(eye - p);
    vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), to_eye) + 1e-5), up = cross(to_eye, right);
    if (e.motion.w > 1.0) {  // stretched along its fall
        up = normalize(vec3(wind.x * 0.35, -e.motion.x, wind.z * 0.35));
        right = normalize(cross(up, to_eye));
    }
    mat3 facing = mat3(right, up, to_eye);
    if (e.motion.z > 0.5) facing = tumbling(more, TIME_S);
    if (mote.landed > 0.0) {
        mat3 flat_ = lying(more);
        vec3 z = normalize(mix(facing[2] * sign(facing[2].y + 1e-4), flat_[2], mote.landed));
        vec3 x = normalize(cross(flat_[1], z));
        facing = mat3(x, cross(z, x), z);
    }
    float size = max(0.5 * e.box.w * (0.75 + 0.5 * more.y), 0.0011 * distance(p, eye));  // never less than a pixel
    vec3 curled = vec3(corner * vec2(1.0, max(e.motion.w, 1.0)), e.motion.z * 0.35 * corner.x * corner.x) * size;
    o.position = p + facing * curled;
    o.normal = normalize(facing * vec3(-0.5 * e.motion.z * corner.x, 0.0, 1.0));
    uint cell = uint(e.look.x);
    o.uv = (vec2(cell & 3u, cell >> 2) + corner * vec2(0.49, -0.49) + 0.5) * 0.25;
    float near = smoothstep(0.25 + e.box.w, 0.6 + 3.0 * e.box.w, distance(p, eye));
    float there = smoothstep(0.0, 0.08, e.life.y * 1.08 - unit(id * 11u + 3u));
    o.opacity = e.look.y * e.look.w * mote.opacity * near * there;
    o.shade = 0.8 + 0.4 * more.z;
    o.sunlit = dot(sun.rgb, vec3(1.0)) > 1e-4 ? sunlit(p, vec3(0.0)) : 0.0;
    o.emitter = emitter;
    o.view = view;
    gl_Layer = view;
    // what cannot be seen is not drawn: all four corners in one place
    gl_Position = o.opacity < 0.004 ? vec4(2.0, 2.0, 2.0, 1.0) : views[view].clip_from_world * vec4(o.position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "material.glsl"
layout(location = 1) uniform int sprite_layers[16];
in VertexOut {
    vec3 position; vec3 normal; vec2 uv; flat float opacity; flat int emitter; flat int view; flat float shade;
    flat float sunlit;
} i;
layout(location = 0) out vec4 color;

void main() {
    EmitterBlock e = emitters[i.emitter];
    int layer = sprite_layers[i.emitter];
    vec4 sprite = streamed(colors, i.uv, vec4(dFdx(i.uv), dFdy(i.uv)), float(layer), color_lod[layer >> 2][layer & 3]);
    float alpha = sprite.a * i.opacity;
    if (alpha < 0.004) discard;
    vec3 eye = views[i.view].eye.xyz, v = normalize(eye - i.position), n = normalize(i.normal);
    if (dot(n, v) < 0.0) n = -n;
    // a sprite is painted in its kind's colour already: the mean of both (geometric) tints it once, not twice
    vec3 tone = sqrt(sprite.rgb * e.color.rgb) * i.shade;
    float finest = detail_lod[layer >> 2][layer & 3], given = 1.0;  // where in itself it gives its light
    if (finest < NOTHING_LOD)
        given = streamed(details, i.uv, vec4(dFdx(i.uv), dFdy(i.uv)), float(layer), finest).w;
    vec3 light = tone * e.color.w * 3.0 * given;
    if (e.color.w < 0.99) {
        Matter m = Matter(tone, vec3(0.03), 0.7, 0.8, 0.0, 0.0, 1.0);
        float facing = max(e.motion.z, 0.0);
        vec3 key = sun.rgb * i.sunlit;
        vec3 soft = tone * (sky_irradiance(v) + key * (0.4 + 1.2 * pow(max(dot(-v, sun_direction.xyz), 0.0), 4.0)));
        vec3 hard = sky_lit(m, n, v) + lit_by(m, n, v, sun_direction.xyz, key);
        light += (1.0 - e.color.w) * (mix(soft, hard, facing) + local_lights(m, i.position, mix(v, n, facing), v));
    }
    color = vec4(fogged(light, eye, i.position) * alpha, alpha * (1.0 - 0.9 * e.color.w));
}
#endif
