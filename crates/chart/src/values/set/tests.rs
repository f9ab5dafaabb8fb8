use super::*;

fn parse(argument: &str, mode: SetMode<'_>) -> Result<String, String> {
    let mut table = Table::default();
    match set(&mut table, "--set", argument, mode) {
        Ok(()) => Ok(Node::from(table).to_string()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn a_value_knows_its_place_in_the_argument() {
    let mut table = Table::default();
    set(&mut table, "--set", "a.b=xy,c={1,22}", SetMode::Typed).unwrap();
    let node = table.get("a").and_then(Node::table).and_then(|a| a.get("b")).unwrap();
    let span = node.origin.as_ref().unwrap().span();
    assert_eq!(&span.source[span.bytes], "xy");
    let Data::List(items) = &table.get("c").unwrap().data else { panic!("a list") };
    let span = items[1].origin.as_ref().unwrap().span();
    assert_eq!(&span.source[span.bytes], "22");
}

#[test]
fn odd_ends_are_as_in_helm() {
    let cases = [
        ("noval[0]", "map[noval:[]]"),
        ("noval[0]=", "map[noval:[]]"),
        ("list[0].foo=", "map[list:[]]"),
        ("a.", "map[]"),
        ("a[0", "map[]"),
        ("a=1,", "map[a:1]"),
        ("a[2]=x", "map[a:[<nil> <nil> x]]"),
        ("=x,a=1", "map[a:1]"),
    ];
    for (argument, want) in cases {
        assert_eq!(parse(argument, SetMode::Typed).as_deref(), Ok(want), "{argument}");
    }
}

#[test]
fn files_are_read_by_the_caller() {
    let read = |path: &str| {
        if path == "a.txt" { Ok(b"text\xff".to_vec()) } else { Err(format!("open {path}: no")) }
    };
    let mut table = Table::default();
    set(&mut table, "--set-file", "a=a.txt", SetMode::File(&read)).unwrap();
    assert_eq!(table.get("a").unwrap().data, Data::Text(b"text\xff".as_slice().into()));
    let error = set(&mut table, "--set-file", "a=b.txt", SetMode::File(&read)).unwrap_err();
    assert_eq!(error.to_string(), "open b.txt: no");
}
