use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::Error;

/// Where a download goes.
pub(super) enum Sink {
    Memory(Vec<u8>),
    File(File, PathBuf),
}

impl Sink {
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Memory(memory) => memory.extend_from_slice(bytes),
            Self::File(file, path) => {
                file.write_all(bytes).await.map_err(|source| writing(path, source))?;
            }
        }
        Ok(())
    }

    pub(super) async fn restart(&mut self) -> Result<(), Error> {
        match self {
            Self::Memory(memory) => memory.clear(),
            Self::File(file, path) => {
                let error = |source| writing(path, source);
                file.flush().await.map_err(error)?;
                file.set_len(0).await.map_err(error)?;
                file.seek(SeekFrom::Start(0)).await.map_err(error)?;
            }
        }
        Ok(())
    }
}

pub(super) fn writing(path: &Path, source: std::io::Error) -> Error {
    Error::File { doing: "writing", path: path.to_owned(), source }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rhumb_report::Diagnose as _;

    #[tokio::test]
    async fn a_full_disk_is_told_with_what_to_do() {
        let full = File::options().write(true).open("/dev/full").await.unwrap();
        let mut sink = Sink::File(full, PathBuf::from("chart.tgz"));
        let mut result = Ok(());
        // The file's buffer tells of a failure with the write that follows.
        for _ in 0..9 {
            result = result.and(sink.write(&[7; 8 << 10]).await);
        }
        let error = result.unwrap_err();
        assert!(error.to_string().starts_with("writing chart.tgz: No space left"), "{error}");
        assert_eq!(error.hints(), ["free some space and run the command again"]);
    }
}
