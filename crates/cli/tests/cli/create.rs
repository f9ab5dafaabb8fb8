use crate::support::Home;

#[test]
fn makes_a_chart_that_packs_and_renders() {
    let home = Home::new();
    assert_eq!(home.run(&["create", "charts/web"]).ok(), "Creating charts/web\n");
    home.run(&["package", "charts/web"]).ok();
    assert!(home.run(&["template", "charts/web"]).ok().contains("kind: Deployment"));
}

#[test]
fn starters_are_paths_or_names() {
    let home = Home::new();
    home.chart("starter", "1.0.0");
    home.write("starter/templates/a.yaml", "name: <CHARTNAME>\n");
    let starter = home.join("starter");
    home.run(&["create", "web", "-p", starter.to_str().unwrap()]).ok();
    assert_eq!(home.read("web/templates/a.yaml"), "name: web\n");
    std::fs::create_dir_all(home.join(".local/share/helm/starters")).unwrap();
    std::fs::rename(starter, home.join(".local/share/helm/starters/mine")).unwrap();
    home.run(&["create", "db", "-p", "mine"]).ok();
    assert_eq!(home.read("db/templates/a.yaml"), "name: db\n");
}
