"""How two names compare, and how one finds its like among many."""
