"""A line to type in that is there only once somebody wants to type.

An Input is the dearest of Textual's widgets to style: a screen that opens with none of them is painted sooner.
"""

from textual.widget import Widget
from textual.widgets import Input


async def open_line(host: Widget, id: str, placeholder: str, *, first: bool = False) -> Input:
    """The line of ``host`` with this id, empty and with the focus; made now if need be, ``first`` above all else."""
    line = next(iter(host.query(f"#{id}").results(Input)), None)
    if line is None:
        line = Input(id=id, classes="line-input", placeholder=placeholder)
        await host.mount(line, before=0 if first else None)
    line.value = ""
    line.add_class("-open")
    line.focus()
    return line


def opened_line(host: Widget, id: str) -> Input | None:
    """The line of ``host`` with this id if it is open."""
    return next(iter(host.query(f"#{id}.-open").results(Input)), None)


def close_line(host: Widget, id: str) -> bool:
    """Forget what was typed and put the line away; false if it was not open."""
    line = opened_line(host, id)
    if line is None:
        return False
    line.remove_class("-open")
    line.value = ""
    return True
