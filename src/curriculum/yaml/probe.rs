//! A first look at a YAML text for anchors, which costs no memory: nothing that an alias names is ever copied.

use saphyr::{AnnotatedMapping, LoadableYamlNode, Marker, Yaml};
use std::{
    cell::Cell,
    hash::{Hash, Hasher},
};

thread_local! {
    /// How often the loader copied a node in this thread: it copies only what an anchor names.
    static COPIES: Cell<usize> = const { Cell::new(0) };
    /// The number of the next node in this thread.
    static NODES: Cell<usize> = const { Cell::new(0) };
}

/// Where the first anchor stands, by line and column, if there is any.
pub(super) fn anchor(text: &str) -> Option<(usize, usize)> {
    if !text.contains('&') {
        return None;
    }
    COPIES.set(0);
    let _ = Probe::load_from_str(text);
    if COPIES.get() == 0 {
        return None;
    }
    // The loader does not say where: take the first thing that looks like one.
    for (at, line) in super::breaks(text).enumerate() {
        let mut before = ' ';
        for (column, c) in line.chars().enumerate() {
            if c == '&' && (before.is_whitespace() || matches!(before, '[' | '{' | ',')) {
                return Some((at + 1, column + 1));
            }
            before = c;
        }
    }
    Some((1, 1))
}

/// A node that holds only its shape and a number of its own, by which two are told apart.
#[derive(Debug, Default)]
struct Probe {
    number: usize,
    shape: Shape,
}

#[derive(Debug, Default)]
enum Shape {
    #[default]
    Unset,
    Scalar,
    List(Vec<Probe>),
    Mapping(AnnotatedMapping<'static, Probe>),
}

impl Probe {
    fn new(shape: Shape) -> Self {
        let number = NODES.get();
        NODES.set(number.wrapping_add(1));
        Self { number, shape }
    }
}
impl Clone for Probe {
    fn clone(&self) -> Self {
        COPIES.set(COPIES.get().saturating_add(1));
        Self::new(Shape::Scalar)
    }
}
impl PartialEq for Probe {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}
impl Eq for Probe {}
impl Hash for Probe {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl<'input> LoadableYamlNode<'input> for Probe {
    type HashKey = Probe;

    fn from_bare_yaml(yaml: Yaml<'input>) -> Self {
        Self::new(match yaml {
            Yaml::Sequence(_) => Shape::List(Vec::new()),
            Yaml::Mapping(_) => Shape::Mapping(AnnotatedMapping::new()),
            Yaml::BadValue => Shape::Unset,
            _ => Shape::Scalar,
        })
    }
    fn is_sequence(&self) -> bool {
        matches!(self.shape, Shape::List(_))
    }
    fn is_mapping(&self) -> bool {
        matches!(self.shape, Shape::Mapping(_))
    }
    fn is_badvalue(&self) -> bool {
        matches!(self.shape, Shape::Unset)
    }
    #[expect(clippy::panic, reason = "the loader asks only after is_sequence")]
    fn sequence_mut(&mut self) -> &mut Vec<Self> {
        match &mut self.shape {
            Shape::List(items) => items,
            _ => panic!("not a list"),
        }
    }
    #[expect(clippy::panic, reason = "the loader asks only after is_mapping")]
    fn mapping_mut(&mut self) -> &mut AnnotatedMapping<'static, Self> {
        match &mut self.shape {
            Shape::Mapping(entries) => entries,
            _ => panic!("not a mapping"),
        }
    }
    fn into_tagged(self, _: std::borrow::Cow<'input, saphyr::Tag>) -> Self {
        self
    }
    fn take(&mut self) -> Self {
        std::mem::take(self)
    }
    fn with_start_marker(self, _: Marker) -> Self {
        self
    }
}
