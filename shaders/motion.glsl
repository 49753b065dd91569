// motion.glsl: vertices that move by themselves, as sampled. Mirrors words/motion.py and render/motions.py.

layout(std430, binding = 4) readonly buffer Motions { uint motions[]; };
const uint MOTION_HEAD = 12u, MOTION_WORDS = 3u;

vec3 turned(vec4 q, vec3 v) { return v + 2.0 * cross(q.xyz, cross(q.xyz, v) + q.w * v); }

// A vertex of one frame: its place within the box, and how its axes are turned from rest.
void sampled(uint at, out vec3 place, out vec4 turn) {
    vec2 a = unpackSnorm2x16(motions[at]), b = unpackSnorm2x16(motions[at + 1u]), c = unpackSnorm2x16(motions[at + 2u]);
    place = vec3(a, b.x);
    turn = vec4(b.y, c, 0.0);
    turn.w = sqrt(max(1.0 - dot(turn.xyz, turn.xyz), 0.0));
}

// Where a vertex is now, between two frames of a motion that begins at word `first`; turns are mixed as Shoemake
// 1985, "Animating Rotation with Quaternion Curves", asks for, by the straight way: neighbours lie close.
void moved(uint first, inout vec3 place, inout vec3 normal, inout vec3 tangent) {
    uint vertices = motions[first], frames = motions[first + 1u];
    vec3 center = vec3(uintBitsToFloat(motions[first + 4u]), uintBitsToFloat(motions[first + 5u]),
                       uintBitsToFloat(motions[first + 6u]));
    vec3 extent = vec3(uintBitsToFloat(motions[first + 8u]), uintBitsToFloat(motions[first + 9u]),
                       uintBitsToFloat(motions[first + 10u]));
    float now = TIME_S * uintBitsToFloat(motions[first + 2u]);
    float whole = floor(now);
    uint before = uint(mod(whole, float(frames))), after = (before + 1u) % frames;
    uint own = first + MOTION_HEAD + MOTION_WORDS * uint(gl_VertexID - gl_BaseVertexARB);
    vec3 a, b;
    vec4 p, q;
    sampled(own + MOTION_WORDS * vertices * before, a, p);
    sampled(own + MOTION_WORDS * vertices * after, b, q);
    place = center + extent * mix(a, b, now - whole);
    vec4 turn = normalize(mix(p, dot(p, q) < 0.0 ? -q : q, now - whole));
    normal = turned(turn, normal);
    tangent = turned(turn, tangent);
}
