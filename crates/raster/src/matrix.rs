//! The numbers that relate RGB and YUV.

use crate::Matrix;

/// The weights of red and blue in luma.
fn weights(matrix: Matrix) -> (f64, f64) {
    match matrix {
        Matrix::Bt601 => (0.299, 0.114),
        Matrix::Bt709 => (0.2126, 0.0722),
        Matrix::Bt2020 => (0.2627, 0.0593),
    }
}

/// How many steps luma and chroma span, and where luma begins.
fn spans(full_range: bool) -> (f64, f64, f64) {
    if full_range {
        (255.0, 255.0, 0.0)
    } else {
        (219.0, 224.0, 16.0)
    }
}

/// Rows give Y, U and V (without their offsets 16, 128, 128) of 8-bit RGB, in
/// BT.709, limited range.
pub(crate) fn rgb_to_yuv() -> [[f64; 3]; 3] {
    let (red, blue) = weights(Matrix::Bt709);
    let green = 1.0 - red - blue;
    let (luma, chroma, _) = spans(false);
    let y = [red, green, blue];
    let u = [-red, -green, 1.0 - blue].map(|w| w / (2.0 * (1.0 - blue)));
    let v = [1.0 - red, -green, -blue].map(|w| w / (2.0 * (1.0 - red)));
    [
        y.map(|w| w * luma / 255.0),
        u.map(|w| w * chroma / 255.0),
        v.map(|w| w * chroma / 255.0),
    ]
}

/// How a picture's YUV becomes 8-bit RGB: rows give R, G and B of
/// `(Y - offset, U - 128, V - 128)`; and that offset.
pub(crate) fn yuv_to_rgb(matrix: Matrix, full_range: bool) -> ([[f64; 3]; 3], f64) {
    let (red, blue) = weights(matrix);
    let green = 1.0 - red - blue;
    let (luma, chroma, offset) = spans(full_range);
    let (y, c) = (255.0 / luma, 255.0 / chroma);
    let from_v = 2.0 * (1.0 - red) * c;
    let from_u = 2.0 * (1.0 - blue) * c;
    let rows = [
        [y, 0.0, from_v],
        [y, -from_u * blue / green, -from_v * red / green],
        [y, from_u, 0.0],
    ];
    (rows, offset)
}

/// How a picture's YUV becomes BT.709, limited range: rows give the new
/// `(Y - 16, U - 128, V - 128)` of `(Y - offset, U - 128, V - 128)`.
pub(crate) fn yuv_to_yuv(matrix: Matrix, full_range: bool) -> ([[f64; 3]; 3], f64) {
    let (first, offset) = yuv_to_rgb(matrix, full_range);
    let second = rgb_to_yuv();
    let cell = |row: usize, column: usize| (0..3).map(|k| second[row][k] * first[k][column]).sum();
    let rows = std::array::from_fn(|row| std::array::from_fn(|column| cell(row, column)));
    (rows, offset)
}

/// `rows` as fixed-point numbers with `bits` binary places.
pub(crate) fn fixed(rows: [[f64; 3]; 3], bits: u32) -> [[i32; 3]; 3] {
    let one = f64::from(1_u32 << bits);
    rows.map(|row| row.map(|value| (value * one).round() as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_235_and_grey_has_no_chroma() {
        let [y, u, v] = rgb_to_yuv();
        let of_white = |row: [f64; 3]| row.iter().sum::<f64>() * 255.0;
        assert!((of_white(y) - 219.0).abs() < 1e-9);
        assert!(of_white(u).abs() < 1e-9 && of_white(v).abs() < 1e-9);
    }

    #[test]
    fn what_is_bt709_already_stays_as_it_is() {
        let (rows, offset) = yuv_to_yuv(Matrix::Bt709, false);
        assert_eq!(offset, 16.0);
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let identity = if row == column { 1.0 } else { 0.0 };
                assert!((cell - identity).abs() < 1e-12);
            }
        }
    }
}
