use super::{Place, Printer, is_simple_key};
use crate::edit::Node;
use crate::parse::NodeComments;
use crate::print::PrintError;

impl Printer {
    pub(super) fn flow_list(&mut self, node: &Node, items: &[Node]) -> Result<(), PrintError> {
        let before = self.emitter.indent;
        self.indicator("[", true, true, false);
        self.emitter.increase_indent(true, false);
        self.flow_level += 1;
        let mut has_comma = true;
        for item in items {
            self.wait_for(item, "");
            self.flow_comma(has_comma);
            let is_commented = self.has_comment_behind();
            self.start(item, Place::Item)?;
            if self.has_comment_behind() {
                self.indicator(",", false, false, false);
            }
            self.line_comment();
            self.foot_comment();
            self.inside(item, Place::Item)?;
            has_comma = is_commented;
        }
        self.wait_for_end(node, "");
        self.flow_level -= 1;
        self.emitter.indent = before;
        if self.emitter.column == 0 {
            self.write_indent();
        }
        self.indicator("]", false, false, false);
        self.line_comment();
        self.foot_comment();
        Ok(())
    }

    pub(super) fn flow_map(
        &mut self,
        node: &Node,
        entries: &[(Node, Node)],
    ) -> Result<(), PrintError> {
        let before = self.emitter.indent;
        self.indicator("{", true, true, false);
        self.emitter.increase_indent(true, false);
        self.flow_level += 1;
        let mut tail = "";
        let mut has_comma = true;
        for (key, value) in entries {
            self.wait_for_key(key, tail);
            tail = &key.comments.foot;
            self.flow_comma(has_comma);
            let place = if is_simple_key(key) { Place::SimpleKey } else { Place::Entry };
            if place == Place::Entry {
                self.indicator("?", true, false, false);
            }
            self.start(key, place)?;
            self.inside(key, place)?;
            self.wait_for(value, "");
            self.indicator(":", place == Place::Entry, false, false);
            let is_commented = self.has_comment_behind();
            self.start(value, Place::Entry)?;
            if self.has_comment_behind() {
                self.indicator(",", false, false, false);
            }
            self.line_comment();
            self.foot_comment();
            self.inside(value, Place::Entry)?;
            has_comma = is_commented;
        }
        self.wait_for_end(node, tail);
        let NodeComments { head, foot, .. } = &self.comments;
        let is_commented = !(head.is_empty() && foot.is_empty() && self.tail.is_empty());
        if is_commented && !has_comma {
            self.indicator(",", false, false, false);
        }
        self.head_comment();
        self.flow_level -= 1;
        self.emitter.indent = before;
        self.indicator("}", false, false, false);
        self.line_comment();
        self.foot_comment();
        Ok(())
    }

    /// Goes to the next item between brackets.
    fn flow_comma(&mut self, has_comma: bool) {
        if !has_comma {
            self.indicator(",", false, false, false);
        }
        self.head_comment();
        if self.emitter.column == 0 {
            self.write_indent();
        }
    }
}
