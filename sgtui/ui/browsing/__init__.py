"""Finding one's way in a library: what is listed, in what order, and what is known of each article.  No widget in here."""
