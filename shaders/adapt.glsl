// adapt.glsl: moves two mean brightnesses (of the eye now, of the eye in this place) to the picture's.
// Logarithmic mean: Reinhard et al. 2002, "Photographic Tone Reproduction for Digital Images".
#ifdef VERTEX
#include "screen.glsl"
#endif

#ifdef FRAGMENT
#include "frame.glsl"
layout(binding = 4) uniform sampler2DArray picture;
layout(binding = 7) uniform sampler2DArray adapted;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 color;

const int GRID = 8;

void main() {
    float sum = 0.0, total = 0.0, level = float(textureQueryLevels(picture) - 1);
    int view_count = min(VIEW_COUNT, 2);
    for (int k = 0; k < GRID * GRID * view_count; ++k) {
        vec2 at = (vec2(k % GRID, k / GRID % GRID) + 0.5) / float(GRID);
        vec2 off = at - 0.5;
        float weight = exp(-4.0 * dot(off, off));  // the eye looks ahead
        vec3 light = textureLod(picture, vec3(at, float(k / (GRID * GRID))), level).rgb;
        sum += weight * log2(max(dot(light, vec3(0.2126, 0.7152, 0.0722)), 1e-4));
        total += weight;
    }
    vec2 before = texelFetch(adapted, ivec3(0), 0).rg;
    color = vec4(mix(before, vec2(sum / total), pace.xy), 0.0, 1.0);
}
#endif
