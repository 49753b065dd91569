"""The closed lists of names that a SceneSpec may use. Extend them here and nowhere else."""

PLACES = (
    "seashore", "citrus_grove", "rose_garden", "white_garden_night", "lavender_field",
    "conifer_forest", "mossy_undergrowth", "desert_dusk", "alpine_snow", "spice_souk",
    "incense_temple", "leather_library", "vanilla_patisserie", "tea_terraces", "rain_street",
    "tropical_shore",
)
INDOOR = ("incense_temple", "leather_library", "vanilla_patisserie", "spice_souk")  # of the places
FLORA = (
    "rose", "jasmine", "tuberose", "lavender", "iris", "citrus_tree", "fig", "pine", "cedar",
    "fern", "moss", "grass", "palm", "tea",
)
FLOWERS = ("rose", "jasmine", "tuberose", "lavender", "iris", "citrus_tree", "fig")  # of the flora
PARTICLES = (
    "petal", "leaf", "pollen", "mote", "mist", "snow", "rain", "spray", "ember", "smoke", "sugar",
    "bubble",
)
SURFACES = (
    "sky", "backdrop", "ground", "water", "plinth", "wall", "drape", "prop", "sprites", "liquid",
)
SOUNDS = (
    "wind", "leaves", "surf", "stream", "rain", "snow", "fire", "insects", "bells", "room", "tone",
)
STAGES = ("top", "heart", "base")
SEASONS = ("winter", "spring", "summer", "autumn")
ACCORDS = (
    "alcohol", "aldehydic", "almond", "amber", "animalic", "anis", "aquatic", "aromatic",
    "balsamic", "cacao", "cannabis", "caramel", "cherry", "chocolate", "cinnamon", "citrus",
    "coconut", "coffee", "conifer", "earthy", "floral", "fresh", "fresh spicy", "fruity", "green",
    "herbal", "honey", "iris", "lactonic", "lavender", "leather", "marine", "mossy", "musky",
    "nutty", "oud", "ozonic", "patchouli", "powdery", "rose", "rum", "salty", "sand", "smoky",
    "soapy", "soft spicy", "sweet", "tobacco", "tropical", "tuberose", "vanilla", "violet", "vodka",
    "warm spicy", "white floral", "woody", "yellow floral",
)
THINGS = (
    "lemon", "bergamot", "orange", "mandarin", "lime", "grapefruit", "apple", "pear", "peach", "plum",
    "mango", "cherry", "raspberry", "currant", "grape", "fig", "coconut", "melon", "date", "pepper",
    "pink_pepper", "cardamom", "ginger", "cinnamon", "clove", "nutmeg", "saffron", "star_anise",
    "coriander", "vanilla", "tonka", "coffee", "almond", "hazelnut", "caramel", "chocolate",
    "honeycomb", "sugar", "milk", "biscuit", "frankincense", "myrrh", "amber", "salt", "ice", "pebble",
    "flint", "shell", "ambergris", "sand", "leaf", "patchouli", "mint", "basil", "sage", "tobacco",
    "tea", "fern", "moss", "seaweed", "hay", "vetiver", "pine", "cypress", "juniper", "rose", "peony",
    "carnation", "jasmine", "tuberose", "gardenia", "lily_of_the_valley", "violet", "iris", "lavender",
    "orchid", "mimosa", "lilac", "orange_blossom", "cherry_blossom", "frangipani", "lotus",
    "chamomile", "wildflower", "cedar", "sandalwood", "oud", "driftwood", "birch_bark", "leather",
    "suede", "cotton", "feather", "powder", "soap", "paper", "spirit", "wine", "candle", "coal",
)
CUT_FLOWERS = (  # of the things
    "rose", "peony", "carnation", "jasmine", "tuberose", "gardenia", "lily_of_the_valley", "violet", "iris",
    "lavender", "orchid", "mimosa", "lilac", "orange_blossom", "cherry_blossom", "frangipani", "lotus",
    "chamomile", "wildflower",
)
HEROES = ("bottle", "lipstick", "scarf", "jacket", "torch", "tea_set")
BOTTLES = ("flacon", "column", "round", "faceted", "flask", "tall")
LANGUAGES = ("en", "zh", "it")
