use std::sync::Arc;

use super::{Coalesce, Mode, Place};
use crate::values::live::Item;
use crate::values::node::{Data, Node, Table};

/// What merging sees in the entry of a map: in one that can be changed, or in one that is replaced.
pub(super) trait Slot: From<Node> {
    fn look(&self) -> Look;

    /// Puts defaults under the map that it is, if it is one. What it becomes, unless it stays.
    fn merge(
        &self,
        work: &mut Coalesce<'_>,
        under: &Arc<Table>,
        at: (Place<'_>, Mode),
    ) -> Option<Self>;
}

/// What a key of a map has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Null,
    Table,
    Other,
}

impl Slot for Node {
    fn look(&self) -> Look {
        match self.data {
            Data::Null => Look::Null,
            Data::Map(_) => Look::Table,
            _ => Look::Other,
        }
    }

    fn merge(
        &self,
        work: &mut Coalesce<'_>,
        under: &Arc<Table>,
        at: (Place<'_>, Mode),
    ) -> Option<Self> {
        let over = self.table().filter(|over| !Arc::ptr_eq(over, under))?;
        let changes = work.defaults(over.entries(), under, at);
        if changes.is_empty() {
            return None;
        }
        let table = changes.apply(over.entries().to_vec()).into_iter().collect();
        Some(Self { data: Data::Map(Arc::new(table)), origin: self.origin.clone() })
    }
}

impl Slot for Item {
    fn look(&self) -> Look {
        match self {
            Self::Fixed(node) => node.look(),
            Self::Live(_) => Look::Table,
        }
    }

    fn merge(
        &self,
        work: &mut Coalesce<'_>,
        under: &Arc<Table>,
        at: (Place<'_>, Mode),
    ) -> Option<Self> {
        match self {
            Self::Fixed(node) => node.merge(work, under, at).map(Self::Fixed),
            Self::Live(live) => {
                let changes = work.defaults(&live.entries(), under, at);
                live.change(changes);
                None
            }
        }
    }
}

/// The entries of `under`, each with where its key is in `over` or belongs, and what is there.
pub(super) fn join<'e, T>(
    over: &'e [(Arc<str>, T)],
    under: &'e Table,
) -> impl Iterator<Item = (&'e Arc<str>, &'e Node, (usize, Option<&'e T>))> {
    let mut at = 0;
    under.entries().iter().map(move |(key, default)| {
        while over.get(at).is_some_and(|(known, _)| known < key) {
            at += 1;
        }
        let found = over.get(at).filter(|(known, _)| known == key);
        (key, default, (at, found.map(|(_, value)| value)))
    })
}
