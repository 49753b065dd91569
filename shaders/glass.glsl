// glass.glsl: thick clear glass. What stands behind is read from the picture so far, bent and absorbed;
// the rim brightens by total internal reflection, and the sun and the sky shine on the surface.
// Reading what is behind: Sousa 2005, "Generic Refraction Simulation", GPU Gems 2. Absorption (Beer–Lambert) and
// reflectance by ior: glTF's KHR_materials_volume and KHR_materials_ior. Rim and line are drawn by eye.
#ifdef VERTEX
#include "clear.glsl"
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "material.glsl"
layout(binding = 4) uniform sampler2DArray picture;
in VertexOut {
    vec3 position; vec3 normal; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat int view;
} i;
layout(location = 0) out vec4 color;

const float WALL_M = 0.012;

// Two tall soft lights stand to the sides behind the visitor wherever a bottle is, as bright as the
// place's own sky: a photographer's strip boxes, which draw the shape of glass in two clear lines.
float strip_lights(vec3 r, vec3 v) {
    vec3 side = normalize(cross(vec3(0.0, 1.0, 0.0), v) + vec3(1e-5, 0.0, 0.0));
    float across = abs(dot(r, side)), toward = dot(r, v);
    return (1.0 - smoothstep(0.02, 0.07, abs(across - 0.80))) * smoothstep(-0.3, 0.2, toward)
        * (1.0 - smoothstep(0.35, 0.75, abs(r.y)));
}

void main() {
    Material m = materials[i.material];
    vec4 shade = within(i.shade);
    float here = arrived(m, i.slot, i.position);
    vec3 eye = views[i.view].eye.xyz;
    vec3 v = normalize(eye - i.position), n = normalize(i.normal);
    float nv = clamp(dot(n, v), 0.0, 1.0);
    vec3 bent = refract(-v, n, 1.0 / m.optics.x);
    float bend = clamp((m.optics.x - 1.0) * 2.0, 0.0, 1.0);  // glass at ior 1 bends nothing
    float reach = 2.0 * WALL_M / max(nv, 0.25);
    vec3 exit = i.position + mix(-v, bent, bend) * reach;
    vec4 clip = views[i.view].clip_from_world * vec4(exit, 1.0);
    vec3 behind = textureLod(picture, vec3(clip.xy / clip.w * 0.5 + 0.5, float(i.view)), m.surface.y * 4.0).rgb;
    vec3 absorbed = pow(max(m.base_color.rgb, vec3(0.02)), vec3(m.optics.y * reach));
    float f0 = pow((m.optics.x - 1.0) / (m.optics.x + 1.0), 2.0);
    float fresnel = f0 + (1.0 - f0) * grazing(nv);
    vec3 mirror = sky_light(reflect(-v, n), max(m.surface.y * 4.0, 0.2));
    // light that entered elsewhere leaves at the rim
    float rim = (1.0 - smoothstep(0.05, 0.55, nv)) * bend;
    vec3 edge = sky_light(normalize(vec3(-n.x, 0.5, -n.z)), 2.0) * m.base_color.rgb;
    // just inside the rim light is bent out of sight: the dark line that draws a bottle
    float line = (1.0 - smoothstep(0.34, 0.62, nv)) * smoothstep(0.04, 0.26, nv) * bend;
    vec3 light = behind * absorbed * (1.0 - 0.72 * line);
    light = mix(light, edge, 0.45 * rim);
    light = mix(light, mirror, fresnel);
    light += strip_lights(reflect(-v, n), v) * 0.30 * bend * sky_light(vec3(0.0, 1.0, 0.0), 4.0);
    Matter clear = Matter(vec3(0.0), vec3(f0), max(m.surface.y, 0.09), 0.0, 0.0, 0.0, 1.0);
    if (dot(sun.rgb, vec3(1.0)) > 1e-4)
        light += lit_by(clear, n, v, sun_direction.xyz, sun.rgb * sunlit(i.position, n));
    light += local_lights(clear, i.position, n, v);
    color = vec4(light, here * shade.a);
}
#endif
