use rhumb_chart::{Chart, File, Show as Parts};
use rhumb_value::{Type, Value};
use serde::{Deserialize, Serialize};

use crate::chart_source::{ChartSource, Found, Remote};
use crate::{Client, Error, JsonPath};

/// A chart to look at.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Show {
    /// The chart.
    pub source: ChartSource,
    /// What of it.
    pub part: ShowPart,
    /// A template of `JSONPath` for the values; empty for the values as they are.
    pub jsonpath: String,
}

/// What of a chart to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShowPart {
    /// Everything.
    #[default]
    All,
    /// The metadata.
    Chart,
    /// The default values, with their comments.
    Values,
    /// The readme.
    Readme,
    /// Custom resource definitions.
    Crds,
}

/// What was asked for, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The text, byte for byte.
    pub text: Vec<u8>,
    /// Why nothing was selected, which is no error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

pub(crate) async fn run(client: &Client, request: &Show) -> Result<Shown, Error> {
    let Show { source, part, jsonpath } = request;
    let chart = match source.find(client).await? {
        Found::Remote(Remote::Artifact(artifact))
            if *part == ShowPart::Chart && source.verify.is_none() =>
        {
            // The metadata is a blob of its own, so the archive is not needed.
            let config = artifact.config(&client.registry).await?;
            Chart::from_files(vec![File::new("Chart.yaml", config, 0)], &*client.reporter)?
        }
        found => found.load_any(client, source.verify.as_ref()).await?,
    };
    if *part == ShowPart::Values && !jsonpath.is_empty() {
        return selected(&chart, jsonpath);
    }
    let part = match part {
        ShowPart::All => Parts::All,
        ShowPart::Chart => Parts::Chart,
        ShowPart::Values => Parts::Values,
        ShowPart::Readme => Parts::Readme,
        ShowPart::Crds => Parts::Crds,
    };
    Ok(Shown { text: chart.show(part)?, note: None })
}

/// What a template selects of the values.
fn selected(chart: &Chart, template: &str) -> Result<Shown, Error> {
    let Some(values) = &chart.values else { return Ok(Shown::default()) };
    let parsed = JsonPath::parse(template)
        .map_err(|source| Error::JsonPath { template: template.to_owned(), source })?;
    let map = values.table().to_map(Type::MAP);
    // Helm prints nothing then, and is content.
    Ok(match parsed.print(&Value::Map(map)) {
        Ok(text) => Shown { text, note: None },
        Err(error) => {
            Shown { text: Vec::new(), note: Some(format!("nothing is printed: {error}")) }
        }
    })
}
