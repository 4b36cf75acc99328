use kurbo::Vec2;

use super::{
    corners::Corners,
    own::{Natural, Own, Scene},
    row::{KindRow, Role, Styles},
};
use crate::{change::Change, error::SetError, value::Input};

/// The root of a scene.
pub(super) const KIND: KindRow = KindRow {
    name: "view",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(View::default()),
};

#[derive(Debug)]
struct View {
    scene: Scene,
    corners: Corners,
}

impl Default for View {
    fn default() -> Self {
        Self {
            scene: Scene {
                size: Vec2::new(1920.0, 1080.0),
                scale: 1.0,
            },
            corners: Corners::default(),
        }
    }
}

impl Own for View {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        match input.name {
            "size" => {
                let size = input.or(Vec2::ZERO, Input::vec2)?;
                Ok(Change::put(&mut self.scene.size, size, Change::SCENE))
            }
            "resolutionScale" => {
                let scale = input.or(1.0, Input::number)?;
                Ok(Change::put(&mut self.scene.scale, scale, Change::SCENE))
            }
            _ => self.corners.set(input),
        }
    }

    fn natural(&self) -> Natural {
        Natural::fixed(self.scene.size)
    }

    fn corners(&self) -> Option<&Corners> {
        Some(&self.corners)
    }

    fn scene(&self) -> Option<&Scene> {
        Some(&self.scene)
    }
}
