use clap::Subcommand;

use crate::argument::Switch;
use crate::context::Context;
use crate::error::Error;

/// Write a completion script for a shell
///
/// The script asks the program itself what could come next, so it knows every command, flag and
/// value, and the tags of charts in registries.
#[derive(Debug, Subcommand)]
pub(crate) enum Completion {
    /// Write the completion script for bash
    #[command(after_help = BASH_EXAMPLES)]
    Bash(ShellArgs),
    /// Write the completion script for fish
    #[command(after_help = FISH_EXAMPLES)]
    Fish(ShellArgs),
    /// Write the completion script for PowerShell
    #[command(after_help = POWERSHELL_EXAMPLES)]
    Powershell(ShellArgs),
    /// Write the completion script for zsh
    #[command(after_help = ZSH_EXAMPLES)]
    Zsh(ShellArgs),
}

const BASH_EXAMPLES: &str = "  # in this shell
  source <({program} completion bash)

  # in every new shell
  {program} completion bash > ~/.local/share/bash-completion/completions/{program}";
const FISH_EXAMPLES: &str = "  # in this shell
  {program} completion fish | source

  # in every new shell
  {program} completion fish > ~/.config/fish/completions/{program}.fish";
const POWERSHELL_EXAMPLES: &str =
    "  # in this shell; add the line to your profile for every new one
  {program} completion powershell | Out-String | Invoke-Expression";
const ZSH_EXAMPLES: &str = "  # in this shell
  source <({program} completion zsh)

  # in every new shell, if completion is on
  {program} completion zsh > \"${fpath[1]}/_{program}\"";

#[derive(Debug, clap::Args)]
pub(crate) struct ShellArgs {
    /// Offer names without what they mean
    #[arg(long)]
    no_descriptions: Switch,
}

pub(crate) fn run(shell: &Completion, context: &mut Context<'_>) -> Result<(), Error> {
    let (script, ShellArgs { no_descriptions }) = match shell {
        Completion::Bash(args) => (include_str!("completion/script.bash"), args),
        Completion::Fish(args) => (include_str!("completion/script.fish"), args),
        Completion::Powershell(args) => (include_str!("completion/script.ps1"), args),
        Completion::Zsh(args) => (include_str!("completion/script.zsh"), args),
    };
    let script = fill(script, context.environment.program_name(), no_descriptions.on());
    context.print_bytes(script.as_bytes())
}

/// The bash script, which the reference command writes too.
pub(super) fn bash(program: &str) -> String {
    fill(include_str!("completion/script.bash"), program, false)
}

fn fill(script: &str, program: &str, bare: bool) -> String {
    let request = if bare { "__completeNoDesc" } else { "__complete" };
    script.replace("@PROGRAM@", program).replace("@REQUEST@", request)
}
