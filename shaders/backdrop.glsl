// backdrop.glsl: the sky behind everything, and the sun's or moon's disc with its aureole.
#ifdef VERTEX
#include "frame.glsl"
out VertexOut { vec3 far_point; } o;

void main() {
    int view = gl_InstanceID;
    vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    vec4 p = views[view].world_from_clip * vec4(corner, 1.0, 1.0);
    o.far_point = p.xyz / p.w - views[view].eye.xyz;
    gl_Layer = view;
    gl_Position = vec4(corner, 1.0, 1.0);
}
#endif

#ifdef FRAGMENT
#include "sky.glsl"
#include "fog.glsl"
in VertexOut { vec3 far_point; } i;
layout(location = 0) out vec4 color;

void main() {
    vec3 d = normalize(i.far_point);
    vec3 light = sky_light(d, 0.0);
    float toward = dot(d, sun_direction.xyz);
    // the disc is drawn twice its half degree, soft: through air it never has an edge
    float disc = pow(smoothstep(0.99965, 0.99999, toward), 3.0);
    // two lobes stand for the forward peak of haze; their widths are set by eye
    float aureole = 0.25 * pow(max(toward, 0.0), 1800.0) + 0.05 * pow(max(toward, 0.0), 120.0);
    light += sun.rgb * (disc * 5.0 + aureole) * smoothstep(-0.02, 0.02, d.y);
    float haze = 1.0 - exp(-fog.w * 60.0 * exp(-max(d.y, 0.0) * 9.0));
    color = vec4(mix(light, fog_color(d), 0.6 * haze), 1.0);
}
#endif
