mod output;

use std::path::Path;

use rhumb_action::Error::ChartDependencies;
use rhumb_action::{
    Client, FetchDependencies, GivenValues, Plugin, PluginRuntime, PostRenderer, PrintOptions,
    Rendered, Template, check_kube_version, select,
};

use super::dependency::{Stream, narrate};
use crate::argument::{
    ChartArgs, Format, InstallArgs, NO_EFFECT, Strings, Switch, ValuesArgs, read_values,
};
use crate::context::{Context, block_on};
use crate::environment::Environment;
use crate::error::Error;
use crate::ports::seconds;
use output::Place;

/// Render a chart without a cluster
///
/// What an installation would apply is printed, in the order in which it would be. What templates look up in
/// the cluster is not there; --kube-version and --api-versions say which cluster they are to see.
///
/// With -o json one object is printed: `templates`, the text of each; `manifests` and `hooks`, the documents; and
/// `notes`. With --each-values the chart is rendered once for each file, and all results are printed as a list.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TemplateArgs {
    /// Name of the release, and folder, archive, reference or address of the chart, or REPOSITORY/CHART
    #[arg(value_name = "[NAME] [CHART]", num_args = 1.., required = true, value_hint = clap::ValueHint::AnyPath)]
    names: Vec<String>,

    /// API versions that the cluster has besides the usual ones
    #[arg(short, long)]
    api_versions: Vec<Strings>,

    #[command(flatten)]
    chart: ChartArgs,

    /// Fetch the charts that it depends on first
    #[arg(long)]
    dependency_update: Switch,

    /// Where to try it: client, or server for a cluster
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "unset")]
    dry_run: Option<String>,

    /// Render the chart once more with this file of values; may be repeated
    #[arg(long)]
    each_values: Vec<String>,

    /// Let templates ask for the addresses of hosts
    #[arg(long)]
    enable_dns: Switch,

    /// Explain errors: the line, what led there, and the values that are read
    #[arg(long)]
    explain: Switch,

    /// Make up a name for the release; means nothing here, where it is called release-name
    #[arg(short, long)]
    generate_name: Switch,

    /// Print custom resource definitions, too
    #[arg(long)]
    include_crds: Switch,

    #[command(flatten)]
    install: InstallArgs,

    /// Render as for an upgrade
    #[arg(long)]
    is_upgrade: Switch,

    /// Version of Kubernetes that templates see
    #[arg(long, default_value = "", hide_default_value = true)]
    kube_version: String,

    /// Template for the name of the release
    #[arg(long, default_value = "", hide_default_value = true)]
    name_template: String,

    /// Leave hooks out
    #[arg(long)]
    no_hooks: Switch,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    /// Write the documents to files in this folder
    #[arg(long, default_value = "", hide_default_value = true)]
    output_dir: String,

    /// Plugin to change the documents with
    #[arg(long, default_value = "", hide_default_value = true)]
    post_renderer: Vec<String>,

    /// Argument of the plugin; may be repeated
    #[arg(long)]
    post_renderer_args: Vec<String>,

    /// Write below a folder named as the release
    #[arg(long)]
    release_name: Switch,

    /// Treat the notes of charts within as notes, too
    #[arg(long, hide = true, long_help = NO_EFFECT)]
    render_subchart_notes: Option<Switch>,

    /// Print only what comes from this template; may be repeated
    #[arg(short = 's', long)]
    show_only: Vec<String>,

    /// Do not compare the values with the chart's schema
    #[arg(long)]
    skip_schema_validation: Switch,

    /// Leave out tests
    #[arg(long)]
    skip_tests: Switch,

    /// Ask a cluster, too
    #[arg(long, hide = true, long_help = "use '--dry-run=server' instead")]
    validate: Option<Switch>,

    #[command(flatten)]
    values: ValuesArgs,
}

const EXAMPLES: &str = "  {program} template web ./web -f prod.yaml --set replicas=3

  {program} template web oci://ghcr.io/acme/charts/web --version '^1.2' --kube-version 1.36.0

  {program} template web ./web --show-only templates/deployment.yaml";

pub(crate) fn run(args: TemplateArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let post_renderer = post_renderer(&args, context)?;
    check_groups(&args)?;
    check_kube_version(&args.kube_version)?;
    args.chart.connection.check()?;
    check_dry_run(&args, context)?;
    context.settings.explain = args.explain.on();
    let (name, chart) = name_and_chart(&args, context.environment)?;
    let TemplateArgs { chart: chart_args, values, each_values, output_dir, .. } = args;
    let namespace = context.settings.cluster.namespace.clone();
    let mut request = Template {
        source: chart_args.source(chart, context)?,
        fetched: None,
        name: name.clone(),
        namespace: if namespace.is_empty() { "default".to_owned() } else { namespace },
        values: GivenValues::default(),
        kube_version: args.kube_version,
        api_versions: Strings::flatten(args.api_versions),
        is_upgrade: args.is_upgrade.on(),
        subchart_notes: args.render_subchart_notes.is_some_and(Switch::on),
        skip_schema_validation: args.skip_schema_validation.on(),
        enable_dns: args.enable_dns.on(),
        explain: context.explains_errors(),
        is_updated: false,
        labels: args.install.label_names(),
        post_renderer,
        time: seconds(),
    };
    // As in Helm the chart has to be there before values are looked at.
    if request.needs_fetching()? {
        let client = context.client(&chart_args.connection, &chart_args.credential)?;
        request.fetched = Some(block_on(client.fetch_chart(&request.source))??);
    }
    request.values = values.read(context)?;
    let print = PrintOptions {
        include_crds: args.include_crds.on(),
        no_hooks: args.no_hooks.on(),
        skip_tests: args.skip_tests.on(),
        show_only: &args.show_only,
    };
    let below = if args.release_name.on() { name.as_str() } else { "" };
    let place = (!output_dir.is_empty()).then(|| Place::new(&output_dir, below));
    let is_text = each_values.is_empty() && args.output == Format::Text;
    let steps = if is_text { Stream::Output } else { Stream::Error };
    let update = args.dependency_update.on().then_some(steps);
    if !each_values.is_empty() {
        let render = |request: &Template, context: &mut Context<'_>| {
            render_each(request, &each_values, &chart_args, context)
        };
        let results = updated(render, update, &request, &chart_args, context)?;
        return output::print_each(&results, &each_values, place.as_ref(), &print, context);
    }
    let render =
        |request: &Template, context: &mut Context<'_>| render(request, &chart_args, context);
    match updated(render, update, &request, &chart_args, context) {
        Ok(rendered) => show(&rendered, args.output, place, &print, context),
        Err(Error::Action(error)) => Err(failed(error, args.output, &args.show_only, context)?),
        Err(error) => Err(error),
    }
}

/// Renders, and if charts are missing that are to be fetched (`update`), fetches them and renders again.
fn updated<T>(
    render: impl Fn(&Template, &mut Context<'_>) -> Result<T, Error>,
    update: Option<Stream>,
    request: &Template,
    chart: &ChartArgs,
    context: &mut Context<'_>,
) -> Result<T, Error> {
    let rendered = render(request, context);
    let (Err(Error::Action(ChartDependencies { .. })), Some(steps)) = (&rendered, update) else {
        return rendered;
    };
    let path = Path::new(request.source.chart.trim());
    if !request.is_local()? {
        return Err(Error::Message("only unpacked charts can be updated"));
    }
    let fetch = FetchDependencies {
        chart: std::path::absolute(path).map_err(|source| Error::CurrentFolder { source })?,
        time: request.time,
        archive_time: context.environment.source_date_epoch()?,
        verbose: context.settings.debug,
        ..FetchDependencies::default()
    };
    let client = context.client(&chart.connection, &chart.credential)?;
    narrate(&client, &fetch, (steps, Stream::Error), context)?;
    render(&Template { is_updated: true, ..request.clone() }, context)
}

/// What to say when a chart does not render: Helm's advice, or with --debug all that was rendered.
fn failed(
    error: rhumb_action::Error,
    format: Format,
    show_only: &[String],
    context: &mut Context<'_>,
) -> Result<Error, Error> {
    use rhumb_action::Error::{NotYaml, PostRender, Render};
    let rendered = match error.plain() {
        NotYaml { rendered, .. } => rendered.trim().to_owned(),
        PostRender { .. } => String::new(),
        Render { .. } if format == Format::Text => String::new(),
        _ => return Ok(Error::Action(error)),
    };
    if !context.settings.debug {
        return Ok(Error::Rendering(error));
    }
    let text = format!("{rendered}\n");
    let shown = if show_only.is_empty() { Ok(text) } else { select(&text, show_only) };
    // What is not there may be what is wrong.
    context.print_bytes(shown.unwrap_or_default().as_bytes())?;
    Ok(Error::Action(error))
}

fn show(
    rendered: &Rendered,
    format: Format,
    place: Option<Place>,
    print: &PrintOptions<'_>,
    context: &mut Context<'_>,
) -> Result<(), Error> {
    match (place, format) {
        (Some(place), _) => place.write(rendered, print, context),
        (None, Format::Json) => context.print_json(rendered),
        (None, Format::Text) if print.show_only.is_empty() => {
            context.print_pieces(&rendered.print(print))
        }
        (None, Format::Text) => context.print_bytes(rendered.print_only(print)?.as_bytes()),
    }
}

/// Renders, without a network or a runtime.
fn render(request: &Template, chart: &ChartArgs, context: &Context<'_>) -> Result<Rendered, Error> {
    let client = context.client(&chart.connection, &chart.credential)?;
    Ok(client.template_local(request)?)
}

/// Renders once for each file, on as many threads as there are processors.
fn render_each(
    request: &Template,
    files: &[String],
    chart: &ChartArgs,
    context: &mut Context<'_>,
) -> Result<Vec<Rendered>, Error> {
    let mut requests = Vec::new();
    for name in files {
        let mut request = request.clone();
        request.values.files.push((name.clone(), read_values(name, context)?));
        requests.push(request);
    }
    let client = context.client(&chart.connection, &chart.credential)?;
    let named = |(name, result): (&String, Result<Rendered, rhumb_action::Error>)| {
        result.map_err(|error| Error::of_values(name, error))
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let size = requests.len().div_ceil(threads).max(1);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = requests
            .chunks(size)
            .map(|part| scope.spawn(|| client.template_each_local(part)))
            .collect();
        threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    let mut all = Vec::new();
    for (part, files) in parts.into_iter().zip(files.chunks(size)) {
        let results = match part {
            Ok(results) => results?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        for result in files.iter().zip(results).map(named) {
            all.push(result?);
        }
    }
    Ok(all)
}

/// Refuses flags that contradict each other.
fn check_groups(args: &TemplateArgs) -> Result<(), Error> {
    args.install.check()?;
    if args.validate.is_some() && args.dry_run.is_some() {
        return Err(Error::Message(
            "if any flags in the group [validate dry-run] are set none of the others can be; [dry-run validate] were all set",
        ));
    }
    Ok(())
}

/// Refuses what is no rendering without a cluster; says what Helm says of values that are not used any more.
fn check_dry_run(args: &TemplateArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let value = args.dry_run.as_deref().unwrap_or("client");
    let wrong = |choices| Err(Error::DryRun { value: value.to_owned(), choices });
    match (value, value.parse().map(Switch::on)) {
        ("client", _) => {}
        ("unset", _) => context.tell(
            "level=WARN msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\"",
        ),
        (_, Ok(true)) => context.tell(format_args!(
            "level=WARN msg=\"boolean '--dry-run={value}' flag is deprecated and must be replaced with '--dry-run=client'\""
        )),
        ("server", _) => return Err(Error::NotYet { what: "--dry-run=server" }),
        ("none", _) | (_, Ok(false)) => return wrong("\"server\""),
        _ => return wrong("\"none\", \"server\","),
    }
    if args.validate.is_some_and(Switch::on) {
        return Err(Error::NotYet { what: "--validate" });
    }
    Ok(())
}

/// The plugin that is to change the documents, if one is named.
fn post_renderer(
    args: &TemplateArgs,
    context: &Context<'_>,
) -> Result<Option<PostRenderer>, Error> {
    let mut names = args.post_renderer.iter().filter(|name| !name.is_empty());
    let Some(name) = names.next() else { return Ok(None) };
    let folders: Vec<_> = std::env::split_paths(&context.settings.plugins).collect();
    let plugin = Plugin::find(&folders, name, "postrenderer/v1", &*context.reporter);
    let plugin = plugin.map_err(|error| Error::NoPostRenderer { name: name.to_owned(), error })?;
    if let Some(name) = names.next() {
        return Err(Error::TwoPostRenderers { name: name.clone() });
    }
    if plugin.runtime == PluginRuntime::Extism {
        return Err(Error::NotYet { what: "a post-renderer with the runtime extism/v1" });
    }
    let arguments = args.post_renderer_args.clone();
    Ok(Some(PostRenderer { plugin, arguments, environment: context.environment.all() }))
}

/// The name of the release, and the chart, by the rules of an installation.
fn name_and_chart(
    args: &TemplateArgs,
    environment: &Environment,
) -> Result<(String, String), Error> {
    match args.names.as_slice() {
        [chart] if !args.name_template.is_empty() => {
            let variables = environment.texts();
            let name = Client::release_name(&args.name_template, seconds(), variables)?;
            Ok((name, chart.clone()))
        }
        // As with Helm also if a name is to be made up.
        [chart] => Ok(("release-name".to_owned(), chart.clone())),
        [_, _] if args.generate_name.on() => {
            Err(Error::Message("cannot set --generate-name and also specify a name"))
        }
        [_, _] if !args.name_template.is_empty() => {
            Err(Error::Message("cannot set --name-template and also specify a name"))
        }
        [name, chart] => Ok((name.clone(), chart.clone())),
        [_, _, rest @ ..] => Err(Error::TooManyNames { names: rest.join(", ") }),
        [] => Err(Error::Message("a chart is needed")),
    }
}
