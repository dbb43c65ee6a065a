"""Papers put together for a board, and what becomes of them."""
