// particles.glsl: what floats in the air. A particle is a function of its number and the time, so
// nothing is stored and nothing is computed outside this shader. It drifts in a box that follows the
// eye and wraps round; it fades at the box's edge and near the eye.
#ifdef VERTEX
#include "frame.glsl"
#include "noise.glsl"
#include "wind.glsl"
out VertexOut { vec3 position; vec3 normal; vec2 uv; flat float opacity; flat int emitter; flat int view; flat float shade; } o;

mat3 tumbling(vec3 seed, float time_s) {
    float a = seed.x * 6.28 + time_s * (0.6 + 1.6 * seed.y), b = seed.z * 6.28 + time_s * (0.4 + 1.1 * seed.x);
    float ca = cos(a), sa = sin(a), cb = cos(b), sb = sin(b);
    return mat3(ca, 0.0, -sa, sa * sb, cb, ca * sb, sa * cb, -sb, ca * cb);
}

void main() {
    int count = VIEW_COUNT, view = gl_InstanceID % count, emitter = gl_DrawIDARB;
    EmitterBlock e = emitters[emitter];
    uint id = uint(gl_InstanceID / count) + uint(e.look.z) * 65536u;
    vec3 seed = unit3(id * 3u + 11u), more = unit3(id * 7u + 5u);
    vec3 center = vec3(views[0].eye.x, clock.z + e.box.y, views[0].eye.z);
    float drag = 0.5 + 0.5 * more.x;
    vec3 moved = seed * 2.0 * e.box.xyz + TIME_S * (wind.xyz * drag * 0.35 - vec3(0.0, e.motion.x * (0.7 + 0.6 * more.y), 0.0));
    float swing = TIME_S * (0.7 + 0.9 * more.z) + seed.x * 40.0;
    moved += e.motion.y * vec3(sin(swing), 0.3 * cos(1.7 * swing), cos(swing * 0.83));
    vec3 p = center + mod(moved - center + e.box.xyz, 2.0 * e.box.xyz) - e.box.xyz;
    p.xz += 0.25 * wind_at(p, TIME_S).xz * drag * sin(TIME_S * 0.5 + seed.z * 6.0) * step(0.01, e.motion.y);

    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    vec3 to_eye = normalize(views[0].eye.xyz - p);
    vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), to_eye) + 1e-5), up = cross(to_eye, right);
    if (e.motion.w > 1.0) {  // stretched along its fall
        up = normalize(vec3(wind.x * 0.35, -e.motion.x, wind.z * 0.35));
        right = normalize(cross(up, to_eye));
    }
    mat3 facing = mat3(right, up, to_eye);
    if (e.motion.z > 0.5) facing = tumbling(more, TIME_S);
    float size = 0.5 * e.box.w * (0.75 + 0.5 * more.y);
    vec3 curled = vec3(corner * vec2(1.0, max(e.motion.w, 1.0)), e.motion.z * 0.35 * corner.x * corner.x) * size;
    o.position = p + facing * curled;
    o.normal = normalize(facing * vec3(-0.5 * e.motion.z * corner.x, 0.0, 1.0));
    uint cell = uint(e.look.x);
    o.uv = (vec2(cell & 3u, cell >> 2) + corner * vec2(0.49, -0.49) + 0.5) * 0.25;
    vec3 edge = smoothstep(vec3(1.0), vec3(0.75), abs(p - center) / e.box.xyz);
    float near = smoothstep(0.25 + e.box.w, 0.6 + 3.0 * e.box.w, distance(p, views[0].eye.xyz));
    o.opacity = e.look.y * edge.x * edge.z * smoothstep(0.0, 0.12, p.y - clock.z + 0.05) * near * e.look.w;
    o.shade = 0.8 + 0.4 * more.z;
    o.emitter = emitter;
    o.view = view;
    gl_Layer = view;
    gl_Position = views[view].clip_from_world * vec4(o.position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "material.glsl"
layout(location = 1) uniform int sprite_layers[16];
in VertexOut { vec3 position; vec3 normal; vec2 uv; flat float opacity; flat int emitter; flat int view; flat float shade; } i;
layout(location = 0) out vec4 color;

void main() {
    EmitterBlock e = emitters[i.emitter];
    int layer = sprite_layers[i.emitter];
    vec4 sprite = streamed(colors, i.uv, vec4(dFdx(i.uv), dFdy(i.uv)), float(layer), color_lod[layer >> 2][layer & 3]);
    float alpha = sprite.a * i.opacity;
    if (alpha < 0.004) discard;
    vec3 eye = views[i.view].eye.xyz, v = normalize(eye - i.position), n = normalize(i.normal);
    if (dot(n, v) < 0.0) n = -n;
    vec3 tone = sprite.rgb * e.color.rgb * i.shade;
    vec3 light = tone * e.color.w * 3.0;
    if (e.color.w < 0.99) {
        Matter m = Matter(tone, vec3(0.03), 0.7, 0.8, 0.0, 0.0, 1.0);
        float facing = max(e.motion.z, 0.0);
        vec3 soft = tone * (sky_irradiance(v) + sun.rgb * (0.4 + 1.2 * pow(max(dot(-v, sun_direction.xyz), 0.0), 4.0)));
        vec3 hard = sky_lit(m, n, v) + lit_by(m, n, v, sun_direction.xyz, sun.rgb);
        light += (1.0 - e.color.w) * (mix(soft, hard, facing) + local_lights(m, i.position, mix(v, n, facing), v));
    }
    color = vec4(fogged(light, eye, i.position) * alpha, alpha * (1.0 - 0.9 * e.color.w));
}
#endif
