use std::mem;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use rhumb_yaml::{HeadReader, Options};

pub use rhumb_yaml::Head;

use super::ParseError;

/// Bytes of documents that wait for a thread, for which a further one pays.
const BYTES_PER_THREAD: usize = 128 << 10;
/// Bytes of documents that are handed to the threads at a time.
const BATCH: usize = 32 << 10;

/// What became of a document, and its number.
type Numbered = (usize, Result<Head, ParseError>);

/// The heads of documents, which threads read while more documents are added, if they are many.
///
/// Each document must be YAML that JSON can express. Every thread takes the next document that is
/// left, so that a thread that starts late, on a busy machine, holds up none.
#[derive(Debug, Default)]
pub(super) struct Heads {
    shared: Arc<Shared>,
    threads: Vec<Reading>,
    /// The threads that the machine runs at once besides this one, if that has been asked.
    most_threads: Option<usize>,
    /// Documents that are not handed over yet.
    batch: Vec<Bytes>,
    batch_bytes: usize,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// There are more documents, or there will be none.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    documents: Vec<Bytes>,
    /// How many documents threads have taken.
    taken: usize,
    /// Bytes of the others.
    waiting: usize,
    /// Whether all documents are there.
    is_complete: bool,
}

/// A thread, and what comes of it, which is there before the thread has ended and given its memory
/// back.
#[derive(Debug)]
struct Reading {
    thread: JoinHandle<()>,
    heads: Receiver<Vec<Numbered>>,
}

impl Heads {
    /// Adds a document.
    pub(super) fn add(&mut self, document: Bytes) {
        self.batch_bytes += document.len();
        self.batch.push(document);
        if self.batch_bytes >= BATCH {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let mut state = self.shared.lock();
        state.documents.append(&mut self.batch);
        state.waiting += mem::take(&mut self.batch_bytes);
        let wanted = state.waiting / BYTES_PER_THREAD;
        drop(state);
        self.shared.changed.notify_one();
        if self.threads.len() < wanted && self.threads.len() < self.most_threads() {
            let shared = Arc::clone(&self.shared);
            let (sender, heads) = mpsc::channel();
            // If nobody wants the heads any more, that is fine.
            let read = move || drop(sender.send(shared.read()));
            // Without it, this thread reads more of them.
            let thread = thread::Builder::new().spawn(read);
            self.threads.extend(thread.map(|thread| Reading { thread, heads }));
        }
    }

    fn most_threads(&mut self) -> usize {
        let processors = || thread::available_parallelism().map_or(1, usize::from);
        *self.most_threads.get_or_insert_with(|| processors() - 1)
    }

    /// Waits for all heads; they are in the order of their documents.
    pub(super) fn finish(mut self) -> Vec<Result<Head, ParseError>> {
        self.hand_over();
        self.shared.complete();
        let mut heads = self.shared.read();
        for reading in mem::take(&mut self.threads) {
            heads.extend(reading.finish());
        }
        heads.sort_unstable_by_key(|(number, _)| *number);
        heads.into_iter().map(|(_, head)| head).collect()
    }
}

impl Reading {
    fn finish(self) -> Vec<Numbered> {
        let Ok(heads) = self.heads.recv() else {
            // Nothing comes of a thread that panics.
            let panic = self.thread.join().err();
            std::panic::resume_unwind(panic.unwrap_or_else(|| Box::new("heads were not read")));
        };
        heads
    }
}

impl Drop for Heads {
    /// Lets the threads end, if the heads are not wanted any more.
    fn drop(&mut self) {
        self.shared.lock().documents.clear();
        self.shared.complete();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn complete(&self) {
        self.lock().is_complete = true;
        self.changed.notify_all();
    }

    /// Reads heads until there are no more documents.
    fn read(&self) -> Vec<Numbered> {
        let (mut reader, options) = (HeadReader::default(), Options::deep());
        let mut heads = Vec::new();
        while let Some((number, document)) = self.take() {
            heads.push((number, reader.read(&document, &options)));
        }
        heads
    }

    /// The next document that nobody has taken, with its number.
    fn take(&self) -> Option<(usize, Bytes)> {
        let mut state = self.lock();
        loop {
            let number = state.taken;
            if let Some(document) = state.documents.get(number).cloned() {
                state.taken += 1;
                state.waiting -= document.len();
                return Some((number, document));
            }
            if state.is_complete {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: &str) -> Result<Head, ParseError> {
        let mut heads = Heads::default();
        heads.add(Bytes::copy_from_slice(document.as_bytes()));
        heads.finish().remove(0)
    }

    fn error(document: &str) -> String {
        read(document).expect_err("no head").to_string()
    }

    #[test]
    fn texts_may_be_written_as_numbers() {
        let head = read("kind: 1\nMetaData: {name: 1.50, Annotations: {a: true, b: }}").unwrap();
        assert_eq!((head.kind.as_str(), head.name.as_str()), ("1", "1.5"));
        assert_eq!(head.annotations["a"], "true");
        assert_eq!(head.annotations["b"], "");
        assert_eq!(read("# nothing").unwrap(), Head::default());
    }

    /// The heads of many documents.
    fn many(most_threads: usize) -> Heads {
        let mut heads = Heads::default();
        heads.most_threads = Some(most_threads);
        for number in 0..500 {
            heads.add(format!("kind: K{number}\na: {}\n", "x".repeat(3_000)).into());
        }
        heads
    }

    #[test]
    fn many_documents_keep_their_order() {
        for most_threads in [0, 1, 7] {
            let heads = many(most_threads);
            assert_eq!(heads.threads.is_empty(), most_threads == 0);
            let kinds = heads.finish().into_iter().map(|head| head.unwrap().kind);
            assert!(kinds.eq((0..500).map(|number| format!("K{number}"))));
        }
    }

    #[test]
    fn threads_end_when_the_heads_are_not_wanted() {
        let mut heads = many(2);
        let threads = mem::take(&mut heads.threads);
        drop(heads);
        for reading in threads {
            reading.thread.join().unwrap();
        }
    }

    #[test]
    fn other_shapes_are_refused_in_words_of_go() {
        let prefix = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal";
        assert_eq!(error("abc"), format!("{prefix} string into Go value of type util.SimpleHead"));
        assert_eq!(
            error("metadata: {annotations: {a: [1]}}\nkind: [1]"),
            format!("{prefix} array into Go struct field SimpleHead.kind of type string")
        );
        assert_eq!(
            error("metadata: 5"),
            format!(
                "{prefix} number into Go struct field SimpleHead.metadata of type struct {{ Name \
                 string \"json:\\\"name\\\"\"; Annotations map[string]string \
                 \"json:\\\"annotations\\\"\" }}"
            )
        );
        assert_eq!(
            error("a: ["),
            "error converting YAML to JSON: yaml: line 1: did not find expected node content"
        );
    }
}
