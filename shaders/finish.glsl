// finish.glsl: glTF's matter with its extensions under the same light as light.glsl's: KHR_materials_clearcoat, _sheen,
// _specular, _ior and _iridescence, layered as the Khronos Group 2021, "glTF 2.0, appendix B" and the extensions say.
#include "light.glsl"
#include "film.glsl"

struct Finish {
    vec3 diffuse; vec3 f0; float f90; float roughness; float occlusion;
    vec3 sheen; float sheen_roughness;
    float coat; float coat_roughness; vec3 coat_normal;
};

float largest(vec3 c) { return max(c.r, max(c.g, c.b)); }

// Sheen of any roughness: Estevez and Kulla 2017; its visibility: Neubelt and Pettineo 2013.
float charlie(float roughness, float nh, float nl, float nv) {
    float width = 1.0 / (roughness * roughness);
    float d = (2.0 + width) * pow(max(1.0 - nh * nh, 0.0), 0.5 * width) / (2.0 * PI);
    return d / (4.0 * max(nl + nv - nl * nv, 1e-3));
}

// how much of all light it sends back: a fit, within 0.04, of that lobe's integral over the hemisphere
float charlie_share(float roughness, float nv) {
    vec4 powers = vec4(1.0, roughness, roughness * roughness, roughness * roughness * roughness);
    float shape = dot(powers, vec4(1.631, -6.384, 6.974, -2.764))
        + nv * dot(powers, vec4(-13.994, 46.572, -60.603, 26.574))
        + nv * nv * dot(powers, vec4(4.304, -23.647, 38.157, -18.711));
    return min(exp(shape), 1.0);
}

float under_sheen(Finish f, float nv) {
    return max(1.0 - largest(f.sheen) * charlie_share(f.sheen_roughness, nv), 0.0);
}

vec3 lit_by(Finish f, vec3 n, vec3 v, vec3 l, vec3 light) {
    vec3 h = v + l;
    h *= inversesqrt(max(dot(h, h), 1e-12));
    float front = max(dot(n, l), 0.0), nv = max(dot(n, v), 1e-3), nh = max(dot(n, h), 0.0), vh = max(dot(v, h), 0.0);
    float a = max(f.roughness * f.roughness, 0.002);
    vec3 mirrors = f.f0 + (f.f90 - f.f0) * grazing(vh);
    vec3 sum = f.diffuse * (1.0 - largest(mirrors)) * front;
    sum += PI * ggx(nh, a) * smith(nv, front, a) * mirrors * front;
    if (largest(f.sheen) > 0.0)
        sum = sum * min(under_sheen(f, nv), under_sheen(f, front))
            + f.sheen * PI * charlie(f.sheen_roughness, nh, front, nv) * front;
    if (f.coat > 0.0) {
        float on_coat = max(dot(f.coat_normal, l), 0.0), cv = max(dot(f.coat_normal, v), 1e-3);
        float b = max(f.coat_roughness * f.coat_roughness, 0.01), bounced = f.coat * schlick(vec3(0.04), vh).x;
        sum = sum * (1.0 - bounced)
            + bounced * PI * ggx(max(dot(f.coat_normal, h), 0.0), b) * smith(cv, on_coat, b) * on_coat;
    }
    return sum * light;
}

vec3 local_lights(Finish f, vec3 position, vec3 n, vec3 v) {
    vec3 sum = vec3(0.0), l, light;
    for (int k = 0; k < int(counts.x); ++k)
        if (lamp(k, position, l, light)) sum += lit_by(f, n, v, l, light);
    return sum;
}

// share of the sky that a surface mirrors, light between its facets included: Turquin 2019
vec3 mirrored_share(vec3 f0, float f90, float roughness, float nv) {
    vec2 ab = split_sum(roughness, nv);
    return (f0 * ab.x + f90 * ab.y) * (1.0 + f0 * (1.0 / (ab.x + ab.y) - 1.0));
}

// what a coat takes from what lies under it, seen from v
float coated(Finish f, vec3 v) {
    return f.coat * mirrored_share(vec3(0.04), 1.0, f.coat_roughness, max(dot(f.coat_normal, v), 0.0)).x;
}

// `through`: light from behind that a clear body lets go on, where nothing is mirrored
vec3 sky_lit(Finish f, vec3 n, vec3 v, vec3 through) {
    float nv = max(dot(n, v), 0.0), last = counts.y - 1.0;
    vec3 share = mirrored_share(f.f0, f.f90, f.roughness, nv);
    vec3 sum = (1.0 - largest(share)) * (f.diffuse * sky_irradiance(n) * f.occlusion + through);
    // reflections sink into crevices: Lagarde 2014, "Moving Frostbite to PBR"
    float open = clamp(pow(nv + f.occlusion, exp2(-16.0 * f.roughness - 1.0)) - 1.0 + f.occlusion, 0.0, 1.0);
    sum += share * sky_light(reflect(-v, n), min(f.roughness * last, last - 1.0)) * open;
    if (largest(f.sheen) > 0.0)
        sum = sum * under_sheen(f, nv)
            + f.sheen * charlie_share(f.sheen_roughness, nv) * sky_irradiance(n) * f.occlusion;
    if (f.coat > 0.0)
        sum = mix(sum, sky_light(reflect(-v, f.coat_normal), max(min(f.coat_roughness * last, last - 1.0), 0.5)) * open,
                  coated(f, v));
    return sum;
}

vec3 all_light(Finish f, vec3 position, vec3 geometric, vec3 n, vec3 v, vec3 through) {
    vec3 sum = sky_lit(f, n, v, through) + local_lights(f, position, n, v);
    if (dot(sun.rgb, vec3(1.0)) > 1e-4)
        sum += lit_by(f, n, v, sun_direction.xyz, sun.rgb * sunlit(position, geometric));
    Finish matte = f;
    matte.coat = 0.0;
    matte.roughness = max(f.roughness, 0.6);
    return sum + lit_by(matte, n, v, normalize(vec3(-sun_direction.x, 0.6, -sun_direction.z)), fill.rgb * f.occlusion);
}
