use rhumb_yaml::PrintError;

use super::{IndexedChart, RepoIndex};
use crate::print_json::{self, Object};

impl RepoIndex {
    /// Prints the YAML of `index.yaml`, as Helm does.
    ///
    /// # Errors
    ///
    /// If a text has characters that YAML does not.
    pub fn to_yaml(&self) -> Result<String, PrintError> {
        crate::print_yaml::from_json(&self.to_json())
    }

    /// Prints Helm's JSON, on many lines.
    pub fn to_json_lines(&self) -> String {
        print_json::indent(&self.to_json())
    }

    /// Prints Helm's JSON, on one line.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        let mut object = Object::new(&mut out);
        let info = self.server_info.as_ref();
        if let Some(info) = info.filter(|info| info.table().is_some_and(|table| !table.is_empty()))
        {
            object.field("serverInfo", |out| print_json::node(out, info));
        }
        object.field("apiVersion", |out| print_json::text(out, &self.api_version));
        object.field("generated", |out| print_json::text(out, &self.generated.to_string()));
        object.field("entries", |out| {
            let mut object = Object::new(out);
            for (name, charts) in &self.entries {
                object.field(name, |out| {
                    print_json::list(out, charts.iter(), |out, chart| chart.print_json(out));
                });
            }
            object.end();
        });
        object.texts("publicKeys", &self.public_keys);
        object.text_map("annotations", self.annotations.as_ref());
        object.end();
        out
    }
}

impl IndexedChart {
    fn print_json(&self, out: &mut String) {
        let mut object = Object::new(out);
        self.metadata.print_fields(&mut object);
        object.field("urls", |out| {
            print_json::list(out, self.urls.iter(), |out, url| print_json::text(out, url));
        });
        object.field("created", |out| print_json::text(out, &self.created.to_string()));
        object.flag("removed", self.removed);
        object.text("digest", &self.digest);
        let keys = ["checksum", "engine", "tillerVersion", "url"];
        for (key, text) in keys.iter().zip(&self.obsolete) {
            object.text(key, text);
        }
        object.end();
    }
}
