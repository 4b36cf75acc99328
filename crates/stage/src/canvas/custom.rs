use super::calls::{CanvasCalls, Scope};
use crate::{
    id::NodeId,
    layer::{Hole, Layer},
};

/// What a script's calls came to.
#[derive(Debug, Default)]
pub(crate) struct Played {
    /// Bottom first.
    pub layers: Vec<Layer>,
    /// The places in them of what the stage draws, each once.
    pub holes: Vec<Hole>,
    /// Whether anything blends with what is below otherwise than by lying on top.
    pub blends: bool,
}

/// What a script draws of a node instead of the stage.
#[derive(Debug)]
pub(crate) struct Custom {
    /// What it was made of.
    pub calls: CanvasCalls,
    /// How much that is.
    pub weight: usize,
    /// The fonts there were then.
    pub generation: u64,
    pub played: Played,
}

/// What a script draws of a node, by what of it.
#[derive(Debug, Default)]
pub(crate) struct Customs {
    pub content: Option<Custom>,
    pub whole: Option<Custom>,
}

impl Customs {
    pub fn of(&self, scope: Scope) -> Option<&Custom> {
        match scope {
            Scope::Content => self.content.as_ref(),
            Scope::Whole => self.whole.as_ref(),
        }
    }

    pub fn slot(&mut self, scope: Scope) -> &mut Option<Custom> {
        match scope {
            Scope::Content => &mut self.content,
            Scope::Whole => &mut self.whole,
        }
    }

    fn all(&self) -> impl Iterator<Item = &Custom> {
        self.content.iter().chain(&self.whole)
    }

    /// Whether anything blends otherwise than by lying on top.
    pub fn blends(&self) -> bool {
        self.all().any(|custom| custom.played.blends)
    }

    /// How much of calls is kept.
    pub fn weight(&self) -> usize {
        self.all().map(|custom| custom.weight).sum()
    }

    /// The other nodes that are drawn.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.all()
            .flat_map(|custom| &custom.played.holes)
            .map(|hole| hole.node)
    }
}
