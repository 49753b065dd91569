// liquid.glsl: perfume seen through its glass. What stands behind is bent, and light is drunk with
// depth (Beer–Lambert); the sun gathers in the far side. Reading what is behind: Sousa 2005, "Generic Refraction
// Simulation", GPU Gems 2. How much gathers is set by eye.
#ifdef VERTEX
#define SLOSHES
#include "clear.glsl"
#endif

#ifdef FRAGMENT
#include "light.glsl"
#include "fog.glsl"
#include "noise.glsl"
#include "material.glsl"
layout(binding = 4) uniform sampler2DArray picture;
in VertexOut {
    vec3 position; vec3 normal; vec4 shade; flat vec3 tint;
    flat uint material; flat uint slot; flat int view;
} i;
layout(location = 0) out vec4 color;

const float DEPTH_M = 0.045;

void main() {
    Material m = materials[i.material];
    vec4 shade = within(i.shade);
    float here = arrived(m, i.slot, i.position);
    if (here < 0.02 + 0.9 * dither(gl_FragCoord.xy)) discard;
    vec3 eye = views[i.view].eye.xyz;
    vec3 v = normalize(eye - i.position), n = normalize(i.normal);
    float nv = max(dot(n, v), 0.0);
    vec3 bent = refract(-v, n, 1.0 / m.optics.x);
    // the chord through a flask a few centimetres deep: longest in the middle of a round one
    float way = DEPTH_M * mix(0.35, 1.0, max(dot(-n, bent), 0.0));
    vec4 clip = views[i.view].clip_from_world * vec4(i.position + bent * way, 1.0);
    vec2 at = clip.xy / clip.w * 0.5 + 0.5;
    vec3 behind = textureLod(picture, vec3(at, float(i.view)), 0.7).rgb;
    vec3 drink = m.base_color.rgb * i.tint;
    vec3 absorbed = pow(clamp(drink, 0.02, 0.99), vec3(way * 34.0));
    vec3 through = mix(behind, sky_light(bent, 1.0), 0.25);
    // the sun focused through the body lights the far side from within
    float glow = pow(max(dot(bent, -sun_direction.xyz) * -1.0, 0.0), 3.0);
    vec3 scattered = drink * (0.10 * sky_irradiance(n) + sun.rgb * (0.04 + 0.4 * glow));
    Matter matter = Matter(drink * 0.12, vec3(0.02), 0.08, 0.6, 0.0, 0.0, shade.r);
    vec3 lamps = local_lights(matter, i.position, n, v);
    scattered *= 0.7 + 1.3 * (1.0 - smoothstep(-0.7, 0.3, n.y));  // a round body gathers light from above in its foot
    vec3 light = through * absorbed + scattered + lamps * 3.0;
    light = mix(light, sky_light(reflect(-v, n), 0.3), 0.02 + 0.5 * grazing(nv));
    color = vec4(fogged(light, eye, i.position), 1.0);
}
#endif
