// flash.glsl: the flash limiter. Each cell of the world's directions remembers how what is shown there rose and
// fell; where a third rise within a second would come, over enough of ten degrees, the cell is dimmed so far that
// nothing in it can flash any more, until a second is calm.
// W3C 2023, Web Content Accessibility Guidelines 2.2, "general flash and red flash thresholds": flashes are opposing
// changes of a tenth of relative luminance whose darker end is below 0.8, or of 20/320 in R - G - B with saturated
// red; at most three in a second, over more than a quarter of any ten degrees. All limits here are stricter.
#ifdef VERTEX
#include "screen.glsl"
#endif

#ifdef FRAGMENT
#include "tone.glsl"
#include "cells.glsl"
// of a cell: 1 + the farthest since the last turn, negative while falling; seconds since the last rise and since the
// one before; what is shown is multiplied by
layout(binding = 10) uniform sampler2D cell_lights;
layout(binding = 11) uniform sampler2D cell_reds;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 light;
layout(location = 1) out vec4 red;
layout(location = 2) out float gain;

const float STEP = 0.08, DARK = 0.85, RED_STEP = 0.05;
const float WINDOW_S = 1.05, LONG_AGO_S = 9.0, BRIGHTEST = 8.0;
// what even full light (and full red) is dimmed to where it is held: less than a flash; and how fast it comes back, 1/s
const float HELD = 0.09, RED_HELD = 0.055, FREED = 1.2;
const float CROWD = 6.0;  // of the 25 directions that are asked within five degrees: a quarter
const float AROUND = 1.3;  // of a view's half width: a gain is asked for between cells, also outside
const vec4 UNKNOWN = vec4(-(1.0 + BRIGHTEST), LONG_AGO_S, LONG_AGO_S, 1.0);

// where direction d is seen in a view, or out of it
vec2 uv_in(int view, vec3 d) {
    vec4 clip = views[view].clip_from_world * vec4(views[view].eye.xyz + d, 1.0);
    return 0.5 * clip.xy / clip.w + 0.5;
}

// where direction d is seen in the first view that shows it: uv, and the view; −1 for none
vec3 seen_at(vec3 d) {
    for (int view = 0; view < VIEW_COUNT; ++view) {
        vec4 clip = views[view].clip_from_world * vec4(views[view].eye.xyz + d, 1.0);
        if (clip.w > 0.0 && max(abs(clip.x), abs(clip.y)) < AROUND * clip.w)
            return vec3(0.5 * clip.xy / clip.w + 0.5, float(view));
    }
    return vec3(-1.0);
}

// the direction that is so far inside a view and nearest to a place of it
vec3 inner(vec3 at, float inside) {
    int view = int(at.z);
    vec4 far_point = views[view].world_from_clip * vec4(clamp(2.0 * at.xy - 1.0, -inside, inside), 1.0, 1.0);
    return normalize(far_point.xyz / far_point.w - views[view].eye.xyz);
}

// the mean of what will be shown in a cell, linear
vec3 mean_of(vec2 cell, vec3 at, vec2 across) {
    int view = int(at.z);
    float exposure = eye_exposure(), texels = length(across * vec2(textureSize(picture, 0).xy));
    int taps = clamp(int(ceil(texels)), 2, 8);
    float level = max(log2(texels / float(taps)), 0.0);
    vec3 halo = bloom(at.xy, view, 1), sum = vec3(0.0);
    for (int k = 0; k < taps * taps; ++k) {
        vec2 within = (vec2(k % taps, k / taps) + 0.5) / float(taps) - 0.5;
        vec2 there = uv_in(view, cell_direction(cell + within / float(CELLS)));
        sum += toned(textureLod(picture, vec3(there, at.z), level).rgb, halo, exposure);
    }
    return sum / float(taps * taps);
}

// whether more than a little of the ten degrees around is flashing like this cell
bool crowded(sampler2D before, vec3 d, float passed_s) {
    vec3 aside = normalize(abs(d.y) < 0.9 ? cross(d, vec3(0.0, 1.0, 0.0)) : cross(d, vec3(1.0, 0.0, 0.0)));
    vec3 up = cross(d, aside);
    float count = 1.0;
    for (int k = 0; k < 24; ++k) {
        float reach = k < 8 ? 0.037 : 0.075, turn = float(k) * (k < 8 ? 0.7854 : 0.3927);
        vec3 there = normalize(d + reach * (cos(turn) * aside + sin(turn) * up));
        count += float(texture(before, cell_uv(there)).z + passed_s < WINDOW_S);
    }
    return count >= CROWD;
}

// what is remembered of a cell, so much later
vec4 aged(vec4 one, float passed_s) {
    one.yz = min(one.yz + passed_s, LONG_AGO_S);
    if (one.z >= WINDOW_S) one.w = min(one.w * exp(FREED * passed_s), 1.0);
    return one;
}

// goes on with what is remembered of a cell by what would be shown there now
vec4 followed(vec4 one, float value, float least, float held, float passed_s, sampler2D before, vec3 d) {
    bool rising = one.x > 0.0;
    float farthest = abs(one.x) - 1.0;
    if (rising && farthest - value >= least && value < DARK) {
        rising = false;
        farthest = value;
    } else if (!rising && value - farthest >= least && farthest < DARK) {
        if (one.z < WINDOW_S && crowded(before, d, passed_s)) one.w = min(one.w, held);
        one.yz = vec2(0.0, one.y);
        rising = true;
        farthest = value;
    }
    farthest = rising ? max(farthest, value) : min(farthest, value);
    one.x = (rising ? 1.0 : -1.0) * (1.0 + farthest);
    return one;
}

float gain_before(ivec2 at) {
    at = clamp(at, ivec2(0), ivec2(CELLS - 1));
    return min(texelFetch(cell_lights, at, 0).w, texelFetch(cell_reds, at, 0).w);
}

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    bool still = pace.z < 0.0;  // nothing went before
    float passed_s = max(pace.z, 0.0);
    light = still ? UNKNOWN : aged(texelFetch(cell_lights, at, 0), passed_s);
    red = still ? UNKNOWN : aged(texelFetch(cell_reds, at, 0), passed_s);
    gain = 1.0;
    vec3 d = cell_direction(i.uv), seen = seen_at(d);
    if (seen.z < 0.0) return;
    vec2 across = uv_in(int(seen.z), cell_direction(i.uv + vec2(1.0 / float(CELLS), 0.0))) - seen.xy;
    vec2 off = abs(2.0 * seen.xy - 1.0);
    // only what is wholly in sight learns; what is cut off does as the nearest that is not
    float size = 2.0 * length(across), inside = max(1.0 - 0.6 * size, 0.1);
    ivec2 nearest = at;
    if (max(off.x, off.y) < inside) {
        vec3 mean = mean_of(i.uv, seen, across);
        float saturated = mean.r / max(mean.r + mean.g + mean.b, 1e-4);
        float reddish = max(mean.r - mean.g - mean.b, 0.0) * smoothstep(0.6, 0.75, saturated);
        light = followed(light, dot(mean, LUMINANCE), STEP, HELD, passed_s, cell_lights, d);
        red = followed(red, reddish, RED_STEP, RED_HELD, passed_s, cell_reds, d);
        gain = min(light.w, red.w);
    } else {
        nearest = ivec2(cell_uv(inner(seen, max(inside - size, 0.0))) * float(CELLS));
    }
    if (!still)  // what lies at the edge of what is held is held, too: between two cells gains are mixed
        for (int k = 0; k < 9; ++k)
            gain = min(gain, gain_before(nearest + ivec2(k % 3 - 1, k / 3 - 1)));
}
#endif
