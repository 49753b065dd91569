// water.glsl: open water. Waves are a sum of directional sines whose slopes are exact (Finch 2004,
// "Effective Water Simulation from Physical Models", GPU Gems 1); the sky is mirrored by Fresnel.
// They run as fast as deep water's waves of their length do, ω² = g·k: Airy 1845, "Tides and Waves".
#ifdef VERTEX
#include "part.glsl"
out VertexOut { vec3 position; vec4 shade; flat uint material; flat uint slot; flat int view; } o;

void main() {
    PartVertex v = part_vertex();
    float amplitude = v.shade.g * (0.02 + 0.010 * length(wind.xz));
    float lift = 0.0;
    for (int k = 0; k < 4; ++k) {
        float f = 0.55 * pow(1.73, float(k)), turn = float(k) * 1.3 - 1.2;
        vec2 d = vec2(sin(turn * 0.35), cos(turn * 0.35));
        lift += amplitude / (1.0 + float(k)) * sin(f * dot(d, v.position.xz) + sqrt(9.81 * f) * TIME_S + float(k) * 2.1);
    }
    v.position.y += lift * (1.0 - v.shade.b);
    o.position = v.position; o.shade = v.shade;
    o.material = v.material; o.slot = v.slot; o.view = v.view;
    gl_Layer = v.view;
    gl_Position = views[v.view].clip_from_world * vec4(v.position, 1.0);
}
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "wind.glsl"
#include "material.glsl"
in VertexOut { vec3 position; vec4 shade; flat uint material; flat uint slot; flat int view; } i;
layout(location = 0) out vec4 color;

vec2 wave_slope(vec2 p, float time_s, float distance_m) {
    vec2 slope = vec2(0.0);
    // a gust is seen on water as a dark patch that runs down the wind: the waves in it are steeper
    float wind_speed = length(wind.xz) * (1.0 + 2.0 * wind.w * (gust_at(vec3(p.x, 0.0, p.y), 0.0) - 0.5));
    for (int k = 0; k < 9; ++k) {
        float f = 0.55 * pow(1.62, float(k)), turn = float(k) * 2.399;
        float keep = exp(-distance_m * f * 0.004);  // waves finer than a pixel become roughness
        vec2 d = vec2(sin(turn), cos(turn));
        float steep = (0.030 + 0.006 * wind_speed) * keep;
        slope += d * steep * cos(f * dot(d, p) + sqrt(9.81 * f) * time_s + float(k) * 1.7);
    }
    return slope;
}

void main() {
    Material m = materials[i.material];
    vec4 shade = within(i.shade);
    float here = arrived(m, i.slot, i.position);
    vec3 eye = views[i.view].eye.xyz, to = i.position - eye;
    float distance_m = length(to);
    vec3 v = -to / distance_m;
    vec2 slope = wave_slope(i.position.xz, TIME_S, distance_m) * mix(1.0, 0.35, shade.b) * shade.g;
    vec3 body = m.base_color.rgb;
    if (m.optics.z >= 0.0) {
        vec2 blown = drift.zw * 0.03;
        Texel a = texel_of(m, i.position.xz * 0.7 - blown, 0u), b = texel_of(m, i.position.zx * 0.31 - blown.yx, 0u);
        slope += (a.normal.xy + b.normal.xy) * 0.35 * exp(-distance_m * 0.05);
        body *= mix(a.color.rgb, b.color.rgb, 0.5);
    }
    vec3 n = normalize(vec3(-slope.x, 1.0, -slope.y));
    float nv = max(dot(n, v), 0.02);
    // far away one pixel holds many facets, and those turned to the eye are steeper than the mean:
    // Bruneton et al. 2010, "Real-time Realistic Ocean Lighting": F over a rough sea
    float spread = clamp(0.06 + distance_m * 0.004, 0.06, 0.22);
    float fresnel = 0.02 + 0.98 * pow(max(1.0 - nv, 0.0), 5.0 * exp(-2.69 * spread)) / (1.0 + 22.7 * pow(spread, 1.5));
    vec3 r = reflect(-v, n);
    r.y = abs(r.y) + 0.01;
    float blur = clamp(0.6 + distance_m * 0.01, 0.6, 2.0);
    vec3 mirror = sky_light(normalize(r), blur);
    vec3 up = sky_irradiance(vec3(0.0, 1.0, 0.0));
    // light scattered back from within, more where a crest is thin against the sun
    float crest = pow(max(dot(v, -sun_direction.xyz), 0.0), 3.0) * clamp(0.5 - slope.y * 2.0, 0.0, 1.0);
    vec3 deep = body * (up * 0.9 + sun.rgb * (0.35 * max(sun_direction.y, 0.1) + 0.6 * crest));
    vec3 light = mix(deep, mirror, fresnel);
    Matter clear = Matter(vec3(0.0), vec3(0.02), clamp(0.16 + distance_m * 0.004, 0.16, 0.45), 0.0, 0.0, 0.0, 1.0);
    light += lit_by(clear, n, v, sun_direction.xyz, sun.rgb) * 0.6;
    // foam: lace that opens and closes along the shore
    vec2 q = i.position.xz * vec2(1.5, 2.3) + vec2(0.05 * TIME_S, 0.14 * sin(TIME_S * 0.7));
    float lace = pow(1.0 - abs(2.0 * fbm(q * 2.3 + fbm(q) * 1.7) - 1.0), 3.0);
    float churned = smoothstep(0.62, 1.0, shade.b);
    float foam = smoothstep(0.97 - 0.5 * shade.b, 1.05 - 0.4 * shade.b, lace) * step(0.01, shade.b);
    foam = max(foam, churned * (0.55 + 0.45 * fbm(q * 5.0)));
    vec3 froth = m.second_color.rgb * (up * 0.7 + sun.rgb * 0.7 * max(dot(n, sun_direction.xyz), 0.1));
    light = mix(light, froth, clamp(foam, 0.0, 1.0) * 0.88);
    float opacity = max(shade.a * mix(0.55 + 0.45 * fresnel, 1.0, smoothstep(0.0, 1.0, shade.a)), foam);
    color = vec4(fogged(light, eye, i.position), opacity * here * m.base_color.a);
}
#endif
