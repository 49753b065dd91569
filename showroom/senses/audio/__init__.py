"""The ambience as sound: layers made from numbers alone, placed in the world, heard by a turned head."""
