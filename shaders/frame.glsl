// frame.glsl: what is the same for everything drawn in a frame. Mirrors render/blocks.py, field for field.

struct ViewBlock {
    mat4 clip_from_world;
    mat4 world_from_clip;
    vec4 eye;               // xyz position in the world, m
};
struct LightBlock {
    vec4 position;          // xyz m, w radius m
    vec4 color;             // linear rgb as bright as it is now
    vec4 direction;         // xyz unit, w cosine of the cone (−1: all round)
};
struct EmitterBlock {
    vec4 color;             // linear rgb, w glow
    vec4 box;               // xyz half size m, w size of one particle m
    vec4 motion;            // fall m/s, sway m, tumble 0..1, stretch
    vec4 look;              // cell, opacity, seed, presence of its slot
    vec4 life;              // seconds at rest where it fell (0: never lands), share that is there now, factor on the width of the box
};
struct MoodBlock {
    vec4 tint;              // linear rgb factor on what grows, hangs and is drunk
    vec4 low;               // linear rgb factor on the sky's picture along the horizon
    vec4 high;              // and overhead
    vec4 layers;            // how much is there of what belongs to top, heart and base; w 1: of the rest
};
struct HeldBlock {
    vec4 place;             // xyz foot of a hero away from its plinth, m; w the hero's number (0: none)
    vec4 turn;              // quaternion, part into world
    vec4 liquid;            // xy slope of the surface of what is in it, along its own x and z
};
struct RayBlock {
    vec4 start;             // xyz m, w strength 0..1 of what is not the hand's own mark
    vec4 end;               // xyz m, w 1 where it ends on something to choose
};
layout(std140, binding = 0) uniform Frame {
    ViewBlock views[6];
    mat4 shadow_from_world[2];
    mat4 floor_from_world;  // looks straight down: what lies under falling things
    vec4 shadow;            // layer of the newer shadow, its share, 1 / texels; z in metres of the floor's 0 and 1
    vec4 sun_direction;     // xyz towards the sun
    vec4 sun;               // linear rgb radiance of a white surface facing it
    vec4 zenith;
    vec4 horizon;
    vec4 ground;
    vec4 fill;              // light from the side opposite the sun
    vec4 fog;               // rgb, w extinction per metre at the ground
    vec4 wind;              // xyz m/s, w gust 0..1
    vec4 drift;             // xz how far the air has come, m, within a tile; the same within 64 tiles
    vec4 palms[2];          // xyz m, w radius m that particles keep clear of (0: no hand)
    HeldBlock held[6];
    RayBlock rays[2];
    MoodBlock moods[4];     // of the four slots
    vec4 presence;          // of the four slots
    vec4 sky_lod;           // finest level of each slot's sky that has come; 99 for none
    vec4 clock;             // time s, exposure, height of the ground m, number of views
    vec4 counts;            // lights, sky levels; width and height of what is drawn of a view, px
    vec4 pace;              // how far the eye's (x) and the place's (y) mean brightness move this frame; seconds since
                            // the picture before (−1: a still); how much more contrast a visitor wants
    vec4 color_lod[10];     // finest level come, for each layer of the colour array
    vec4 detail_lod[10];    // and of the detail array
    vec4 model_lod[16];     // and of the arrays of models' colours (the first half) and numbers
    LightBlock lights[96];
    EmitterBlock emitters[16];
};

#define TIME_S (clock.x)
#define VIEW_COUNT (int(clock.w + 0.5))

// A place grows outward from the visitor as its presence rises, and leaves the same way: how much of
// it is at p, 0 to 1.
float arrived(uint slot, vec3 p) {
    return clamp(presence[slot] * 2.2 - 1.2 * clamp(length(p.xz) / 24.0, 0.0, 1.0), 0.0, 1.0);
}
