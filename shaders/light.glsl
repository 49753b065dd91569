// light.glsl: glTF metallic-roughness under one sun, a fill, local lights and the sky.
// GGX: Walter et al. 2007. Visibility: Heitz 2014 (height-correlated Smith). Fresnel: Schlick 1994.
// Clearcoat and sheen: glTF's KHR_materials_clearcoat and KHR_materials_sheen; Charlie: Estevez and Kulla
// 2017, "Production Friendly Microfacet Sheen BRDF"; its visibility: Neubelt and Pettineo 2013.
// Sky specular: Karis 2014, "Physically Based Shading on Mobile" (fit of the split-sum integral).
#include "sky.glsl"

layout(binding = 3) uniform sampler2DArrayShadow sun_shadow;

struct Matter {
    vec3 diffuse; vec3 f0; float roughness; float translucency; float sheen; float clearcoat; float occlusion;
};

float ggx(float nh, float a) {
    float a2 = a * a, d = nh * nh * (a2 - 1.0) + 1.0;
    return a2 / (PI * d * d);
}

float smith(float nv, float nl, float a) {
    float a2 = a * a;
    float v = nl * sqrt(nv * nv * (1.0 - a2) + a2), l = nv * sqrt(nl * nl * (1.0 - a2) + a2);
    return 0.5 / max(v + l, 1e-4);
}

// (1 − c)⁵; a cosine may round to above 1, and pow of less than 0 is not a number
float grazing(float c) {
    float x = clamp(1.0 - c, 0.0, 1.0);
    return x * x * x * x * x;
}

vec3 schlick(vec3 f0, float c) { return f0 + (1.0 - f0) * grazing(c); }

// how much of the sky a surface mirrors: share = f0 * x + f90 * y
vec2 split_sum(float roughness, float nv) {
    vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
    return vec2(-1.04, 1.04) * a + r.zw;
}

vec3 sky_specular_share(vec3 f0, float roughness, float nv) {
    vec2 ab = split_sum(roughness, nv);
    // light bounced between facets comes back: Turquin 2019, "Practical multiple scattering compensation"
    return (f0 * ab.x + ab.y) * (1.0 + f0 * (1.0 / (ab.x + ab.y) - 1.0));
}

// sheen of one roughness, 0.6: its lobe, and how much of all light it sends back (a fit within 0.06 of the
// integral of the lobe over the hemisphere)
float charlie(float nh, float nl, float nv) {
    const float WIDTH = 1.0 / 0.36;
    float d = (2.0 + WIDTH) * pow(max(1.0 - nh * nh, 0.0), 0.5 * WIDTH) / (2.0 * PI);
    return d / (4.0 * max(nl + nv - nl * nv, 1e-3));
}

float charlie_share(float nv) { return exp(-0.33 - 1.70 * nv - 0.764 * nv * nv); }

// what lies under cloth's sheen gets what the sheen has left
float under_sheen(Matter m, float nv) {
    return 1.0 - m.sheen * max(m.diffuse.r, max(m.diffuse.g, m.diffuse.b)) * charlie_share(nv);
}

// light from direction l whose radiance on a white surface is `light`. What goes on through a leaf towards the eye:
// Barré-Brisebois and Bouchard 2011, "Approximating Translucency for a Fast, Cheap and Convincing Subsurface
// Scattering Look"
vec3 lit_by(Matter m, vec3 n, vec3 v, vec3 l, vec3 light) {
    float nl = dot(n, l);
    float front = max(nl, 0.0), onward = 0.35 * pow(max(dot(-v, l), 0.0), 4.0) * max(1.0 - 3.0 * front, 0.0);
    vec3 through = m.diffuse * m.translucency * m.occlusion * (max(-nl, 0.0) + onward);
    if (front <= 0.0) return through * light;
    vec3 h = v + l;
    h *= inversesqrt(max(dot(h, h), 1e-12));  // light straight from behind has no half-way
    float nv = max(dot(n, v), 1e-3), nh = max(dot(n, h), 0.0), vh = max(dot(v, h), 0.0);
    float a = max(m.roughness * m.roughness, 0.002);
    vec3 f = schlick(m.f0, vh);
    vec3 sum = m.diffuse * (1.0 - f) * front + through;
    sum += PI * ggx(nh, a) * smith(nv, front, a) * f * front;
    if (m.sheen > 0.0)
        sum = sum * under_sheen(m, nv) + m.sheen * m.diffuse * PI * charlie(nh, front, nv) * front;
    if (m.clearcoat > 0.0) {
        float bounced = m.clearcoat * schlick(vec3(0.04), vh).x;
        sum = sum * (1.0 - bounced) + bounced * PI * ggx(nh, 0.01) * smith(nv, front, 0.01) * front;
    }
    return sum * light;
}

// how much of the sun reaches a place by one of the two maps; the mean of several comparisons: Reeves, Salesin and
// Cook 1987, "Rendering Antialiased Shadows with Depth Maps"
float sunlit_by(int map, vec3 position) {
    vec4 at = shadow_from_world[map] * vec4(position, 1.0);
    vec3 p = at.xyz * 0.5 + 0.5;
    if (any(lessThan(p, vec3(0.0))) || any(greaterThan(p, vec3(1.0)))) return 1.0;
    float texel = shadow.z, sum = 0.0;
    for (int i = 0; i < 4; ++i) {
        vec2 offset = vec2((i & 1) * 2 - 1, (i >> 1) * 2 - 1) * texel * 0.8;
        sum += texture(sun_shadow, vec4(p.xy + offset, float(map), p.z - 0.0008));
    }
    vec2 edge = 1.0 - smoothstep(0.42, 0.5, abs(p.xy - 0.5));  // fades out where the map ends
    return mix(1.0, sum * 0.25, edge.x * edge.y);
}

// asked a little off the surface: Holbert 2011, "Saying Goodbye to Shadow Acne"
float sunlit(vec3 position, vec3 n) {
    vec3 p = position + n * 0.03;
    int newer = int(shadow.x);
    float lit = sunlit_by(newer, p);
    return shadow.y < 1.0 ? mix(sunlit_by(1 - newer, p), lit, shadow.y) : lit;
}

// what comes from lamp k: `light` of a white surface facing it, and from where; false where it does not reach
bool lamp(int k, vec3 position, out vec3 l, out vec3 light) {
    vec3 to = lights[k].position.xyz - position;
    float d2 = dot(to, to), reach = lights[k].position.w;
    if (d2 > reach * reach) return false;
    l = to * inversesqrt(max(d2, 1e-6));
    // a lamp ends where its radius does: Karis 2013, "Real Shading in Unreal Engine 4"
    float window = 1.0 - d2 * d2 / (reach * reach * reach * reach);
    float cone = lights[k].direction.w > -1.0
        ? smoothstep(lights[k].direction.w, mix(lights[k].direction.w, 1.0, 0.5), dot(-l, lights[k].direction.xyz))
        : 1.0;
    light = lights[k].color.rgb * (window * window * cone / max(d2, 0.01));
    return true;
}

vec3 local_lights(Matter m, vec3 position, vec3 n, vec3 v) {
    vec3 sum = vec3(0.0), l, light;
    for (int k = 0; k < int(counts.x); ++k)
        if (lamp(k, position, l, light)) sum += lit_by(m, n, v, l, light);
    return sum;
}

vec3 sky_lit(Matter m, vec3 n, vec3 v) {
    float nv = max(dot(n, v), 0.0), last = counts.y - 1.0;
    vec3 share = sky_specular_share(m.f0, m.roughness, nv);
    vec3 diffuse = m.diffuse * (1.0 - share);
    vec3 sum = diffuse * sky_irradiance(n) * m.occlusion;
    // from behind comes at most what is neither thrown back nor swallowed
    vec3 through = (1.0 - share) * min(m.diffuse * m.translucency * 0.5, 1.0 - m.diffuse);
    sum += through * sky_irradiance(-n) * m.occlusion;
    // reflections sink into crevices: Lagarde 2014, "Moving Frostbite to PBR"
    float open = clamp(pow(nv + m.occlusion, exp2(-16.0 * m.roughness - 1.0)) - 1.0 + m.occlusion, 0.0, 1.0);
    sum += share * sky_light(reflect(-v, n), min(m.roughness * last, last - 1.0)) * open;
    if (m.sheen > 0.0)
        sum = sum * under_sheen(m, nv) + m.sheen * m.diffuse * charlie_share(nv) * sky_irradiance(n) * m.occlusion;
    if (m.clearcoat > 0.0) {
        float coat = m.clearcoat * (0.04 + 0.96 * grazing(nv));
        sum = mix(sum, sky_light(reflect(-v, n), 0.5), coat * open);
    }
    return sum;
}

vec3 all_light(Matter m, vec3 position, vec3 geometric, vec3 n, vec3 v) {
    vec3 sum = sky_lit(m, n, v) + local_lights(m, position, n, v);
    if (dot(sun.rgb, vec3(1.0)) > 1e-4)
        sum += lit_by(m, n, v, sun_direction.xyz, sun.rgb * sunlit(position, geometric));
    vec3 from = normalize(vec3(-sun_direction.x, 0.6, -sun_direction.z));
    Matter matte = m;
    matte.clearcoat = 0.0;
    matte.roughness = max(m.roughness, 0.6);
    return sum + lit_by(matte, n, v, from, fill.rgb * m.occlusion);
}
