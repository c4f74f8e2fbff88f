"""Heights of many blocks: sums and searches in logarithmic time (a Fenwick tree)."""

from array import array


class Heights:
    """Heights that change one by one, and the rows they add up to."""

    __slots__ = ("_each", "_tree", "_whole")

    def __init__(self, each: "array[int]") -> None:
        self._each = each
        self._whole = sum(each)
        tree = array("l", [0])
        tree.extend(each)
        for index in range(1, len(tree)):
            parent = index + (index & -index)
            if parent < len(tree):
                tree[parent] += tree[index]
        self._tree = tree

    @property
    def total(self) -> int:
        """All heights together."""
        return self._whole

    def get(self, index: int) -> int:
        """The height at ``index``."""
        return self._each[index]

    def set(self, index: int, height: int) -> None:
        """Change the height at ``index``."""
        change = height - self._each[index]
        if not change:
            return
        self._each[index] = height
        self._whole += change
        at = index + 1
        tree = self._tree
        while at < len(tree):
            tree[at] += change
            at += at & -at

    def start(self, index: int) -> int:
        """The sum of all heights before ``index``."""
        found = 0
        tree = self._tree
        while index > 0:
            found += tree[index]
            index -= index & -index
        return found

    def find(self, row: int) -> tuple[int, int]:
        """The index whose extent holds ``row`` (0 ≤ row < total) and how far into it the row lies."""
        tree = self._tree
        at = 0
        step = 1 << (len(tree) - 1).bit_length()
        while step:
            ahead = at + step
            if ahead < len(tree) and tree[ahead] <= row:
                at = ahead
                row -= tree[ahead]
            step >>= 1
        return at, row
