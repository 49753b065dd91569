"""Leaning: which of two moods of its place a smell asks for, so that growers and painters agree."""

from collections.abc import Mapping

from showroom.words.scenespec import SceneSpec

_UNSAID = 0.15  # what both sides have before a note has spoken
_PLAIN = (0.05, 0.25)  # and where one of them is the plain one

# accord → how much it says so
_RAIN = {"green": 1.0, "aquatic": 1.0, "ozonic": 1.0, "mossy": 1.0, "fresh": 0.5, "herbal": 0.5}
_RESIN = {"amber": 1.0, "balsamic": 1.0, "smoky": 1.0, "warm spicy": 1.0, "leather": 1.0, "woody": 0.5}
_ICE = {"ozonic": 1.0, "aquatic": 1.0, "green": 0.5, "fresh spicy": 1.0, "conifer": 0.5}
_DOWN = {"musky": 1.0, "powdery": 1.0, "aldehydic": 1.0, "vanilla": 1.0, "floral": 1.0, "white floral": 1.0,
         "rose": 1.0, "lactonic": 1.0, "iris": 1.0, "sweet": 1.0}
_SPLENDOUR = {"rose": 1.0, "oud": 1.0, "leather": 1.0, "animalic": 0.5, "warm spicy": 0.5, "floral": 0.5,
              "white floral": 0.5, "cinnamon": 0.5, "honey": 0.5, "fruity": 0.5, "powdery": 0.5}
_ASCETIC = {"smoky": 1.0, "balsamic": 1.0, "woody": 0.7, "conifer": 0.7, "aromatic": 0.5, "earthy": 0.5,
            "mossy": 0.5, "green": 0.5, "mineral": 1.0}
_ROAST = {"coffee": 1.0, "cacao": 1.0, "chocolate": 1.0, "rum": 1.0, "alcohol": 0.5, "whiskey": 1.0,
          "tobacco": 1.0, "cinnamon": 0.5, "warm spicy": 0.3, "woody": 0.3, "nutty": 0.2}
_SUGAR = {"vanilla": 1.0, "caramel": 1.0, "almond": 1.0, "honey": 1.0, "lactonic": 1.0, "powdery": 1.0,
          "fruity": 0.5, "coconut": 0.5, "sweet": 0.4, "floral": 0.5, "citrus": 0.5}

_MORNING = {"fresh spicy": 1.0, "citrus": 1.0, "aromatic": 0.7, "green": 1.0, "fresh": 1.0, "herbal": 0.7, "mint": 1.0,
            "anis": 0.3, "aquatic": 0.5, "ozonic": 0.5}
_LANTERNS = {"sweet": 1.0, "cinnamon": 1.0, "amber": 1.0, "balsamic": 1.0, "honey": 1.0, "oud": 1.0, "smoky": 1.0,
             "leather": 0.7, "tobacco": 0.7, "woody": 0.4, "vanilla": 0.7, "warm spicy": 0.4, "animalic": 0.5}
_LETTERS = {"powdery": 1.0, "iris": 1.0, "violet": 1.0, "musky": 0.7, "floral": 0.7, "rose": 0.7, "citrus": 0.5,
            "fresh": 0.7, "green": 0.5, "ozonic": 0.7, "aldehydic": 0.7, "soapy": 0.7}
_FIRESIDE = {"tobacco": 1.0, "smoky": 1.0, "rum": 1.0, "alcohol": 0.7, "warm spicy": 0.7, "sweet": 0.6, "animalic": 0.5,
             "woody": 0.5, "leather": 0.4, "balsamic": 0.7, "oud": 1.0, "amber": 0.7, "cherry": 0.5}

_STEEPED = {"honey": 1.0, "fruity": 1.0, "sweet": 0.7, "yellow floral": 1.0, "smoky": 1.0, "amber": 1.0, "tobacco": 1.0,
            "leather": 1.0, "woody": 0.5, "warm spicy": 0.5}
_FLUSH = {"green": 1.0, "fresh": 0.8, "aquatic": 1.0, "herbal": 0.8, "aromatic": 0.4, "ozonic": 1.0}
_POWDER = {"powdery": 1.0, "violet": 1.0, "iris": 1.0, "musky": 0.7, "floral": 0.5, "rose": 0.7, "sweet": 0.4,
           "vanilla": 0.5, "leather": 0.3}
_SLATE = {"ozonic": 1.0, "aquatic": 1.0, "fresh": 0.7, "earthy": 0.7, "coffee": 0.8, "green": 0.4,
          "smoky": 0.5}

_CREAM = {"tuberose": 1.0, "honey": 1.0, "vanilla": 1.0, "sweet": 0.6, "woody": 0.5, "animalic": 0.7, "coconut": 1.0,
          "lactonic": 1.0, "yellow floral": 1.0, "balsamic": 0.7, "amber": 0.7, "warm spicy": 0.7, "fruity": 0.4}
_MOONLIT = {"green": 1.0, "musky": 1.0, "fresh": 1.0, "aldehydic": 1.0, "citrus": 0.7, "aquatic": 1.0, "ozonic": 1.0,
            "powdery": 0.3, "floral": 0.5, "herbal": 0.7}
_EARTH = {"earthy": 1.0, "patchouli": 1.0, "woody": 0.7, "animalic": 0.6, "leather": 0.7, "smoky": 0.7, "amber": 0.5,
          "balsamic": 0.5, "nutty": 0.5, "musky": 0.3, "warm spicy": 0.5}
_LEAFY = {"green": 1.0, "violet": 1.0, "aromatic": 0.5, "herbal": 1.0, "iris": 0.7, "fresh": 0.7, "aquatic": 1.0,
          "ozonic": 1.0, "floral": 0.6, "powdery": 0.3, "fresh spicy": 0.4}
_RIPE = {"fruity": 1.0, "tropical": 0.3, "citrus": 1.0, "fresh": 0.5, "fresh spicy": 0.5, "green": 0.5, "aquatic": 0.5}
_MILKY = {"coconut": 1.0, "lactonic": 1.0, "white floral": 1.0, "tuberose": 1.0, "vanilla": 0.7, "floral": 0.4,
          "yellow floral": 0.7, "musky": 0.5, "powdery": 0.5}
_DATES = {"honey": 1.0, "fruity": 1.0, "sweet": 0.6, "caramel": 0.7, "vanilla": 0.3, "floral": 0.5, "rose": 0.5}
_SMOULDER = {"amber": 0.35, "oud": 1.0, "balsamic": 0.6, "smoky": 1.0, "leather": 1.0, "woody": 0.7,
             "animalic": 0.5, "mineral": 1.0, "salty": 1.0, "musky": 0.7}


def rain(spec: SceneSpec) -> float:
    """Of a forest: 0 dry, resinous and sunlit to 1 green, mossy and wet from rain."""
    return _decided(_share(spec.accords, _RAIN, _RESIN))


def ice(spec: SceneSpec) -> float:
    """Of snow: 0 soft as down and in flower to 1 blue ice, wind-carved and hard."""
    return _decided(_share(spec.accords, _ICE, _DOWN))


def splendour(spec: SceneSpec) -> float:
    """Of a temple: 0 bare stone, ash and grey smoke to 1 crimson, gold, roses and carpets."""
    return _decided(_share(spec.accords, _SPLENDOUR, _ASCETIC, _PLAIN))


def roast(spec: SceneSpec) -> float:
    """Of a patisserie: 0 cream, caramel and vanilla by day to 1 coffee, cocoa and rum by lamplight."""
    return _decided(_share(spec.accords, _ROAST, _SUGAR, _PLAIN))


def morning(spec: SceneSpec) -> float:
    """Of a souk: 0 sweet, hot and resinous by lanterns to 1 fresh and green under sails in morning sun."""
    return _decided(_share(spec.accords, _MORNING, _LANTERNS, _PLAIN))


def letters(spec: SceneSpec) -> float:
    """Of a library: 0 tobacco, rum and a fire to 1 iris, suede and paper by moonlight."""
    return _decided(_share(spec.accords, _LETTERS, _FIRESIDE, _PLAIN))


def steeped(spec: SceneSpec) -> float:
    """Of tea terraces: 0 the green flush, bamboo and dew to 1 gold: osmanthus in flower, dark infusions."""
    return _decided(_share(spec.accords, _STEEPED, _FLUSH, _PLAIN))


def powder(spec: SceneSpec) -> float:
    """Of a street in the rain: 0 slate, cold and nearly empty to 1 violets, irises and soft lamplight."""
    return _decided(_share(spec.accords, _POWDER, _SLATE))


def cream(spec: SceneSpec) -> float:
    """Of a white garden: 0 clean, green and moonlit to 1 creamy, heady and lit by its lantern."""
    return _decided(_share(spec.accords, _CREAM, _MOONLIT))


def earth(spec: SceneSpec) -> float:
    """Of undergrowth: 0 green shoots, fern and violet to 1 brown leaves, humus and mushrooms."""
    return _decided(_share(spec.accords, _EARTH, _LEAFY))


def fruit(spec: SceneSpec) -> float:
    """Of a tropical shore: 0 coconut milk and white petals to 1 ripe fruit and red hibiscus."""
    return _decided(_share(spec.accords, _RIPE, _MILKY))


def oasis(spec: SceneSpec) -> float:
    """Of a desert: 0 bare sand, resin and smoke to 1 dates and honey under palms."""
    return _decided(_share(spec.accords, _DATES, _SMOULDER, _PLAIN))


def _decided(share: float) -> float:
    """Drawn apart: a room has one mood or the other, and its plain one while nothing speaks for the other."""
    part = min(max((share - 0.35) / 0.3, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def _share(accords: Mapping[str, float], towards: Mapping[str, float], away: Mapping[str, float],
           unsaid: tuple[float, float] = (_UNSAID, _UNSAID)) -> float:
    one, other = (start + sum(accords.get(name, 0.0) * weight for name, weight in side.items())
                  for start, side in zip(unsaid, (towards, away)))
    return one / (one + other)
