// sky.glsl: light that comes from the sky: each slot's own picture, and a gradient until it has come.
// Level n of a picture is blurred for roughness n / (levels − 1); the last is irradiance / pi.
// Blurred by the lobe of a mirror seen head-on: Karis 2013, "Real Shading in Unreal Engine 4". The gradient is nobody's
// model: three colours of the spec.
#include "frame.glsl"

layout(binding = 2) uniform sampler2DArray sky_pictures;

const float PI = 3.14159265;
const float COMING_LEVELS = 6.0;  // a sky that has just come begins so far beyond its last level, and slides in

vec2 sky_uv(vec3 d) {
    return vec2(0.5 + atan(d.x, -d.z) / (2.0 * PI), acos(clamp(d.y, -1.0, 1.0)) / PI);
}

vec3 sky_gradient(vec3 d, float blur) {
    float soft = mix(0.05, 0.6, blur);
    float up = smoothstep(-soft, soft, d.y);
    vec3 above = mix(horizon.rgb, zenith.rgb, pow(clamp(d.y, 0.0, 1.0), mix(0.45, 0.8, blur)));
    return mix(mix(ground.rgb, horizon.rgb, 0.35 * blur), above, up);
}

// radiance from direction d, blurred as for `level` (0 sharp … levels − 1 irradiance / pi)
vec3 sky_light(vec3 d, float level) {
    float last = counts.y - 1.0;
    vec2 uv = sky_uv(d);
    vec3 sum = vec3(0.0);
    float have = 0.0, overhead = smoothstep(-0.1, 0.8, d.y);
    for (int slot = 0; slot < 4; ++slot) {
        float weight = presence[slot] * clamp((last + COMING_LEVELS - sky_lod[slot]) / COMING_LEVELS, 0.0, 1.0);
        if (weight > 0.0) {
            vec3 seen = textureLod(sky_pictures, vec3(uv, float(slot)), max(level, min(sky_lod[slot], last))).rgb;
            sum += weight * seen * mix(moods[slot].low.rgb, moods[slot].high.rgb, overhead);
            have += weight;
        }
    }
    vec3 rest = sky_gradient(d, level / max(last, 1.0));
    return have >= 1.0 ? sum / have : sum + rest * (1.0 - have);
}

vec3 sky_irradiance(vec3 n) { return sky_light(n, counts.y - 1.0); }
