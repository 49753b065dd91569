"""Material: what a part is made of, in glTF's words and a few of this renderer's own."""

from dataclasses import dataclass

KINDS = ("opaque", "foliage", "polished", "water", "glass", "liquid", "glow", "shaft", "product")
ALPHA_MODES = ("opaque", "mask", "blend")
WRAPS = ("repeat", "clamp", "mirror")


@dataclass(frozen=True)
class Material:
    """glTF metallic-roughness and what this renderer adds.

    kind         : "opaque" (alpha 1 throughout: its depth may be drawn ahead); "foliage" (two-sided,
                   alpha to coverage, lit through); "polished" (a level floor at ground height that
                   mirrors the place); "water" (waves, sky reflection); "glass" (thick, refracts
                   what is behind); "liquid" (seen through glass, absorbs with depth); "glow"
                   (emission only, added); "shaft" (light in air, added, fades at grazing angles);
                   "product" (goods: glTF's matter with its extensions, which only this kind heeds).
    surface      : painted surface it wears ("ground", "wall", …) or "" for none. Foliage takes
                   "sprites", whose cells are a 4×4 atlas. A product may wear one of MODEL_SURFACES.
    base_color   : linear RGBA factor on the surface's colour, or the colour itself.
    second_color : linear RGB where vertex shade.b is 1 (petal base, frosted edge, foam).
    metallic, roughness : 0 to 1 (roughness multiplies the surface's own).
    emission     : linear RGB radiance.
    translucency : 0 to 1, light let through from behind.
    sheen        : 0 to 1, cloth's glow at grazing angles.
    clearcoat    : 0 to 1, a second smooth layer (lacquer, wet stone).
    normal_scale : strength of the surface's relief.
    ior          : of glass, liquid and products.
    density_per_m: absorption of liquid, glass and shafts.

    Of products alone, each as glTF's KHR_materials_… of that name has it; colours are linear RGB:

    sheen_color, sheen_roughness : cloth's glow in place of `sheen`.
    clearcoat_roughness : the coat lies on the smooth normal; a map "coat" may give it another.
    specular, specular_color : strength and colour of what something that is no metal mirrors.
    transmission, thickness_m : share of light that goes through; 0 m: a thin sheet that bends nothing.
    attenuation_color, attenuation_distance_m : what is left of white after so far in it; 0 m: all of it.
    iridescence, iridescence_ior, film_nm : a thin film; thinnest and thickest, the latter without a map.
    unlit        : shows its colour as it is.
    alpha_mode   : "mask" cuts out at alpha_cutoff, "blend" mixes with what is behind.
    double_sided : its back is seen too.
    vertex_colors: shade.rgb is a linear factor on base_color, and nothing else.
    maps         : which maps of a model's surface there are; it is drawn once all have come.
    wrap         : of those maps beyond 0 to 1.
    """

    kind: str = "opaque"
    surface: str = ""
    base_color: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    second_color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    metallic: float = 0.0
    roughness: float = 1.0
    emission: tuple[float, float, float] = (0.0, 0.0, 0.0)
    translucency: float = 0.0
    sheen: float = 0.0
    clearcoat: float = 0.0
    normal_scale: float = 1.0
    ior: float = 1.5
    density_per_m: float = 0.0
    sheen_color: tuple[float, float, float] = (0.0, 0.0, 0.0)
    sheen_roughness: float = 0.0
    clearcoat_roughness: float = 0.0
    specular: float = 1.0
    specular_color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    transmission: float = 0.0
    thickness_m: float = 0.0
    attenuation_color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    attenuation_distance_m: float = 0.0
    iridescence: float = 0.0
    iridescence_ior: float = 1.3
    film_nm: tuple[float, float] = (100.0, 400.0)
    unlit: bool = False
    alpha_mode: str = "opaque"
    alpha_cutoff: float = 0.5
    double_sided: bool = False
    vertex_colors: bool = False
    maps: tuple[str, ...] = ()
    wrap: str = "repeat"
