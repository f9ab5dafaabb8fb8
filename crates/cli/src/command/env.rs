use crate::context::Context;
use crate::error::Error;

/// Print the settings that commands would use
///
/// Each line is a variable and the value in force, from the environment, flags or defaults, written
/// so that a shell can read it. With a name, only that variable's value is printed.
#[derive(Debug, clap::Args)]
pub(crate) struct EnvArgs {
    /// Variable to print
    #[arg(value_hint = clap::ValueHint::Other, hide = true)]
    name: Option<String>,
}

pub(crate) fn run(args: EnvArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let EnvArgs { name } = args;
    let variables = context.settings.variables(&context.environment.program);
    if let Some(name) = name {
        let value = variables.get(name.as_str()).cloned();
        return context.print(value.unwrap_or_default());
    }
    for (name, value) in variables {
        context.print(format_args!("{name}=\"{value}\""))?;
    }
    Ok(())
}
