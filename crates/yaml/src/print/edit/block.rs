use std::mem;

use super::{Place, Printer, is_simple_key};
use crate::edit::Node;
use crate::print::PrintError;

impl Printer {
    pub(super) fn block_list(
        &mut self,
        node: &Node,
        items: &[Node],
        place: Place,
    ) -> Result<(), PrintError> {
        let is_compact =
            place == Place::Entry && (self.emitter.column == 0 || !self.emitter.indention);
        self.emitter.increase_indent(false, is_compact);
        for item in items {
            self.wait_for(item, "");
            self.head_comment();
            self.write_indent();
            self.indicator("-", true, false, true);
            self.start(item, Place::Item)?;
            self.line_comment();
            self.foot_comment();
            self.inside(item, Place::Item)?;
        }
        self.wait_for_end(node, "");
        Ok(())
    }

    pub(super) fn block_map(
        &mut self,
        node: &Node,
        entries: &[(Node, Node)],
    ) -> Result<(), PrintError> {
        self.emitter.increase_indent(false, false);
        let mut tail = "";
        for (key, value) in entries {
            self.wait_for_key(key, tail);
            tail = &key.comments.foot;
            self.head_comment();
            self.write_indent();
            if !self.comments.line.is_empty() {
                self.key_line = mem::take(&mut self.comments.line);
            }
            if is_simple_key(key) {
                self.start(key, Place::SimpleKey)?;
                self.inside(key, Place::SimpleKey)?;
                self.wait_for(value, "");
                self.indicator(":", false, false, false);
            } else {
                self.indicator("?", true, false, true);
                self.start(key, Place::Entry)?;
                self.inside(key, Place::Entry)?;
                self.wait_for(value, "");
                self.write_indent();
                self.indicator(":", true, false, true);
            }
            self.key_comment(value);
            self.start(value, Place::Entry)?;
            self.line_comment();
            self.foot_comment();
            self.inside(value, Place::Entry)?;
        }
        self.wait_for_end(node, tail);
        self.head_comment();
        Ok(())
    }
}
