// wind.glsl: one wind in space and time.
// Gusts are waves that travel down the wind at its own speed.

float gust_at(vec3 p, float time_s) {
    vec2 along = normalize(wind.xz + vec2(1e-4, 0.0));
    float x = dot(p.xz, along), y = dot(p.xz, vec2(-along.y, along.x));
    float phase = x - length(wind.xz) * time_s;
    float slow = sin(phase * 0.31 + 0.7 * sin(y * 0.17));
    float quick = sin(phase * 1.13 + 1.9 + 0.5 * sin(y * 0.61));
    return clamp(0.5 + 0.32 * slow + 0.18 * quick, 0.0, 1.0);
}

// wind at a place, m/s: the mean, swelled and slackened by the gust
vec3 wind_at(vec3 p, float time_s) {
    return wind.xyz * (1.0 + wind.w * (2.0 * gust_at(p, time_s) - 1.0));
}
