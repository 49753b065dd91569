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
const float CROWD = 6.0;                       // of the 25 directions that are asked within five degrees: a quarter
const float AROUND = 1.3;                      // of a view's half width: a gain is asked for between cells, also outside
const vec4 UNKNOWN = vec4(-(1.0 + FREE), LONG_AGO_S, LONG_AGO_S, FREE);

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
    vec2 across = uv_in(int(seen.z), cell_direction(i.uv + vec2(1.0 / float(CELLS), 0.0))) - seen.xy;
    vec2 off = abs(2.0 * seen.xy - 1.0);
    // only what is wholly in sight learns; what is cut off does as the nearest that is not
    float size = 2.0 * length(across), inside = max(1.0 - 0.6 * size, 0.1);
    bool learns = max(off.x, off.y) < inside;
    vec2 nearest = learns ? i.uv : cell_uv(inner(seen, max(inside - size, 0.0)));
    vec3 mean = mean_of(i.uv, seen, across);
    float bright = dot(mean, LUMINANCE), saturated = mean.r / max(mean.r + mean.g + mean.b, 1e-4);
    float reddish = max(mean.r - mean.g - mean.b, 0.0) * smoothstep(0.6, 0.75, saturated);
    bool still = pace.z < 0.0;
    float most = still ? FREE : texture(cell_lights, nearest).w, most_red = still ? FREE : texture(cell_reds, nearest).w;
    if (learns) {
        light = followed(light, bright, STEP, passed_s, cell_lights, d);
        red = followed(red, reddish, RED_STEP, passed_s, cell_reds, d);
        most = light.w;
        most_red = red.w;
    } else {
        light.yz = min(light.yz + passed_s, LONG_AGO_S);
        red.yz = min(red.yz + passed_s, LONG_AGO_S);
    }
    gain = min(most < bright ? most / bright : 1.0, most_red < reddish ? most_red / reddish : 1.0);
}
#endif
