//! Pushes a file as a blob, or pulls one, over plain HTTP or HTTPS.
//!
//! `blob push http://HOST/REPOSITORY FILE` prints the digest and size.
//! `blob pull http://HOST/REPOSITORY@DIGEST SIZE FILE` verifies what it writes.
//! Each prints the process's peak memory at the end, where the system tells it.

use std::error::Error;
use std::io::Read;
use std::sync::Arc;
use std::time::SystemTime;

use rhumb_oci::{Algorithm, Descriptor, Hasher, Reference};
use rhumb_registry::{Blob, Client, Transport};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example talks to the terminal")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["push", to, path] => {
            let (client, reference) = open(to)?;
            let blob = Blob::from_file(describe(path)?, path);
            client.push_blob(&reference, &blob).await?;
            println!("{} {}", blob.descriptor.digest, blob.descriptor.size);
        }
        ["pull", from, size, path] => {
            let (client, reference) = open(from)?;
            let digest = reference.digest().ok_or("the reference needs a digest")?.clone();
            let blob = Descriptor::new("application/octet-stream", digest, size.parse()?);
            client.blob_to_file(&reference, &blob, path.as_ref()).await?;
        }
        _ => return Err("usage: blob push|pull http://HOST/REPOSITORY[@DIGEST SIZE] FILE".into()),
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        println!("{}", peak.unwrap_or_default());
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a program has a clock")]
fn open(url: &str) -> Result<(Client, Reference), Box<dyn Error>> {
    let (scheme, reference) = url.split_once("://").ok_or("write http:// or https://")?;
    let transport = if scheme == "http" { Transport::PlainHttp } else { Transport::Https };
    let client = Client::builder(Arc::new(SystemTime::now)).transport(transport).build();
    Ok((client, reference.parse()?))
}

fn describe(path: &str) -> std::io::Result<Descriptor> {
    let mut file = std::fs::File::open(path)?;
    let (mut hasher, mut size) = (Hasher::new(Algorithm::Sha256), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(Descriptor::new("application/octet-stream", hasher.finish(), size));
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
}
