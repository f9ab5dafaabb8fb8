use std::fs;

use super::*;

fn headers(name: &str, password: &str) -> HeaderMap {
    let text = format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{password}")));
    HeaderMap::from_iter([(AUTHORIZATION, text.parse().unwrap())])
}

fn guard(login: &Login) -> Guard {
    Guard::open(login, "salt".to_owned()).unwrap()
}

#[tokio::test]
async fn admits_the_one_user_and_no_other() {
    let guard = guard(&Login::user("ann", Secret::new("pass:word")));
    for _ in 0..2 {
        let name = guard.admit(&headers("ann", "pass:word"), Need::Write).await.unwrap();
        assert_eq!(name.as_deref(), Some("ann"));
    }
    for (name, password) in [("ann", "pass"), ("bob", "pass:word"), ("", "")] {
        assert!(guard.admit(&headers(name, password), Need::Read).await.is_err());
    }
    assert!(guard.admit(&HeaderMap::new(), Need::Read).await.is_err());
    let bearer = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("Bearer x"))]);
    assert!(guard.admit(&bearer, Need::Read).await.is_err());
}

#[tokio::test]
async fn lets_anyone_read_if_asked_to() {
    let guard = guard(&Login::user("ann", Secret::new("x")).with_anonymous_pull());
    assert!(guard.admit(&HeaderMap::new(), Need::Read).await.unwrap().is_none());
    assert!(guard.admit(&HeaderMap::new(), Need::Write).await.is_err());
    assert!(guard.admit(&HeaderMap::new(), Need::Login).await.is_err());
    assert!(guard.admit(&headers("ann", "wrong"), Need::Read).await.is_err());
}

#[tokio::test]
async fn reads_the_password_file_and_reads_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("htpasswd");
    let line = |name: &str, password: &str| {
        let hash = bcrypt::hash(password, 4).unwrap();
        format!("{name}:{}\n", hash.replacen("$2b$", "$2y$", 1))
    };
    fs::write(&path, format!("# users\n\n{}", line("ann", "one"))).unwrap();
    let guard = guard(&Login::file(&path));
    assert!(guard.admit(&headers("ann", "one"), Need::Write).await.is_ok());
    assert!(guard.admit(&headers("ann", "two"), Need::Write).await.is_err());
    assert!(guard.admit(&headers("bob", "one"), Need::Write).await.is_err());

    fs::write(&path, line("bob", "two")).unwrap();
    let later = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
    fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
    let Source::File { loaded, .. } = &guard.source else { panic!("a file") };
    loaded.write().unwrap().look_again = Instant::now();
    assert!(guard.admit(&headers("ann", "one"), Need::Write).await.is_err());
    assert!(guard.admit(&headers("bob", "two"), Need::Write).await.is_ok());
}

#[test]
fn names_the_line_that_is_no_password() {
    for text in ["ann", "# x\nann:", "ann:$apr1$abc$def", "ann:plain"] {
        let Err(error) = Passwords::parse(text) else { panic!("{text}") };
        let line = text.lines().count();
        assert!(error.to_string().starts_with(&format!("line {line} ")), "{error}");
    }
}
