"""``searcher completion``: names completed by the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face

SHELLS = ("bash", "zsh", "fish")


@command("completion", formats=("text",))
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_obj
def completion(face: Face, *, shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, ids and names.

    $ searcher completion bash > ~/.local/share/bash-completion/completions/searcher
    $ searcher completion zsh > ~/.zfunc/_searcher     (a folder of your $fpath)
    $ searcher completion fish > ~/.config/fish/completions/searcher.fish

    Report ids, projects, themes, outcomes, designs and publishers come from the live index.
    """
    from click.shell_completion import get_completion_class

    from searcher.cli.main import cli

    kind = get_completion_class(shell)
    if kind is not None:
        face.say(kind(cli, {}, "searcher", "_SEARCHER_COMPLETE").source())
