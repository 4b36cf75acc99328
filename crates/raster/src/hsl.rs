//! The blend modes that look at hue, saturation and luminosity.
//!
//! The rasteriser divides zero by zero where such a mode meets black or nothing,
//! so these modes are computed here.

use kinora_film::Blend;

type Rgb = [f32; 3];

/// Whether a mode is one of them.
pub(crate) fn is_hsl(blend: Blend) -> bool {
    matches!(
        blend,
        Blend::Hue | Blend::Saturation | Blend::Color | Blend::Luminosity
    )
}

/// Blends `source` onto `below`, both premultiplied RGBA of the same size.
pub(crate) fn blend(below: &mut [u8], source: &[u8], mode: Blend) {
    for (below, source) in below.chunks_exact_mut(4).zip(source.chunks_exact(4)) {
        if source[3] == 0 {
            continue;
        }
        let channels = |pixel: &[u8]| -> [f32; 4] {
            std::array::from_fn(|index| f32::from(pixel[index]) / 255.0)
        };
        let ([sr, sg, sb, sa], [br, bg, bb, ba]) = (channels(source), channels(below));
        let straight = |rgb: Rgb, alpha: f32| match alpha {
            0.0 => [0.0; 3],
            _ => rgb.map(|channel| (channel / alpha).min(1.0)),
        };
        let mixed = mix(mode, straight([sr, sg, sb], sa), straight([br, bg, bb], ba));
        let source = [sr, sg, sb];
        for (index, below) in below[..3].iter_mut().enumerate() {
            let backdrop = f32::from(*below) / 255.0;
            let sum = (1.0 - sa) * backdrop + (1.0 - ba) * source[index] + sa * ba * mixed[index];
            *below = (sum * 255.0 + 0.5) as u8;
        }
        below[3] = ((sa + ba - sa * ba) * 255.0 + 0.5) as u8;
        let alpha = below[3];
        for channel in &mut below[..3] {
            *channel = (*channel).min(alpha);
        }
    }
}

fn mix(mode: Blend, source: Rgb, below: Rgb) -> Rgb {
    match mode {
        Blend::Hue => {
            let color = with_saturation(source, saturation(below));
            with_luminosity(color, luminosity(below))
        }
        Blend::Saturation => {
            let color = with_saturation(below, saturation(source));
            with_luminosity(color, luminosity(below))
        }
        Blend::Color => with_luminosity(source, luminosity(below)),
        Blend::Luminosity => with_luminosity(below, luminosity(source)),
        _ => source,
    }
}

fn luminosity([r, g, b]: Rgb) -> f32 {
    0.3 * r + 0.59 * g + 0.11 * b
}

fn least([r, g, b]: Rgb) -> f32 {
    r.min(g).min(b)
}

fn most([r, g, b]: Rgb) -> f32 {
    r.max(g).max(b)
}

fn saturation(color: Rgb) -> f32 {
    most(color) - least(color)
}

fn with_luminosity(color: Rgb, luminosity: f32) -> Rgb {
    let shift = luminosity - self::luminosity(color);
    let shifted = color.map(|channel| channel + shift);
    let (least, most) = (least(shifted), most(shifted));
    let (below, above) = (luminosity - least, most - luminosity);
    shifted.map(|channel| {
        let offset = channel - luminosity;
        if least < 0.0 && below > 0.0 {
            luminosity + offset * luminosity / below
        } else if most > 1.0 && above > 0.0 {
            luminosity + offset * (1.0 - luminosity) / above
        } else {
            channel
        }
        .clamp(0.0, 1.0)
    })
}

fn with_saturation(color: Rgb, saturation: f32) -> Rgb {
    let (least, range) = (least(color), self::saturation(color));
    color.map(|channel| match range {
        0.0 => 0.0,
        _ => (channel - least) * saturation / range,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_over_nothing_stays_grey() {
        for mode in [
            Blend::Hue,
            Blend::Saturation,
            Blend::Color,
            Blend::Luminosity,
        ] {
            let mut below = [0; 4];
            blend(&mut below, &[77, 77, 77, 255], mode);
            assert_eq!(below, [77, 77, 77, 255]);
        }
    }

    #[test]
    fn color_takes_the_light_from_below() {
        let mut below = [128, 128, 128, 255];
        blend(&mut below, &[255, 0, 0, 255], Blend::Color);
        assert_eq!(below, [255, 74, 74, 255]);
        let mut black = [0, 0, 0, 255];
        blend(&mut black, &[77, 77, 77, 255], Blend::Color);
        assert_eq!(black, [0, 0, 0, 255]);
    }
}
