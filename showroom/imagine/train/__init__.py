"""Training: the nose's model made from people's votes and the lexicon."""
