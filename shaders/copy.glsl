// copy.glsl: the picture so far, samples averaged, at half size: what glass bends and what blooms.
#ifdef VERTEX
#include "screen.glsl"
#endif

#ifdef FRAGMENT
layout(binding = 5) uniform sampler2DMSArray samples;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 color;

void main() {
    ivec2 size = textureSize(samples).xy, p = ivec2(i.uv * vec2(size));
    vec4 sum = vec4(0.0);
    for (int k = 0; k < 4; ++k)  // one sample of each of the four pixels under this one
        sum += min(texelFetch(samples, ivec3(min(p + ivec2(k & 1, k >> 1), size - 1), i.view), k), vec4(64.0));
    color = sum * 0.25;
}
#endif
