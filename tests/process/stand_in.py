"""Small true values for the process tests."""

from showroom.words import scenespec as s


def a_spec(seed: int = 7, place: str = "seashore", srgb: str = "#778899") -> s.SceneSpec:
    """A sealed spec of a seashore, with the surfaces that its grower's parts wear."""
    def surface(painter: str) -> s.Surface:
        return s.Surface(painter, srgb, "#e0e0d8", 0.5, 0.3, 0.5, 1.0)

    surfaces = {"sky": surface("sky_sea"), "ground": surface("shingle"), "plinth": surface("marble"),
                "sprites": surface("sprites")}
    stage = tuple(s.PaletteStage(name, (s.Colour("#aabbcc", 0.5), s.Colour("#445566", 0.5))) for name in ("top", "heart", "base"))
    return s.SceneSpec(
        seed=seed, confidence=0.9, accords={"marine": 0.8}, palette=stage, place={place: 1.0},
        season={"winter": 0.25, "spring": 0.25, "summer": 0.25, "autumn": 0.25},
        sky=s.Sky(20.0, 30.0, "#ffeedd", 1.0, "#334455", "#aabbcc", "#8899aa", 0.25, 0.3, 0.0, 0.0),
        surfaces=surfaces, flora=(s.Flora("grass", 0.3, "#889977"),),
        ambience=s.Air(3.0, 20.0, 0.3, 288.0, 0.8, 0.02, "#ccddee", (s.Particles("spray", 0.4, "#ffffff"),)),
        sound=s.Sound((s.SoundLayer("surf", 0.8),), 0.3, 0.5, 0.7), touch=s.Touch(0.5, 0.5, 0.5, 0.3),
        hero=s.Hero("bottle", "flacon", 0.17, "#ccddee", "#ddddcc", "#ddeeff", 0.9),
        why=(s.Why("sea salt", "top", "surf"),), model=s.Model("test", "1"),
    ).sealed()
