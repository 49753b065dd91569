// floor.glsl: depth straight down: what falling petals and snow come to rest on.
#ifdef VERTEX
#define RESTS  // drawn only when something changes: what moves by itself is taken as it is at rest
#include "part.glsl"

void main() {
    PartVertex v = part_vertex();
    // every view's copy of an instance is the same seen from above: one is enough; and nothing comes to rest
    // on what is carried
    bool drawn = v.view == 0 && !v.away;
    gl_Position = drawn ? floor_from_world * vec4(v.position, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
#endif

#ifdef FRAGMENT
void main() {}
#endif
