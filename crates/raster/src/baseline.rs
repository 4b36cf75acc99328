use kinora_film::GlyphRun;
use kurbo::Affine;

/// Where a run's baseline lies: on a whole row of pixels when it is upright, on a
/// whole column when it stands on its side, and anywhere otherwise.
///
/// Browsers draw text so; horizontal stems then have the same sharpness in every
/// line. The price is that text moved by less than a pixel does not move.
pub(crate) fn snapped(run: &GlyphRun, transform: Affine) -> Affine {
    let Some(first) = run.glyphs.first() else {
        return transform;
    };
    let origin = transform * kurbo::Point::new(first.x.into(), first.y.into());
    let [a, b, c, d, ..] = transform.as_coeffs();
    // Half a row is rounded downwards on the canvas, as in browsers.
    let shift = |at: f64| (at + 0.5).floor() - at;
    let move_by = if is_none(b) && is_none(c) {
        (0.0, shift(origin.y))
    } else if is_none(a) && is_none(d) {
        (shift(origin.x), 0.0)
    } else {
        return transform;
    };
    Affine::translate(move_by) * transform
}

fn is_none(coefficient: f64) -> bool {
    coefficient.abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use kinora_film::{AssetId, Glyph};

    use super::*;

    fn run(x: f32, y: f32) -> GlyphRun {
        GlyphRun {
            font: AssetId::of(b"font"),
            index: 0,
            size: 20.0,
            coords: Vec::new(),
            embolden: 0.0,
            skew: 0.0,
            glyphs: vec![
                Glyph { id: 1, x, y },
                Glyph {
                    id: 2,
                    x: x + 9.0,
                    y,
                },
            ],
            fill: None,
            stroke: None,
            stroke_first: false,
        }
    }

    #[test]
    fn an_upright_baseline_lies_on_a_row() {
        for (y, row) in [
            (10.0, 10.0),
            (10.4, 10.0),
            (10.5, 11.0),
            (-0.5, 0.0),
            (-0.6, -1.0),
        ] {
            let placed = snapped(
                &run(3.3, 1.0),
                Affine::translate((0.25, y - 2.0)) * Affine::scale(2.0),
            );
            let origin = placed * kurbo::Point::new(3.3, 1.0);
            assert!(
                (origin.y - row).abs() < 1e-6,
                "{y} is drawn at {}",
                origin.y
            );
            assert!((origin.x - 6.85).abs() < 1e-6);
        }
    }

    #[test]
    fn a_baseline_on_its_side_lies_on_a_column() {
        let quarter = Affine::new([0.0, 1.0, -1.0, 0.0, 7.3, 4.7]);
        let origin = snapped(&run(0.0, 0.0), quarter) * kurbo::Point::ZERO;
        assert!((origin.x - 7.0).abs() < 1e-6 && (origin.y - 4.7).abs() < 1e-6);
    }

    #[test]
    fn a_turned_baseline_stays() {
        let turned = Affine::translate((1.3, 2.6)) * Affine::rotate(0.2);
        assert_eq!(snapped(&run(0.0, 0.0), turned), turned);
    }
}
