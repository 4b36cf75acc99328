use std::{
    ffi::c_int,
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{AvFrame, MediaError, error::reason, log};

/// An owned libswresample context.
struct Swr(NonNull<ff::SwrContext>);

// SAFETY: the context is used by one thread at a time.
unsafe impl Send for Swr {}

/// One side of a conversion.
struct Side<'a> {
    layout: &'a ff::AVChannelLayout,
    format: ff::AVSampleFormat,
    rate: u32,
}

impl Swr {
    fn new(from: Side, to: Side, options: &[(&std::ffi::CStr, i64)]) -> Result<Self, MediaError> {
        log::forget();
        let mut context = ptr::null_mut();
        // SAFETY: the layouts are live and only read (the signature lacks the const);
        // the context is owned by `Swr` as soon as it exists.
        unsafe {
            ff::swr_alloc_set_opts2(
                &mut context,
                ptr::from_ref(to.layout).cast_mut(),
                to.format,
                to.rate as c_int,
                ptr::from_ref(from.layout).cast_mut(),
                from.format,
                from.rate as c_int,
                0,
                ptr::null_mut(),
            );
            let swr = Self(NonNull::new(context).ok_or(MediaError::OutOfMemory)?);
            for (name, value) in options {
                ff::av_opt_set_int(context.cast(), name.as_ptr(), *value, 0);
            }
            match ff::swr_init(context) {
                0.. => Ok(swr),
                code => Err(MediaError::Settings(format!(
                    "sound cannot be converted from `{}` to `{}` samples a second: {}",
                    from.rate,
                    to.rate,
                    reason(code)
                ))),
            }
        }
    }

    /// Converts `count` samples behind `data` (null to flush) and appends them,
    /// interleaved stereo, to `out`.
    ///
    /// # Safety
    /// `data` is null, or holds a pointer to `count` samples for each plane of the
    /// input format.
    unsafe fn convert(
        &mut self,
        data: *const *const u8,
        count: usize,
        out: &mut Vec<f32>,
    ) -> Result<usize, MediaError> {
        let context = self.0.as_ptr();
        let start = out.len();
        // SAFETY: the vector is grown to the number of samples announced; see above for `data`.
        let made = unsafe {
            let room = ff::swr_get_out_samples(context, count as c_int).max(0) as usize + 32;
            out.resize(start + 2 * room, 0.0);
            let mut plane = out[start..].as_mut_ptr().cast::<u8>();
            ff::swr_convert(
                context,
                &mut plane,
                room as c_int,
                data.cast_mut(),
                count as c_int,
            )
        };
        out.truncate(start + 2 * made.max(0) as usize);
        match made {
            0.. => Ok(made as usize),
            code => Err(MediaError::Settings(reason(code))),
        }
    }
}

impl Drop for Swr {
    fn drop(&mut self) {
        let mut context = self.0.as_ptr();
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::swr_free(&mut context) }
    }
}

/// Turns decoded sound of any sample format and channel layout into interleaved
/// stereo, at one sample rate.
///
/// Channels are mixed with the library's own weights, as the reference's command
/// line does; a mono file comes out 3 dB lower on both sides.
pub(crate) struct Mixdown {
    rate: u32,
    made_for: Option<(Shape, Swr)>,
}

/// What the conversion depends on: format, rate, channels, channel mask.
type Shape = (c_int, c_int, c_int, u64);

impl Mixdown {
    /// Into `rate` samples a second.
    pub(crate) fn new(rate: u32) -> Self {
        Self {
            rate,
            made_for: None,
        }
    }

    /// Appends the samples of a decoded frame to `out`; how many a channel.
    pub(crate) fn add(&mut self, frame: &AvFrame, out: &mut Vec<f32>) -> Result<usize, MediaError> {
        let raw = frame.raw();
        let native = raw.ch_layout.order == ff::AVChannelOrder::NATIVE;
        // SAFETY: in native order the union holds the mask.
        let mask = if native {
            unsafe { raw.ch_layout.u.mask }
        } else {
            0
        };
        let shape = (raw.format, raw.sample_rate, raw.ch_layout.nb_channels, mask);
        let swr = match &mut self.made_for {
            Some((known, swr)) if *known == shape => swr,
            slot => &mut slot.insert((shape, stereo_from(raw, native, self.rate)?)).1,
        };
        // SAFETY: `extended_data` has a pointer to `nb_samples` samples for each plane.
        unsafe { swr.convert(raw.extended_data.cast(), raw.nb_samples as usize, out) }
    }
}

fn stereo_from(raw: &ff::AVFrame, native: bool, rate: u32) -> Result<Swr, MediaError> {
    let stereo = default_layout(2);
    let guessed;
    let layout = if native {
        &raw.ch_layout
    } else {
        guessed = default_layout(raw.ch_layout.nb_channels);
        &guessed
    };
    let from = Side {
        layout,
        format: ff::AVSampleFormat(raw.format),
        rate: raw.sample_rate as u32,
    };
    let to = Side {
        layout: &stereo,
        format: ff::AVSampleFormat::FLT,
        rate,
    };
    Swr::new(from, to, &[])
}

/// The usual layout of a number of channels. It owns nothing.
fn default_layout(channels: c_int) -> ff::AVChannelLayout {
    // SAFETY: all zero is an empty layout; the call fills it without allocating.
    unsafe {
        let mut layout = std::mem::zeroed();
        ff::av_channel_layout_default(&mut layout, channels);
        layout
    }
}

/// The largest number of a fraction that tells a ratio of rates: the resampler counts in
/// 1024ths of it, in 30 bits.
const FINEST: c_int = 1 << 19;

/// Changes the sample rate of interleaved stereo. The first sample out lies where
/// the first sample in lay.
pub(crate) struct Resampler(Option<Swr>);

impl Resampler {
    pub(crate) fn new(from: u32, to: u32) -> Result<Self, MediaError> {
        if from == to {
            return Ok(Self(None));
        }
        let stereo = default_layout(2);
        let side = |rate| Side {
            layout: &stereo,
            format: ff::AVSampleFormat::FLT,
            rate,
        };
        // Twice the default length of the filter: a steeper edge below half the rate.
        let options = [(c"filter_size", 64), (c"exact_rational", 1)];
        Swr::new(side(from), side(to), &options).map(|swr| Self(Some(swr)))
    }

    /// From `from` samples a second, played `speed` times as fast, to `to`: the pitch goes
    /// with the speed.
    pub(crate) fn at_speed(from: u32, speed: f64, to: u32) -> Result<Self, MediaError> {
        if speed == 1.0 {
            return Self::new(from, to);
        }
        // The library takes whole rates, so the ratio is told as the nearest fraction.
        // SAFETY: plain arithmetic.
        let ratio = unsafe { ff::av_d2q(f64::from(from) * speed / f64::from(to), FINEST) };
        let stereo = default_layout(2);
        let side = |rate: c_int| Side {
            layout: &stereo,
            format: ff::AVSampleFormat::FLT,
            rate: rate.max(1) as u32,
        };
        // Between the steps of the filter's table it is interpolated.
        let options = [(c"filter_size", 64), (c"linear_interp", 1)];
        Swr::new(side(ratio.num), side(ratio.den), &options).map(|swr| Self(Some(swr)))
    }

    /// Appends what the samples become to `out`.
    pub(crate) fn add(&mut self, samples: &[f32], out: &mut Vec<f32>) -> Result<(), MediaError> {
        let Some(swr) = &mut self.0 else {
            out.extend_from_slice(samples);
            return Ok(());
        };
        let plane = samples.as_ptr().cast::<u8>();
        // SAFETY: one plane of `len / 2` interleaved stereo samples.
        unsafe { swr.convert(&plane, samples.len() / 2, out) }.map(drop)
    }

    /// Appends what was held back for want of later samples.
    pub(crate) fn end(&mut self, out: &mut Vec<f32>) -> Result<(), MediaError> {
        match &mut self.0 {
            // SAFETY: null asks for the rest.
            Some(swr) => unsafe { swr.convert(ptr::null(), 0, out) }.map(drop),
            None => Ok(()),
        }
    }
}
