// wind.glsl: one wind in space and time, the same as words/wind.py from the same few numbers.
// Gusts are a pattern that the mean wind carries along unchanged: Taylor 1938, "The Spectrum of Turbulence".

const float WIND_TILE_M = 256.0;
const vec3 GUSTS[4] = vec3[](vec3(3, 4, 0.00), vec3(-5, 6, 0.37), vec3(12, 5, 0.71), vec3(-9, -16, 0.13));
const float GUST_SIZES[4] = float[](1.0, 0.8, 0.6, 0.4);
const vec3 EDDIES[2] = vec3[](vec3(7, -8, 0.52), vec3(-11, 13, 0.05));

float wind_wave(vec2 q, vec3 wave) { return sin(6.28318531 * fract(dot(q, wave.xy) / WIND_TILE_M + wave.z)); }

vec2 wind_ahead() { return normalize(wind.xz + vec2(1e-4, 0.0)); }

vec2 carried(vec3 p, float later_s) { return p.xz - drift.xy - wind.xz * later_s; }

// how far a gust has risen at p, 0 to 1, ½ on the mean
float gust_at(vec3 p, float later_s) {
    vec2 q = carried(p, later_s), ahead = wind_ahead();
    float total = 0.0, power = 0.0;
    for (int k = 0; k < 4; ++k) {
        vec2 n = GUSTS[k].xy;
        float along = dot(n, ahead), weight = GUST_SIZES[k] * (0.3 + 0.7 * along * along / dot(n, n));
        total += weight * wind_wave(q, GUSTS[k]);
        power += 0.5 * weight * weight;
    }
    total *= inversesqrt(power);
    return 0.5 + 0.5 * total * inversesqrt(1.0 + total * total);
}

// wind at a place, m/s: the mean, swelled and slackened by the gust, turned aside by eddies
vec3 wind_at(vec3 p, float later_s) {
    vec2 q = carried(p, later_s), ahead = wind_ahead();
    float unrest = wind.w * length(wind.xz);
    vec3 air = wind.xyz * (1.0 + wind.w * (2.0 * gust_at(p, later_s) - 1.0));
    return air + unrest * vec3(-0.3 * ahead.y, 0.0, 0.3 * ahead.x) * wind_wave(q, EDDIES[0])
               + vec3(0.0, 0.1 * unrest, 0.0) * wind_wave(q, EDDIES[1]);
}
