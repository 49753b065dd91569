// ray.glsl: where hands are and point: a bead of light in each, a thin line from it, and a cursor on what
// it meets. All are light with a dark edge, so that they are seen before snow and before night alike; line and
// cursor are as wide to the eye far away as near. An instance for each of the three, of each ray, in each view.
#ifdef VERTEX
#include "frame.glsl"
out VertexOut { vec2 at; flat float strength; flat float met; flat int piece; } o;

const int LINE = 0, CURSOR = 1;
const float BEGINS_M = 0.05;               // after the hand
const float LINE_M = 0.0022, LINE_RAD = 0.0016, CURSOR_RAD = 0.0105, NEARER_M = 0.03, BEAD_M = 0.011;

// Two triangles: corners from −1 to 1.
vec2 corner_of(int vertex) {
    return vec2(vertex == 1 || vertex == 2 || vertex == 4, vertex == 2 || vertex > 3) * 2.0 - 1.0;
}

// A square at a place that faces the eye, and comes towards it by `nearer`.
vec3 facing(vec3 place, vec3 eye, vec2 corner, float size, float nearer) {
    vec3 to = eye - place;
    float away = max(length(to), 1e-3);
    vec3 across = normalize(cross(vec3(0.0, 1.0, 0.0), to) + vec3(1e-6, 0.0, 0.0));
    vec3 up = cross(to / away, across);
    return place + min(nearer / away, 0.5) * to + size * (corner.x * across + corner.y * up);
}

void main() {
    int which = gl_InstanceID / VIEW_COUNT, view = gl_InstanceID % VIEW_COUNT;
    RayBlock ray = rays[which / 3];
    vec3 eye = views[view].eye.xyz, along = ray.end.xyz - ray.start.xyz, position;
    vec2 corner = corner_of(gl_VertexID);
    o.at = corner; o.strength = ray.start.w; o.met = ray.end.w; o.piece = which % 3;
    if (o.piece == LINE) {
        float reach = max(length(along), 1e-3), first = min(BEGINS_M / reach, 0.5);
        o.at.y = 0.5 + 0.5 * corner.y;
        vec3 spot = ray.start.xyz + mix(first, 1.0, o.at.y) * along, to = eye - spot;
        vec3 across = normalize(cross(along, to) + vec3(1e-6, 0.0, 0.0));
        position = spot + corner.x * max(LINE_M, LINE_RAD * length(to)) * across;
    } else if (o.piece == CURSOR) {
        float size = CURSOR_RAD * distance(eye, ray.end.xyz) * mix(0.55, 1.0, o.met);
        position = facing(ray.end.xyz, eye, corner, size, NEARER_M);
    } else {
        bool touches = o.met > 0.5 && o.strength == 0.0;
        position = facing(ray.start.xyz, eye, corner, BEAD_M * (touches ? 1.6 : 1.0), 0.0);
    }
    gl_Layer = view;
    gl_Position = views[view].clip_from_world * vec4(position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "frame.glsl"
in VertexOut { vec2 at; flat float strength; flat float met; flat int piece; } i;
layout(location = 0) out vec4 color;

const int LINE = 0, CURSOR = 1;
const vec3 LIGHT = vec3(3.0, 2.7, 2.25);   // once exposed
const float EDGE = 0.4;                    // how dark

void main() {
    float core, shade, strength = i.strength, r = length(i.at);
    if (i.piece == LINE) {
        float a = abs(i.at.x), faint = mix(0.75, 0.2, i.at.y) * smoothstep(0.0, 0.15, i.at.y);
        core = (1.0 - smoothstep(0.2, 0.5, a)) * faint;
        shade = (1.0 - smoothstep(0.4, 1.0, a)) * faint;
    } else if (i.piece == CURSOR) {
        float dot_size = mix(0.3, 0.14, i.met);  // what is chosen is ringed, and seen through the ring
        float middle = 1.0 - smoothstep(0.7 * dot_size, dot_size, r), off = abs(r - 0.75);
        float ring = 1.0 - smoothstep(0.05, 0.12, off);
        core = max(middle, i.met * ring);
        shade = max(1.0 - smoothstep(dot_size, 2.0 * dot_size, r), i.met * (1.0 - smoothstep(0.1, 0.25, off)));
    } else {
        core = 0.6 * (1.0 - smoothstep(0.15, 0.6, r));
        shade = 1.0 - smoothstep(0.3, 1.0, r);
        strength = 1.0;
    }
    core *= strength;
    shade *= strength * EDGE;
    if (max(core, shade) < 0.004) discard;
    color = vec4(LIGHT / max(clock.y, 1e-3) * core, core + shade * (1.0 - core));
}
#endif
