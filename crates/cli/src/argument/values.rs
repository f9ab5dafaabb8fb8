use std::io::Read as _;

use rhumb_action::{GivenValues, MAX_VALUES};
use rhumb_value::url::Url;

use super::{ConnectionArgs, CredentialArgs, Strings};
use crate::context::{Context, block_on};
use crate::error::Error;

/// The values of a chart, by files and one by one.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ValuesArgs {
    /// Set a value: name=value, also several with commas between
    #[arg(long)]
    set: Vec<String>,

    /// Set a value to what a file has in it: name=path
    #[arg(long)]
    set_file: Vec<String>,

    /// Set a value to JSON: name=json, or a whole JSON object
    #[arg(long)]
    set_json: Vec<String>,

    /// Set a value to a text in which nothing has a meaning: name=text
    #[arg(long)]
    set_literal: Vec<String>,

    /// Set a value to a text, whatever it looks like
    #[arg(long)]
    set_string: Vec<String>,

    /// File or URL of values; - for standard input. Of several the last one wins
    #[arg(short = 'f', long)]
    values: Vec<Strings>,
}

impl ValuesArgs {
    /// Reads the files.
    pub(crate) fn read(self, context: &mut Context<'_>) -> Result<GivenValues, Error> {
        let Self { set, set_file, set_json, set_literal, set_string, values } = self;
        let mut files = Vec::new();
        for name in Strings::flatten(values) {
            match read_values(&name, context) {
                Ok(text) => files.push((name, text)),
                Err(error) => {
                    // What is wrong with those before it comes first.
                    GivenValues { files, ..GivenValues::default() }.check()?;
                    return Err(error);
                }
            }
        }
        let mut given = GivenValues {
            files,
            set_json,
            set,
            set_string,
            set_file,
            set_literal,
            ..GivenValues::default()
        };
        for name in given.named_files() {
            let read = || read_values(&name, context).map_err(|error| error.to_string());
            given.read.entry(name.clone()).or_insert_with(read);
        }
        Ok(given)
    }
}

/// Reads one file of values.
pub(crate) fn read_values(name: &str, context: &mut Context<'_>) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    let url = if name.trim() == "-" { None } else { Some(Url::parse(name.as_bytes())) };
    let url = url.transpose().map_err(|error| Error::ValuesUrl { words: error })?;
    let is_web = url.as_ref().is_some_and(|url| matches!(&*url.scheme, b"http" | b"https"));
    if name.trim() == "-" {
        let mut input = context.stdin.take(MAX_VALUES + 1);
        input.read_to_end(&mut text).map_err(|source| Error::Input { source })?;
    } else if is_web {
        // The flags of a connection are about the chart, not about values.
        let client = context.client(&ConnectionArgs::default(), &CredentialArgs::default())?;
        return Ok(block_on(client.values_file(name))??);
    } else {
        let wrong = |error| Error::ValuesFile { name: name.to_owned(), error };
        let file = std::fs::File::open(name).map_err(wrong)?;
        let read = file.take(MAX_VALUES + 1).read_to_end(&mut text);
        read.map_err(|error| Error::ReadValues { name: name.to_owned(), error })?;
    }
    if text.len() as u64 > MAX_VALUES {
        return Err(Error::LargeValues { name: name.to_owned(), limit: MAX_VALUES });
    }
    Ok(text)
}
