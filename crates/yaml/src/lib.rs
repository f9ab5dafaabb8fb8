//! YAML as Helm reads and prints it.
