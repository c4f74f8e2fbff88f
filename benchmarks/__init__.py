"""Speed, measured side by side: ours and a peer's in the same run, as ratios."""
