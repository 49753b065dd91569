// copy.glsl: the picture so far, samples averaged, at half size: what glass bends and what blooms. What is
// drawn of the picture fills the whole copy, so who reads that need not know how much it is.
#ifdef VERTEX
#include "screen.glsl"
#endif

#ifdef FRAGMENT
#include "frame.glsl"
layout(binding = 5) uniform sampler2DMSArray samples;
in VertexOut { vec2 uv; flat int view; } i;
layout(location = 0) out vec4 color;

void main() {
    ivec2 size = ivec2(counts.zw), p = ivec2(i.uv * vec2(size));
    vec4 sum = vec4(0.0);
    for (int k = 0; k < 4; ++k)  // one sample of each of the four pixels under this one; light is never below 0
        sum += clamp(texelFetch(samples, ivec3(min(p + ivec2(k & 1, k >> 1), size - 1), i.view), k), 0.0, 64.0);
    color = sum * 0.25;
}
#endif
