/// Why there is no painter for a canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RasterError {
    /// The canvas is empty or too large.
    #[error(
        "a canvas has 1 to {} pixels a side, got `{width}x{height}`",
        crate::Painter::MAX_SIDE
    )]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}
