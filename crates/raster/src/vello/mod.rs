//! The renderer that draws on the processor: everything that speaks `vello_cpu`.
//!
//! The rest of the crate sees a [`Renderer`], which draws lists of items, the
//! pictures that it holds in its own form ([`image`]), and fonts as it takes them.

mod brush;
pub(crate) mod image;
mod pass;
mod seam;

use std::{collections::HashMap, rc::Rc};

pub(crate) use vello_cpu::peniko::{Blob, FontData};
use vello_cpu::{PixmapMut, RenderContext, RenderSettings, Resources};

use crate::{
    Assets, SimdLevel,
    effect::Effects,
    hsl,
    picture::Pictures,
    pool::Pool,
    scene::{Item, Numbers},
    view::View,
};

use self::{image::Image, pass::Pass};

/// Draws flat lists of items.
pub(crate) struct Renderer {
    pub level: SimdLevel,
    pub pictures: Pictures,
    /// What the effects made of layers, by the layers' numbers.
    effects: HashMap<u64, Rc<Effects>>,
    pool: Pool,
    resources: Resources,
    contexts: Vec<RenderContext>,
}

impl Renderer {
    pub fn new(level: SimdLevel) -> Self {
        Self {
            level,
            pictures: Pictures::new(level),
            effects: HashMap::new(),
            pool: Pool::default(),
            resources: Resources::new(),
            contexts: Vec::new(),
        }
    }

    /// Draws `items` into `pixels`: premultiplied RGBA, `view.width()` by
    /// `view.height()`.
    pub fn render(
        &mut self,
        items: &[Item],
        view: View,
        assets: &dyn Assets,
        pixels: &mut Vec<u8>,
    ) {
        let last = items
            .iter()
            .rposition(|item| item.bounds.meets(view.rect) && hsl::is_hsl(item.blend()));
        let Some(at) = last else {
            return self.pass(None, items, view, assets, pixels);
        };
        // The rasteriser cannot blend this one: it is blended with the finished
        // picture of all below, and the rest goes on top of that.
        let mut below = Vec::new();
        self.render(&items[..at], view, assets, &mut below);
        self.pass(None, &items[at..=at], view, assets, pixels);
        hsl::blend(&mut below, pixels, items[at].blend());
        let below = Image::new(below, view.width(), view.height(), false);
        self.pass(Some(below), &items[at + 1..], view, assets, pixels);
    }

    /// Draws `items` in one go, onto a picture of the whole view if there is one.
    fn pass(
        &mut self,
        below: Option<Image>,
        items: &[Item],
        view: View,
        assets: &dyn Assets,
        pixels: &mut Vec<u8>,
    ) {
        let (width, height) = (view.width(), view.height());
        pixels.resize(width * height * 4, 0);
        let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) else {
            return;
        };
        if width == 0 || height == 0 {
            return;
        }
        let mut context = self.contexts.pop().unwrap_or_else(|| {
            let settings = RenderSettings {
                level: self.level.level(),
                num_threads: 0,
            };
            RenderContext::new_with(width, height, settings)
        });
        context.reset_and_resize(width, height);
        let mut pass = Pass {
            renderer: self,
            context: &mut context,
            view,
            assets,
            clips: Vec::new(),
        };
        if let Some(below) = below {
            pass.draw_window(below);
        }
        pass.draw(items);
        pass.leave_clips(0);
        if let Some(target) = PixmapMut::new(width, height, pixels) {
            context.render(target, &mut self.resources);
        }
        self.contexts.push(context);
    }

    /// Lets go of what belongs to nothing in the last frame.
    pub fn end_frame(&mut self, numbers: &Numbers) {
        self.pictures.end_frame();
        if self.effects.is_empty() {
            return;
        }
        let living = numbers.living();
        let gone = self.effects.extract_if(|id, _| !living.contains(id));
        let gone: Vec<Rc<Effects>> = gone.map(|(_, effects)| effects).collect();
        if gone.is_empty() {
            return;
        }
        // Contexts hold the pictures of what they drew last.
        self.contexts.iter_mut().for_each(RenderContext::reset);
        for effects in gone.into_iter().filter_map(Rc::into_inner) {
            effects.recycle(&self.pool);
        }
    }
}
