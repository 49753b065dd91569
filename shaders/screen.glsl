// screen.glsl: the vertex stage of what covers a whole picture: one triangle, an instance a view.
out VertexOut { vec2 uv; flat int view; } o;

void main() {
    vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    o.uv = corner * 0.5 + 0.5;
    o.view = gl_InstanceID;
    gl_Layer = gl_InstanceID;
    gl_Position = vec4(corner, 0.0, 1.0);
}
