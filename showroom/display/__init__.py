"""display: framebuffer → eyes. A headset, a window, or pictures that are read back."""
