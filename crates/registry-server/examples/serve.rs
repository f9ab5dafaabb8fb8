//! Serves a registry until it is interrupted: `serve [ADDRESS [memory|FOLDER|URL [HTPASSWD]]]`.

use std::path::PathBuf;

use rhumb_registry_server::{Login, Options, Server, Storage};

#[expect(clippy::print_stdout, reason = "an example is a program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:5000".to_owned());
    let storage = match arguments.next().as_deref() {
        None | Some("memory") => Storage::Memory,
        Some(url) if url.contains("://") => {
            let settings = std::env::vars().collect();
            Storage::Object { url: url.to_owned(), settings }
        }
        Some(folder) => Storage::Folder(PathBuf::from(folder)),
    };
    let mut options = Options::new(storage);
    options.address = address;
    options.login = arguments.next().map(Login::file);
    tokio::runtime::Runtime::new()?.block_on(async {
        let server = Server::start(options).await?;
        println!("listening on {}", server.address());
        tokio::signal::ctrl_c().await?;
        server.shutdown().await;
        Ok(())
    })
}
