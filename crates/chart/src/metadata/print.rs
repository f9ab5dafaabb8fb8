use rhumb_value::{Map, Text, Type, Value};

use super::{Dependency, Maintainer, Metadata};
use crate::print_json::{self, Object};
use crate::values::Node;

impl Metadata {
    /// Prints the JSON that registries keep as an artifact's config: in the order of Helm's
    /// fields, without empty ones.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        let mut object = Object::new(&mut out);
        self.print_fields(&mut object);
        object.end();
        out
    }

    /// Prints the fields of that JSON into an object.
    pub(crate) fn print_fields(&self, object: &mut Object<'_>) {
        object.text("name", &self.name);
        object.text("home", &self.home);
        object.texts("sources", &self.sources);
        object.text("version", &self.version);
        object.text("description", &self.description);
        object.texts("keywords", &self.keywords);
        if !self.maintainers.is_empty() {
            object.field("maintainers", |out| {
                print_json::list(out, self.maintainers.iter(), |out, one| one.print_json(out));
            });
        }
        object.text("icon", &self.icon);
        object.text("apiVersion", &self.api_version);
        object.text("condition", &self.condition);
        object.text("tags", &self.tags);
        object.text("appVersion", &self.app_version);
        object.flag("deprecated", self.deprecated);
        object.text_map("annotations", self.annotations.as_ref());
        object.text("kubeVersion", &self.kube_version);
        if !self.dependencies().is_empty() {
            object.field("dependencies", |out| {
                print_json::list(out, self.dependencies().iter(), |out, one| one.print_json(out));
            });
        }
        object.text("type", &self.kind);
    }

    /// The map that templates see as `.Chart`, with Go's names of the fields.
    pub fn to_value(&self) -> Map {
        let text = |(key, value): (&String, &String)| (key.as_str().into(), value.as_str().into());
        let kind = Type::Map(&Type::String);
        let annotations = match &self.annotations {
            None => Map::nil(kind),
            Some(annotations) => Map::typed(kind, annotations.iter().map(text).collect()),
        };
        let maintainers = self.maintainers.iter().map(|one| Value::Map(one.to_value())).collect();
        let dependencies =
            self.dependencies().iter().map(|one| Value::Map(one.to_value())).collect();
        fields([
            ("Name", Value::text(&*self.name)),
            ("Home", Value::text(&*self.home)),
            ("Sources", texts(&self.sources)),
            ("Version", Value::text(&*self.version)),
            ("Description", Value::text(&*self.description)),
            ("Keywords", texts(&self.keywords)),
            ("Maintainers", Value::list(maintainers)),
            ("Icon", Value::text(&*self.icon)),
            ("APIVersion", Value::text(&*self.api_version)),
            ("Condition", Value::text(&*self.condition)),
            ("Tags", Value::text(&*self.tags)),
            ("AppVersion", Value::text(&*self.app_version)),
            ("Deprecated", Value::Bool(self.deprecated)),
            ("Annotations", Value::Map(annotations)),
            ("KubeVersion", Value::text(&*self.kube_version)),
            ("Dependencies", Value::list(dependencies)),
            ("Type", Value::text(&*self.kind)),
        ])
    }
}

impl Maintainer {
    fn print_json(&self, out: &mut String) {
        let mut object = Object::new(out);
        object.text("name", &self.name);
        object.text("email", &self.email);
        object.text("url", &self.url);
        object.end();
    }

    fn to_value(&self) -> Map {
        fields([
            ("Name", Value::text(&*self.name)),
            ("Email", Value::text(&*self.email)),
            ("URL", Value::text(&*self.url)),
        ])
    }
}

impl Dependency {
    /// Prints the JSON of one dependency, whose name and repository are always there.
    pub(crate) fn print_json(&self, out: &mut String) {
        let mut object = Object::new(out);
        object.field("name", |out| print_json::text(out, &self.name));
        object.text("version", &self.version);
        object.field("repository", |out| print_json::text(out, &self.repository));
        object.text("condition", &self.condition);
        object.texts("tags", &self.tags);
        object.flag("enabled", self.enabled);
        if !self.import_values.is_empty() {
            object.field("import-values", |out| {
                print_json::list(out, self.import_values.iter(), print_json::node);
            });
        }
        object.text("alias", &self.alias);
        object.end();
    }

    fn to_value(&self) -> Map {
        fields([
            ("Name", Value::text(&*self.name)),
            ("Version", Value::text(&*self.version)),
            ("Repository", Value::text(&*self.repository)),
            ("Condition", Value::text(&*self.condition)),
            ("Tags", texts(&self.tags)),
            ("Enabled", Value::Bool(self.enabled)),
            ("ImportValues", Value::list(self.import_values.iter().map(Node::to_value).collect())),
            ("Alias", Value::text(&*self.alias)),
        ])
    }
}

fn fields<const N: usize>(fields: [(&str, Value); N]) -> Map {
    fields.into_iter().map(|(name, value)| (Text::from(name), value)).collect()
}

fn texts(texts: &[String]) -> Value {
    Value::list(texts.iter().map(|text| Value::text(&**text)).collect())
}
