"""Air: fans, scents, heaters and lights, told what the ambience is by a process of its own."""
