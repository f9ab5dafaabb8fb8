use regex_syntax::hir::{Capture, Class as HirClass, Hir, Look, Repetition};

use crate::class::Class;

/// A part of a pattern: what the engine runs, and the measures by which Go limits patterns.
pub(crate) struct Node {
    pub(crate) hir: Hir,
    shape: Shape,
    /// Levels of the tree.
    pub(crate) height: usize,
    /// Instructions of the program that Go would make.
    pub(crate) size: u64,
    /// How often the most repeated thing within is repeated by counts.
    pub(crate) copies: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Literal,
    Concat,
    Alternate,
    Other,
}

/// A repetition: how often, at most how often, and which is tried first.
#[derive(Clone, Copy)]
pub(crate) struct Repeat {
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
    pub(crate) is_greedy: bool,
    /// Whether it was written with braces.
    pub(crate) is_counted: bool,
}

impl Node {
    fn leaf(hir: Hir) -> Self {
        Self { hir, shape: Shape::Other, height: 1, size: 1, copies: 1 }
    }

    pub(crate) fn empty() -> Self {
        Self::leaf(Hir::empty())
    }

    pub(crate) fn class(class: Class) -> Self {
        Self::leaf(Hir::class(HirClass::Unicode(class)))
    }

    pub(crate) fn look(look: Look) -> Self {
        Self::leaf(Hir::look(look))
    }

    pub(crate) fn literal(char: char) -> Self {
        let mut buffer = [0; 4];
        let hir = Hir::literal(char.encode_utf8(&mut buffer).as_bytes());
        Self { shape: Shape::Literal, ..Self::leaf(hir) }
    }

    /// A literal that ignores case, which is a class to the engine.
    pub(crate) fn folded_literal(class: Class) -> Self {
        Self { shape: Shape::Literal, ..Self::class(class) }
    }

    pub(crate) fn concat(mut nodes: Vec<Self>) -> Self {
        match nodes.len() {
            0 => return Self::empty(),
            1 => return nodes.remove(0),
            _ => {}
        }
        let is_literal = nodes.iter().all(|node| node.shape == Shape::Literal);
        let shape = if is_literal { Shape::Literal } else { Shape::Concat };
        Self {
            height: if is_literal { 1 } else { height_over(&nodes, Shape::Concat) },
            size: nodes.iter().map(|node| node.size).sum(),
            copies: copies_in(&nodes),
            hir: Hir::concat(nodes.into_iter().map(|node| node.hir).collect()),
            shape,
        }
    }

    pub(crate) fn alternate(mut nodes: Vec<Self>) -> Self {
        if nodes.len() == 1 {
            return nodes.remove(0);
        }
        Self {
            height: height_over(&nodes, Shape::Alternate),
            size: nodes.iter().map(|node| node.size + 1).sum::<u64>().saturating_sub(1).max(1),
            copies: copies_in(&nodes),
            hir: Hir::alternation(nodes.into_iter().map(|node| node.hir).collect()),
            shape: Shape::Alternate,
        }
    }

    pub(crate) fn capture(index: u32, sub: Self) -> Self {
        Self {
            height: sub.height + 1,
            size: sub.size + 2,
            copies: sub.copies,
            hir: Hir::capture(Capture { index, name: None, sub: Box::new(sub.hir) }),
            shape: Shape::Other,
        }
    }

    pub(crate) fn repeat(repeat: Repeat, sub: Self) -> Self {
        let Repeat { min, max, is_greedy, is_counted } = repeat;
        let size = match (min, max) {
            (0, None) => sub.size.saturating_add(2),
            (min, None) => sub.size.saturating_mul(min.into()).saturating_add(1),
            (min, Some(max)) => {
                sub.size.saturating_mul(max.into()).saturating_add((max.saturating_sub(min)).into())
            }
        };
        let copies = match (is_counted, max) {
            (false, _) => sub.copies,
            (true, Some(0)) => 1,
            (true, max) => sub.copies.saturating_mul(max.unwrap_or(min).max(1).into()),
        };
        let hir =
            Hir::repetition(Repetition { min, max, greedy: is_greedy, sub: Box::new(sub.hir) });
        Self { hir, shape: Shape::Other, height: sub.height + 1, size: size.max(1), copies }
    }
}

/// The height of a node over others; one of its own shape gives it its parts instead.
fn height_over(nodes: &[Node], shape: Shape) -> usize {
    let below = nodes.iter().map(|node| node.height - usize::from(node.shape == shape));
    1 + below.max().unwrap_or(0)
}

fn copies_in(nodes: &[Node]) -> u64 {
    nodes.iter().map(|node| node.copies).max().unwrap_or(1)
}
