use crate::{Assets, rect::PixelRect, scene::Item, vello::Renderer, view::View};

/// Sides of a tile in pixels: multiples of the rasteriser's 4-pixel rows.
/// A tile is drawn as a whole, so what it shows depends on its frame alone,
/// and not on what stood there before.
const WIDTH: i32 = 960;
const HEIGHT: i32 = 540;

/// A part of the canvas, and what is drawn there.
pub(crate) struct Tile {
    area: PixelRect,
    items: Vec<u64>,
    /// The pixels that are drawn at all; even.
    pub rect: PixelRect,
    /// Premultiplied RGBA over `rect`.
    pub pixels: Vec<u8>,
    /// Grows whenever rectangle or pixels change.
    pub version: u64,
}

/// The canvas in tiles, each of which is drawn again only when something on it
/// has changed.
pub(crate) struct Tiles {
    pub tiles: Vec<Tile>,
    canvas: PixelRect,
}

impl Tiles {
    /// Transparent tiles over a canvas of even sides.
    pub fn new(canvas: PixelRect) -> Self {
        let mut tiles = Vec::new();
        for y in (canvas.y0..canvas.y1).step_by(HEIGHT as usize) {
            for x in (canvas.x0..canvas.x1).step_by(WIDTH as usize) {
                let area = PixelRect::new(x, y, x + WIDTH, y + HEIGHT).intersect(canvas);
                tiles.push(Tile {
                    area,
                    items: Vec::new(),
                    rect: PixelRect::default(),
                    pixels: Vec::new(),
                    version: 0,
                });
            }
        }
        Self { tiles, canvas }
    }

    /// Draws what differs from the last call.
    pub fn draw(&mut self, items: &[Item], renderer: &mut Renderer, assets: &dyn Assets) {
        for tile in &mut self.tiles {
            let on_tile = || items.iter().filter(|item| item.bounds.meets(tile.area));
            if on_tile().map(|item| item.id).eq(tile.items.iter().copied()) {
                continue;
            }
            tile.items = on_tile().map(|item| item.id).collect();
            tile.rect = on_tile()
                .fold(PixelRect::default(), |all, item| all.union(item.bounds))
                .intersect(tile.area)
                .even();
            tile.version += 1;
            let view = View {
                rect: tile.rect,
                reduction: 1,
                canvas: self.canvas,
            };
            renderer.render(items, view, assets, &mut tile.pixels);
        }
    }
}
