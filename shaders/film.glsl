// film.glsl: colours of a thin film on what mirrors (glTF's KHR_materials_iridescence): Belcour and Barla 2017,
// "A Practical Extension to Microfacet Theory for the Modeling of Varying Iridescence", with their fit of the eye's
// sensitivity in the frequency of a path's difference.

// XYZ into linear rgb: ITU-R BT.709, 2002
const mat3 RGB_FROM_XYZ = mat3(3.2404542, -0.9692660, 0.0556434, -1.5371385, 1.8760108, -0.2040259,
                               -0.4985314, 0.0415560, 1.0572252);

// colour that a path of so many metres more gives, phase shifted by `shift`
vec3 sensitivity(float path_m, vec3 shift) {
    float phase = 2.0 * PI * path_m;
    const vec3 HEIGHT = vec3(5.4856e-13, 4.4201e-13, 5.2481e-13), AT = vec3(1.6810e+06, 1.7953e+06, 2.2084e+06);
    const vec3 WIDTH = vec3(4.3278e+09, 9.3046e+09, 6.6121e+09);
    vec3 xyz = HEIGHT * sqrt(2.0 * PI * WIDTH) * cos(AT * phase + shift) * exp(-phase * phase * WIDTH);
    xyz.x += 9.7470e-14 * sqrt(2.0 * PI * 4.5282e+09) * cos(2.2399e+06 * phase + shift.x)
        * exp(-4.5282e+09 * phase * phase);
    return RGB_FROM_XYZ * (xyz / 1.0685e-7);
}

vec3 mirrored_at(vec3 from, vec3 into) {
    vec3 r = (into - from) / (into + from);
    return r * r;
}

// What light at cosine c from air mirrors on a film over what mirrors base_f0 seen head-on; 0 to 1.
vec3 film_mirrors(float film_ior, float thick_nm, float c, vec3 base_f0) {
    film_ior = mix(1.0, film_ior, smoothstep(0.0, 30.0, thick_nm));  // a film too thin to be one is none
    float inside2 = 1.0 - (1.0 - c * c) / (film_ior * film_ior);
    if (inside2 < 0.0) return vec3(1.0);
    float inside = sqrt(inside2);
    vec3 root = sqrt(clamp(base_f0, 0.0, 0.9999)), base_ior = (1.0 + root) / (1.0 - root);
    vec3 upper = schlick(mirrored_at(vec3(1.0), vec3(film_ior)), c);
    vec3 lower = schlick(mirrored_at(vec3(film_ior), base_ior), inside);
    // light that turns back into the denser is turned round by half a wave
    vec3 shift = vec3(film_ior < 1.0 ? 0.0 : PI) + mix(vec3(0.0), vec3(PI), lessThan(base_ior, vec3(film_ior)));
    float path_m = 2.0 * film_ior * thick_nm * 1e-9 * inside;
    vec3 through = (1.0 - upper) * (1.0 - upper), both = clamp(upper * lower, 1e-5, 0.9999), once = sqrt(both);
    vec3 back = through * lower / (1.0 - both), sum = upper + back, share = back - (1.0 - upper);
    for (int k = 1; k <= 2; ++k) {
        share *= once;
        sum += share * 2.0 * sensitivity(float(k) * path_m, float(k) * shift);
    }
    return clamp(sum, 0.0, 1.0);
}
