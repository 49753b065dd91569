// fog.glsl: haze that thins with height, coloured by the sky behind it and brightened towards the sun.
// Optical depth of exponential height fog: Wenzel 2007, "Real-time Atmospheric Effects in Games Revisited".

const float FOG_HEIGHT_M = 9.0;

float fog_depth(vec3 eye, vec3 to) {
    float rise = to.y / FOG_HEIGHT_M;
    float base = fog.w * exp(-max(eye.y - clock.z, 0.0) / FOG_HEIGHT_M) * length(to);
    return base * (abs(rise) > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0);
}

// brighter towards the sun: Quilez 2010, "Better Fog"
vec3 fog_color(vec3 d) {
    vec3 level = normalize(vec3(d.x, max(d.y, 0.03), d.z));
    float toward = max(dot(d, sun_direction.xyz), 0.0);
    vec3 behind = mix(fog.rgb, sky_light(level, 3.0), 0.75);
    return behind + sun.rgb * 0.12 * pow(toward, 12.0);
}

vec3 fogged(vec3 color, vec3 eye, vec3 position) {
    vec3 to = position - eye;
    float seen = exp(-fog_depth(eye, to));
    return mix(fog_color(normalize(to)), color, seen);
}
