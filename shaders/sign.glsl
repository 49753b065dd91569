// sign.glsl: a lettered panel in the finished picture, seen from its front. Its block mirrors render/signs.py.
#include "frame.glsl"
#ifdef VERTEX
struct SignBlock {
    mat4 world_from_sign;   // its corners at −1 and 1
    vec4 look;              // opacity
};
layout(std140, binding = 1) uniform SignBlocks { SignBlock signs[16]; };
layout(location = 0) uniform int index;
out VertexOut { vec2 uv; flat float opacity; } o;

void main() {
    vec2 corner = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID >> 1) * 2 - 1);
    o.uv = corner * 0.5 + 0.5;
    o.opacity = signs[index].look.x;
    gl_Layer = gl_InstanceID;
    vec4 place = signs[index].world_from_sign * vec4(corner, 0.0, 1.0);
    gl_Position = views[gl_InstanceID].clip_from_world * place;
}
#endif

#ifdef FRAGMENT
layout(binding = 9) uniform sampler2D panel;
in VertexOut { vec2 uv; flat float opacity; } i;
layout(location = 0) out vec4 color;

void main() {
    if (!gl_FrontFacing)
        discard;
    color = texture(panel, i.uv) * vec4(1.0, 1.0, 1.0, i.opacity);
}
#endif
