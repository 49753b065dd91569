// cells.glsl: directions of the world in a square of cells, so that what is known of a direction stays with it
// while the head turns. The octahedral map of Cigolle et al. 2014, "A Survey of Efficient Representations for
// Independent Unit Vectors", with what lies below in its middle: its seams run overhead.

const int CELLS = 96;  // to each side: 9,216 cells of 2.1 degrees on the average, a fifth of 0.006 sr

vec2 cell_uv(vec3 d) {
    vec2 p = d.xz / (abs(d.x) + abs(d.y) + abs(d.z));
    if (d.y > 0.0) p = (1.0 - abs(p.yx)) * mix(vec2(-1.0), vec2(1.0), greaterThanEqual(p, vec2(0.0)));
    return 0.5 * p + 0.5;
}

vec3 cell_direction(vec2 uv) {
    vec2 p = 2.0 * uv - 1.0;
    float down = 1.0 - abs(p.x) - abs(p.y);
    if (down < 0.0) p = (1.0 - abs(p.yx)) * mix(vec2(-1.0), vec2(1.0), greaterThanEqual(p, vec2(0.0)));
    return normalize(vec3(p.x, -down, p.y));
}
