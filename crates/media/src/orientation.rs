use ffmpeg_sys_the_third as ff;

use crate::Input;

/// How a stored picture is turned for display: transposed (rows become columns)
/// first, then mirrored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orientation {
    pub transpose: bool,
    pub mirror_x: bool,
    pub mirror_y: bool,
}

impl Orientation {
    /// The orientation that a stream's display matrix asks for; angles between
    /// quarter turns go to the nearest.
    pub(crate) fn of(input: &Input, index: usize) -> Self {
        let mut size = 0;
        // SAFETY: the stream is live; the data, where there is any, is `size` bytes.
        let matrix = unsafe {
            let data = ff::av_stream_get_side_data(
                input.stream(index),
                ff::AVPacketSideDataType::DISPLAYMATRIX,
                &mut size,
            );
            if data.is_null() || size < 36 {
                return Self::from_matrix([1, 0, 0, 1]);
            }
            let entry = |n: usize| data.cast::<i32>().add(n).read_unaligned();
            [entry(0), entry(1), entry(3), entry(4)]
        };
        Self::from_matrix(matrix)
    }

    /// From `[a, b, c, d]` where a stored point (x, y) is shown at (ax + cy, bx + dy).
    fn from_matrix([a, b, c, d]: [i32; 4]) -> Self {
        let size = |n: i32| n.unsigned_abs();
        if size(a).saturating_add(size(d)) >= size(b).saturating_add(size(c)) {
            Self {
                transpose: false,
                mirror_x: a < 0,
                mirror_y: d < 0,
            }
        } else {
            Self {
                transpose: true,
                mirror_x: c < 0,
                mirror_y: b < 0,
            }
        }
    }

    /// Whether a stored picture is shown as it is.
    pub(crate) fn is_upright(self) -> bool {
        !(self.transpose || self.mirror_x || self.mirror_y)
    }

    /// Width and height as shown.
    pub(crate) fn size<T>(self, (width, height): (T, T)) -> (T, T) {
        if self.transpose {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// A turned copy with tight rows of a plane of `width` by `height` elements of
    /// `N` bytes whose rows are `stride` bytes apart.
    pub(crate) fn turn<const N: usize>(
        self,
        plane: &[u8],
        stride: usize,
        (width, height): (usize, usize),
    ) -> Vec<u8> {
        let (out_width, out_height) = self.size((width, height));
        let mut out = vec![0; out_width * out_height * N];
        // Square tiles, because one side of a transposition walks down columns.
        const TILE: usize = 32;
        for (tile_y, tile_x) in (0..out_height)
            .step_by(TILE)
            .flat_map(|y| (0..out_width).step_by(TILE).map(move |x| (y, x)))
        {
            for y in tile_y..(tile_y + TILE).min(out_height) {
                for x in tile_x..(tile_x + TILE).min(out_width) {
                    let from_x = if self.mirror_x { out_width - 1 - x } else { x };
                    let from_y = if self.mirror_y { out_height - 1 - y } else { y };
                    let (from_x, from_y) = self.size((from_x, from_y));
                    let from = from_y * stride + from_x * N;
                    let to = (y * out_width + x) * N;
                    out[to..to + N].copy_from_slice(&plane[from..from + N]);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: i32 = 1 << 16;

    fn turned(matrix: [i32; 4]) -> Vec<u8> {
        // a b c
        // d e f   with one byte of padding after each row
        let plane = b"abc.def";
        Orientation::from_matrix(matrix).turn::<1>(plane, 4, (3, 2))
    }

    #[test]
    fn every_quarter_turn_and_mirror() {
        assert_eq!(turned([ONE, 0, 0, ONE]), b"abcdef");
        assert_eq!(turned([-ONE, 0, 0, -ONE]), b"fedcba");
        // A quarter turn clockwise: x goes down, y goes left.
        assert_eq!(turned([0, ONE, -ONE, 0]), b"daebfc");
        assert_eq!(turned([0, -ONE, ONE, 0]), b"cfbead");
        assert_eq!(turned([-ONE, 0, 0, ONE]), b"cbafed");
    }

    #[test]
    fn large_planes_cross_tiles_without_loss() {
        let (width, height) = (70, 45);
        let plane: Vec<u8> = (0..width * height).map(|n| (n % 251) as u8).collect();
        let there = Orientation::from_matrix([0, ONE, -ONE, 0]);
        let back = Orientation::from_matrix([0, -ONE, ONE, 0]);
        let turned = there.turn::<1>(&plane, width, (width, height));
        assert_eq!(back.turn::<1>(&turned, height, (height, width)), plane);
    }
}
