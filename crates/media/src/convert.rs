use std::ptr::{self, NonNull};

use ffmpeg_sys_the_third as ff;

use crate::{
    AvFrame, Matrix, MediaError, Orientation,
    grade::{Cube, Grade, weights},
    video_frame::{Picture, Pixels, YuvColor},
};

/// Turns decoded pictures into the two forms that leave this crate: 8-bit 4:2:0
/// planes, or premultiplied RGBA for what has alpha or comes from RGB.
pub(crate) struct Converter {
    orientation: Orientation,
    rgba: bool,
    scaler: Option<Scaler>,
}

impl Converter {
    /// A converter for pictures stored in this orientation; all of them become
    /// RGBA when `rgba` is set.
    pub(crate) fn new(orientation: Orientation, rgba: bool) -> Self {
        Self {
            orientation,
            rgba,
            scaler: None,
        }
    }

    /// The picture in `frame`, upright. Planes that need no change are not copied.
    pub(crate) fn picture(&mut self, frame: &AvFrame) -> Result<Picture, MediaError> {
        let (graded, color) = self.graded(frame)?;
        let frame = graded.as_ref().unwrap_or(frame);
        let format = frame.format();
        let size = (frame.width(), frame.height());
        let pixels = if is_plain(frame) && !self.rgba {
            Pixels::Decoded {
                frame: frame.share()?,
                color,
            }
        } else if format == ff::AVPixelFormat::YUVA420P {
            Pixels::Rgba(rgba_from_yuva(frame, color).ok_or_else(unusable)?)
        } else if self.rgba || has_flag(format, ff::AV_PIX_FMT_FLAG_ALPHA | ff::AV_PIX_FMT_FLAG_RGB)
        {
            let rgba = self.scale(frame, color, ff::AVPixelFormat::RGBA)?;
            let mut rgba = tight(&rgba, 0, size.0 * 4, size.1)?;
            if has_flag(format, ff::AV_PIX_FMT_FLAG_ALPHA) {
                premultiply(&mut rgba);
            }
            Pixels::Rgba(rgba)
        } else {
            Pixels::Decoded {
                frame: self.scale(frame, color, ff::AVPixelFormat::YUV420P)?,
                color,
            }
        };
        let (width, height) = self.orientation.size(size);
        Ok(Picture {
            width: width as u32,
            height: height as u32,
            pixels: self.upright(pixels, size)?,
        })
    }

    /// What a picture of other light than BT.709's becomes; and what its numbers mean.
    /// Pictures with alpha or of RGB are taken for sRGB.
    fn graded(&mut self, frame: &AvFrame) -> Result<(Option<AvFrame>, YuvColor), MediaError> {
        let color = color_of(frame);
        let flags = ff::AV_PIX_FMT_FLAG_ALPHA | ff::AV_PIX_FMT_FLAG_RGB;
        let Some(grade) = Grade::of(frame, color).filter(|_| !has_flag(frame.format(), flags))
        else {
            return Ok((None, color));
        };
        let deep;
        let planes = if frame.format() == ff::AVPixelFormat::YUV420P10LE {
            frame
        } else {
            deep = self.scale(frame, color, ff::AVPixelFormat::YUV420P10LE)?;
            &deep
        };
        let graded = Cube::of(grade).apply(planes)?;
        let color = YuvColor {
            matrix: Matrix::Bt709,
            full_range: false,
        };
        Ok((Some(graded), color))
    }

    fn upright(
        &self,
        pixels: Pixels,
        (width, height): (usize, usize),
    ) -> Result<Pixels, MediaError> {
        if self.orientation.is_upright() {
            return Ok(pixels);
        }
        let half = (width.div_ceil(2), height.div_ceil(2));
        Ok(match pixels {
            Pixels::Rgba(rgba) => Pixels::Rgba(self.orientation.turn::<4>(
                &rgba,
                width * 4,
                (width, height),
            )),
            Pixels::Decoded { frame, color } => {
                let turn = |index, size: (usize, usize)| {
                    let (plane, stride) = frame.plane(index, size.0, size.1)?;
                    Some(self.orientation.turn::<1>(plane, stride, size))
                };
                let planes =
                    (|| Some([turn(0, (width, height))?, turn(1, half)?, turn(2, half)?]))();
                Pixels::Planes {
                    planes: planes.ok_or_else(unusable)?,
                    color,
                }
            }
            planes @ Pixels::Planes { .. } => planes,
        })
    }

    fn scale(
        &mut self,
        frame: &AvFrame,
        color: YuvColor,
        to: ff::AVPixelFormat,
    ) -> Result<AvFrame, MediaError> {
        let key = (frame.raw().width, frame.raw().height, frame.format(), to);
        let scaler = match &mut self.scaler {
            Some(scaler) if scaler.key == key && scaler.color == color => scaler,
            slot => slot.insert(Scaler::new(key, color)?),
        };
        scaler.run(frame)
    }
}

type ScalerKey = (i32, i32, ff::AVPixelFormat, ff::AVPixelFormat);

/// A pixel format conversion at equal size.
struct Scaler {
    context: NonNull<ff::SwsContext>,
    key: ScalerKey,
    color: YuvColor,
}

// SAFETY: the context holds tables only and is used by one thread at a time.
unsafe impl Send for Scaler {}

impl Scaler {
    fn new(
        key @ (width, height, from, to): ScalerKey,
        color: YuvColor,
    ) -> Result<Self, MediaError> {
        // Bit-exact code paths: the same numbers on every processor.
        let flags =
            ff::SWS_BICUBIC | ff::SWS_ACCURATE_RND | ff::SWS_BITEXACT | ff::SWS_FULL_CHR_H_INT;
        // SAFETY: plain numbers in; null means that the pair of formats is not supported.
        let context = unsafe {
            ff::sws_getContext(
                width,
                height,
                modern(from),
                width,
                height,
                to,
                flags,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null(),
            )
        };
        let context = NonNull::new(context).ok_or_else(unusable)?;
        let table = match color.matrix {
            Matrix::Bt601 => ff::SWS_CS_ITU601,
            Matrix::Bt709 => ff::SWS_CS_ITU709,
            Matrix::Bt2020 => ff::SWS_CS_BT2020,
        };
        let range = i32::from(color.full_range);
        let unity = 1 << 16;
        // SAFETY: the context is live and the tables are static. Conversions without
        // a matrix in them refuse the call, and then do not need it.
        unsafe {
            let table = ff::sws_getCoefficients(table);
            ff::sws_setColorspaceDetails(
                context.as_ptr(),
                table,
                range,
                table,
                range,
                0,
                unity,
                unity,
            );
        }
        Ok(Self {
            context,
            key,
            color,
        })
    }

    fn run(&mut self, frame: &AvFrame) -> Result<AvFrame, MediaError> {
        let (width, height, _, to) = self.key;
        let out = AvFrame::picture(width.max(0) as usize, height.max(0) as usize, to)?;
        // SAFETY: both frames have the size and formats that the context was made for,
        // and the output owns fresh buffers.
        unsafe {
            let from = frame.raw();
            ff::sws_scale(
                self.context.as_ptr(),
                from.data.as_ptr().cast(),
                from.linesize.as_ptr(),
                0,
                height,
                out.raw().data.as_ptr(),
                out.raw().linesize.as_ptr(),
            );
        }
        Ok(out)
    }
}

impl Drop for Scaler {
    fn drop(&mut self) {
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::sws_freeContext(self.context.as_ptr()) }
    }
}

/// Whether a pixel format has one of the flags.
pub(crate) fn has_flag(format: ff::AVPixelFormat, flags: i32) -> bool {
    // SAFETY: the answer is null or a static description.
    unsafe { ff::av_pix_fmt_desc_get(format).as_ref() }
        .is_some_and(|description| description.flags & flags as u64 != 0)
}

/// Multiplies colour by alpha in straight RGBA.
pub(crate) fn premultiply(rgba: &mut [u8]) {
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = pixel[3];
        for channel in &mut pixel[..3] {
            *channel = scale_by(*channel, alpha);
        }
    }
}

/// `value · alpha / 255`, rounded to the nearest.
fn scale_by(value: u8, alpha: u8) -> u8 {
    let product = u32::from(value) * u32::from(alpha) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

fn unusable() -> MediaError {
    MediaError::Settings("the picture's pixel format cannot be converted".to_owned())
}

/// 8-bit 4:2:0 planes with one chroma stride, stored top down.
fn is_plain(frame: &AvFrame) -> bool {
    let format = frame.format();
    let strides = frame.raw().linesize;
    (format == ff::AVPixelFormat::YUV420P || format == ff::AVPixelFormat::YUVJ420P)
        && strides[0] > 0
        && strides[1] > 0
        && strides[1] == strides[2]
}

/// The formats that mean full range by their name, under their usual name:
/// the range is told to the scaler separately.
fn modern(format: ff::AVPixelFormat) -> ff::AVPixelFormat {
    match format {
        ff::AVPixelFormat::YUVJ420P => ff::AVPixelFormat::YUV420P,
        ff::AVPixelFormat::YUVJ422P => ff::AVPixelFormat::YUV422P,
        ff::AVPixelFormat::YUVJ444P => ff::AVPixelFormat::YUV444P,
        ff::AVPixelFormat::YUVJ440P => ff::AVPixelFormat::YUV440P,
        other => other,
    }
}

fn color_of(frame: &AvFrame) -> YuvColor {
    let raw = frame.raw();
    // The height alone decides, as in browsers, however wide a cinema format is.
    let high_definition = raw.height >= 720;
    let matrix = match raw.colorspace {
        ff::AVColorSpace::BT709 => Matrix::Bt709,
        ff::AVColorSpace::BT2020_NCL | ff::AVColorSpace::BT2020_CL => Matrix::Bt2020,
        ff::AVColorSpace::UNSPECIFIED | ff::AVColorSpace::RGB if high_definition => Matrix::Bt709,
        _ => Matrix::Bt601,
    };
    let full_range =
        raw.color_range == ff::AVColorRange::JPEG || modern(frame.format()) != frame.format();
    YuvColor { matrix, full_range }
}

/// A copy of a plane without padding.
fn tight(frame: &AvFrame, plane: usize, row: usize, rows: usize) -> Result<Vec<u8>, MediaError> {
    let (bytes, stride) = frame.plane(plane, row, rows).ok_or_else(unusable)?;
    let mut out = Vec::with_capacity(row * rows);
    bytes
        .chunks(stride)
        .for_each(|line| out.extend_from_slice(&line[..row]));
    Ok(out)
}

/// Premultiplied RGBA from 4:2:0 with alpha, in 16.16 fixed point so that every
/// machine gets the same bytes.
fn rgba_from_yuva(frame: &AvFrame, color: YuvColor) -> Option<Vec<u8>> {
    let (width, height) = (frame.width(), frame.height());
    let half = (width.div_ceil(2), height.div_ceil(2));
    let (y, y_stride) = frame.plane(0, width, height)?;
    let (u, u_stride) = frame.plane(1, half.0, half.1)?;
    let (v, v_stride) = frame.plane(2, half.0, half.1)?;
    let (a, a_stride) = frame.plane(3, width, height)?;
    let weights = Weights::of(color);
    let mut out = vec![0; width * height * 4];
    for (row, line) in out.chunks_exact_mut(width * 4).enumerate() {
        let y = &y[row * y_stride..][..width];
        let a = &a[row * a_stride..][..width];
        let u = &u[row / 2 * u_stride..][..half.0];
        let v = &v[row / 2 * v_stride..][..half.0];
        for (x, pixel) in line.chunks_exact_mut(4).enumerate() {
            let [r, g, b] = weights.rgb(y[x], u[x / 2], v[x / 2]);
            let alpha = a[x];
            pixel.copy_from_slice(&[
                scale_by(r, alpha),
                scale_by(g, alpha),
                scale_by(b, alpha),
                alpha,
            ]);
        }
    }
    Some(out)
}

/// Factors from luma and chroma to RGB, times 65536.
struct Weights {
    black: i32,
    luma: i32,
    red_v: i32,
    green_u: i32,
    green_v: i32,
    blue_u: i32,
}

impl Weights {
    fn of(color: YuvColor) -> Self {
        let (kr, kb) = weights(color.matrix);
        let (black, luma, chroma) = if color.full_range {
            (0, 1.0, 1.0)
        } else {
            (16, 255.0 / 219.0, 255.0 / 224.0)
        };
        let kg: f64 = 1.0 - kr - kb;
        let fixed = |value: f64| (value * 65536.0).round() as i32;
        Self {
            black,
            luma: fixed(luma),
            red_v: fixed(2.0 * (1.0 - kr) * chroma),
            green_u: fixed(-2.0 * kb * (1.0 - kb) / kg * chroma),
            green_v: fixed(-2.0 * kr * (1.0 - kr) / kg * chroma),
            blue_u: fixed(2.0 * (1.0 - kb) * chroma),
        }
    }

    fn rgb(&self, y: u8, u: u8, v: u8) -> [u8; 3] {
        let luma = (i32::from(y) - self.black) * self.luma + 32768;
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        [
            luma + self.red_v * v,
            luma + self.green_u * u + self.green_v * v,
            luma + self.blue_u * u,
        ]
        .map(|channel| (channel >> 16).clamp(0, 255) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_scaling_rounds_to_the_nearest() {
        for value in 0..=255u8 {
            for alpha in 0..=255u8 {
                let exact = (f64::from(value) * f64::from(alpha) / 255.0).round() as u8;
                assert_eq!(scale_by(value, alpha), exact, "{value} {alpha}");
            }
        }
    }

    #[test]
    fn black_white_and_red_come_out_of_limited_range() {
        let weights = Weights::of(YuvColor {
            matrix: Matrix::Bt709,
            full_range: false,
        });
        assert_eq!(weights.rgb(16, 128, 128), [0, 0, 0]);
        assert_eq!(weights.rgb(235, 128, 128), [255, 255, 255]);
        let red = weights.rgb(63, 102, 240);
        assert!(red[0] >= 254 && red[1] <= 1 && red[2] <= 1, "{red:?}");
    }
}
