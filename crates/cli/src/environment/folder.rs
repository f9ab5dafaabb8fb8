use std::path::Path;

use rhumb_value::path::clean_system;

use super::Environment;

/// The three folders that Helm and Rhumb share.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pub(crate) cache: String,
    pub(crate) config: String,
    pub(crate) data: String,
}

impl Folders {
    /// Finds the folders: Helm's own variable first, then the XDG one, then the system's habit.
    pub(crate) fn from_environment(environment: &Environment) -> Self {
        let home = home(environment);
        let find = |own: &str, xdg: &str, habit: String| {
            if let Some(folder) = environment.get_non_empty(own) {
                return clean(&folder);
            }
            join(&environment.get_non_empty(xdg).unwrap_or(habit), "helm")
        };
        let [cache, config, data] = habits(environment, &home);
        Self {
            cache: find("HELM_CACHE_HOME", "XDG_CACHE_HOME", cache),
            config: find("HELM_CONFIG_HOME", "XDG_CONFIG_HOME", config),
            data: find("HELM_DATA_HOME", "XDG_DATA_HOME", data),
        }
    }
}

impl Folders {
    /// Where it is noted what tags and hosts said last.
    pub(crate) fn state(&self) -> String {
        join(&self.cache, "rhumb")
    }
}

/// The user's home folder, empty where there is none.
pub(crate) fn home(environment: &Environment) -> String {
    let variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    environment.get_non_empty(variable).unwrap_or_default()
}

/// Where this system keeps cache, configuration and data.
fn habits(environment: &Environment, home: &str) -> [String; 3] {
    if cfg!(windows) {
        let folder = |name: &str| environment.get_non_empty(name).unwrap_or_default();
        [folder("TEMP"), folder("APPDATA"), folder("APPDATA")]
    } else if cfg!(target_os = "macos") {
        ["Library/Caches", "Library/Preferences", "Library"].map(|folder| join(home, folder))
    } else {
        [".cache", ".config", ".local/share"].map(|folder| join(home, folder))
    }
}

/// Joins two paths and tidies the result.
pub(crate) fn join(base: &str, part: &str) -> String {
    if base.is_empty() {
        return clean(part);
    }
    clean(&format!("{base}{}{part}", std::path::MAIN_SEPARATOR))
}

/// Tidies a path without looking at the disk: no `.`, no doubled separators, `..` taken back.
fn clean(path: &str) -> String {
    let cleaned = clean_system(Path::new(path));
    if cleaned.as_os_str().is_empty() {
        return ".".to_owned();
    }
    cleaned.to_string_lossy().into_owned()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn folders(pairs: &[(&str, &str)]) -> Folders {
        Folders::from_environment(&Environment::from_pairs("rhumb", pairs))
    }

    #[test]
    fn own_variables_win_over_xdg_and_home() {
        assert_eq!(folders(&[("HOME", "/h")]).data, "/h/.local/share/helm");
        let both = folders(&[("XDG_CACHE_HOME", "/x"), ("HELM_CACHE_HOME", ""), ("HOME", "/h")]);
        assert_eq!(both.cache, "/x/helm");
        let own = folders(&[("XDG_CONFIG_HOME", "/x"), ("HELM_CONFIG_HOME", "/own/./a/../b/")]);
        assert_eq!(own.config, "/own/b");
    }
}
