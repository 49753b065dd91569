"""A merchant's glTF 2.0 model, read as from a stranger: whole or not at all, and then told why in one line.

container  bytes → JSON and binary chunk          shape       types and ranges, by JSON Schema
references every index points at something        buffers     bytes, from this file and its folder alone
accessors  typed elements, bounded and finite     primitives  triangles with normals, tangents, uv
graph      nodes: a forest, and where they stand  pose, clip  skins, morphs and animations as frames
matter     materials, and what their maps hold    pictures    images, bounded and decoded
maps       those put together, with their levels  lights      the few lamps of a model
compressed what Draco has packed                  tangents    where a file has none
assemble   pieces of one material as one part     model       all of it as the words Geometry and Image
child      the process that reads, bounded        reader      the worker's side of it
hero       a model in the place of the hero       contact     the dark about its foot
digest     what its bytes depend on               validator   what Khronos' own says of it

Source: Khronos Group, glTF 2.0 Specification (2021), and the extensions' own texts in its registry.
"""
