// flash.glsl: the flash limiter. Each cell of the world's directions remembers how what is shown there rose and
// fell; where a third rise within a second would come, over enough of ten degrees, the cell is held down until a
// second is calm. Only rises are held: a flash is a rise and a fall, so there is none without them.
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
// one before; how much may be shown
layout(binding = 10) uniform sampler2D cell_lights;
layout(binding = 11) uniform sampler2D cell_reds;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 light;
layout(location = 1) out vec4 red;
layout(location = 2) out float gain;

const float STEP = 0.08, DARK = 0.85, RED_STEP = 0.05;
const float WINDOW_S = 1.05, LONG_AGO_S = 9.0;
const float HELD = 0.03;                       // so little above the darkest a held cell may be
const float FREE = 2.0, FREED_A_SECOND = 0.5;  // no limit; how fast one is lifted
const float CROWD = 4.0;                       // of the 25 directions that are asked within five degrees
const float AROUND = 1.2;                      // what is just outside a view is taken for its edge
const vec4 UNKNOWN = vec4(-(1.0 + FREE), LONG_AGO_S, LONG_AGO_S, FREE);

// where direction d is seen in the first view that shows it: uv, and the view; −1 for none
vec3 seen_at(vec3 d) {
    for (int view = 0; view < VIEW_COUNT; ++view) {
        vec4 clip = views[view].clip_from_world * vec4(views[view].eye.xyz + d, 1.0);
        if (clip.w > 0.0 && max(abs(clip.x), abs(clip.y)) < AROUND * clip.w)
            return vec3(0.5 * clip.xy / clip.w + 0.5, float(view));
    }
    return vec3(-1.0);
}

// the mean of what will be shown in a cell, linear
vec3 mean_of(vec2 cell, vec3 at) {
    int view = int(at.z);
    float exposure = eye_exposure(), edge = 1.0 / float(CELLS);
    vec3 halo = bloom(at.xy, view, 1), beside = seen_at(cell_direction(cell + vec2(edge, 0.0)));
    vec2 across = beside.z == at.z ? (beside.xy - at.xy) * vec2(textureSize(picture, 0).xy) : vec2(8.0);
    int taps = clamp(int(0.5 * length(across) + 1.0), 2, 8);
    float level = max(log2(length(across) / float(taps)), 0.0);
    vec3 sum = vec3(0.0);
    for (int k = 0; k < taps * taps; ++k) {
        vec2 within = (vec2(k % taps, k / taps) + 0.5) / float(taps) - 0.5;
        vec4 clip = views[view].clip_from_world * vec4(views[view].eye.xyz + cell_direction(cell + edge * within), 1.0);
        sum += toned(textureLod(picture, vec3(0.5 * clip.xy / clip.w + 0.5, at.z), level).rgb, halo, exposure);
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

// goes on with what is remembered of a cell by what would be shown there now
vec4 followed(vec4 one, float value, float least, float passed_s, sampler2D before, vec3 d) {
    bool rising = one.x > 0.0;
    float farthest = abs(one.x) - 1.0;
    one.yz = min(one.yz + passed_s, LONG_AGO_S);
    bool risen = !rising && value - farthest >= least && farthest < DARK;
    bool fallen = rising && farthest - value >= least && value < DARK;
    if (!rising) farthest = min(farthest, value);
    if (risen) {
        if (one.z < WINDOW_S && crowded(before, d, passed_s)) one.w = min(one.w, farthest + HELD);
        one.yz = vec2(0.0, one.y);
    }
    if (one.z >= WINDOW_S) one.w = min(one.w + FREED_A_SECOND * passed_s, FREE);
    else if (one.w < FREE && !rising) one.w = min(one.w, farthest + HELD);
    if (risen || fallen) {
        rising = risen;
        farthest = value;
    }
    if (rising) farthest = max(farthest, value);
    one.x = (rising ? 1.0 : -1.0) * (1.0 + farthest);
    return one;
}

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    light = texelFetch(cell_lights, at, 0);
    red = texelFetch(cell_reds, at, 0);
    gain = 1.0;
    float passed_s = pace.z;
    if (passed_s < 0.0) {  // a still: nothing went before
        light = red = UNKNOWN;
        passed_s = 0.0;
    }
    vec3 d = cell_direction(i.uv), seen = seen_at(d);
    if (seen.z < 0.0) {
        light.yz = min(light.yz + passed_s, LONG_AGO_S);
        red.yz = min(red.yz + passed_s, LONG_AGO_S);
        return;
    }
    vec3 mean = mean_of(i.uv, seen);
    float bright = dot(mean, LUMINANCE), saturated = mean.r / max(mean.r + mean.g + mean.b, 1e-4);
    float reddish = max(mean.r - mean.g - mean.b, 0.0) * smoothstep(0.6, 0.75, saturated);
    light = followed(light, bright, STEP, passed_s, cell_lights, d);
    red = followed(red, reddish, RED_STEP, passed_s, cell_reds, d);
    gain = min(light.w < bright ? light.w / bright : 1.0, red.w < reddish ? red.w / reddish : 1.0);
}
#endif
