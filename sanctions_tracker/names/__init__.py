"""How a name is written: scripts, folding, skeletons and particles.

Nothing here knows of sanctions; every function takes and gives text.
"""
