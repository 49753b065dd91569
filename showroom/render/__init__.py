"""Render: Scene + Eyes → framebuffer. Owns buffers, textures and programs; decides nothing about the scene."""
