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
};
layout(std140, binding = 0) uniform Frame {
    ViewBlock views[6];
    mat4 shadow_from_world;
    vec4 sun_direction;     // xyz towards the sun, w strength of its shadow
    vec4 sun;               // linear rgb radiance of a white surface facing it
    vec4 zenith;
    vec4 horizon;
    vec4 ground;
    vec4 fill;              // light from the side opposite the sun
    vec4 fog;               // rgb, w extinction per metre at the ground
    vec4 wind;              // xyz m/s, w gust 0..1
    vec4 presence;          // of the four slots
    vec4 sky_lod;           // finest level of each slot's sky that has come; 99 for none
    vec4 clock;             // time s, exposure, height of the ground m, number of views
    vec4 counts;            // lights, emitters, sky levels, detail of the shadow (1 / texels)
    vec4 color_lod[10];     // finest level come, for each layer of the colour array
    vec4 detail_lod[10];    // and of the detail array
    LightBlock lights[48];
    EmitterBlock emitters[16];
};

#define TIME_S (clock.x)
#define VIEW_COUNT (int(clock.w + 0.5))

// A place grows outward from the visitor as its presence rises, and leaves the same way: how much of
// it is at p, 0 to 1.
float arrived(uint slot, vec3 p) {
    return clamp(presence[slot] * 2.2 - 1.2 * clamp(length(p.xz) / 24.0, 0.0, 1.0), 0.0, 1.0);
}
