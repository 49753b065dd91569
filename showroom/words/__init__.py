"""Words: the plain typed values that the rooms exchange. They import nothing but each other."""
