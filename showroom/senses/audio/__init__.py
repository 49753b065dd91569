"""The ambience as sound: eleven layers made from numbers alone, placed in the world, heard by a turned head."""
