use std::{
    ffi::{CString, c_int},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{AvFrame, MediaError, SAMPLE_RATE, error::reason, log};

/// Makes sound faster or slower and keeps its pitch: FFmpeg's `atempo`.
pub(crate) struct Tempo {
    graph: NonNull<ff::AVFilterGraph>,
    source: *mut ff::AVFilterContext,
    sink: *mut ff::AVFilterContext,
    frame: AvFrame,
    sent: i64,
}

// SAFETY: the graph and its two ends are used by one thread at a time.
unsafe impl Send for Tempo {}

/// One `atempo` goes no slower than this, and skips instead of blending above its inverse.
const STEP: f64 = 0.5;

impl Tempo {
    /// `rate` times as fast, interleaved stereo at [`SAMPLE_RATE`].
    pub(crate) fn new(rate: f64) -> Result<Self, MediaError> {
        log::forget();
        // SAFETY: null means no memory.
        let graph =
            NonNull::new(unsafe { ff::avfilter_graph_alloc() }).ok_or(MediaError::OutOfMemory)?;
        let mut tempo = Self {
            graph,
            source: ptr::null_mut(),
            sink: ptr::null_mut(),
            frame: AvFrame::new()?,
            sent: 0,
        };
        // SAFETY: the graph is live.
        unsafe { (*graph.as_ptr()).nb_threads = 1 };
        tempo.source = tempo.add("abuffer", &format!(
            "sample_rate={SAMPLE_RATE}:sample_fmt=flt:channel_layout=stereo:time_base=1/{SAMPLE_RATE}"
        ))?;
        let mut last = tempo.source;
        for factor in factors(rate) {
            let filter = tempo.add("atempo", &format!("{factor:.12}"))?;
            tempo.link(last, filter)?;
            last = filter;
        }
        tempo.sink = tempo.add("abuffersink", "")?;
        tempo.link(last, tempo.sink)?;
        // SAFETY: the graph is complete.
        check(unsafe { ff::avfilter_graph_config(graph.as_ptr(), ptr::null_mut()) })?;
        Ok(tempo)
    }

    fn add(&mut self, filter: &str, options: &str) -> Result<*mut ff::AVFilterContext, MediaError> {
        let text = |text: &str| CString::new(text).map_err(|_| MediaError::OutOfMemory);
        let (name, options) = (text(filter)?, text(options)?);
        let mut context = ptr::null_mut();
        // SAFETY: all texts end with a zero; the graph owns the new filter.
        check(unsafe {
            let kind = ff::avfilter_get_by_name(name.as_ptr());
            if kind.is_null() {
                return Err(MediaError::Settings(format!(
                    "the FFmpeg libraries were built without the `{filter}` filter"
                )));
            }
            ff::avfilter_graph_create_filter(
                &mut context,
                kind,
                ptr::null(),
                options.as_ptr(),
                ptr::null_mut(),
                self.graph.as_ptr(),
            )
        })?;
        Ok(context)
    }

    fn link(
        &mut self,
        from: *mut ff::AVFilterContext,
        to: *mut ff::AVFilterContext,
    ) -> Result<(), MediaError> {
        // SAFETY: both are filters of this graph with one sound input or output free.
        check(unsafe { ff::avfilter_link(from, 0, to, 0) })
    }

    /// Takes samples, and appends what comes out to `out`.
    pub(crate) fn add_samples(
        &mut self,
        samples: &[f32],
        out: &mut Vec<f32>,
    ) -> Result<(), MediaError> {
        let count = samples.len() / 2;
        if count > 0 {
            self.frame.clear();
            let frame = self.frame.raw_mut();
            frame.nb_samples = count as c_int;
            frame.format = ff::AVSampleFormat::FLT.0;
            frame.sample_rate = SAMPLE_RATE as c_int;
            frame.pts = self.sent;
            self.sent += count as i64;
            // SAFETY: the frame is live and empty; after the allocation its one plane
            // has room for `count` pairs of floats. The graph takes over the buffer.
            check(unsafe {
                ff::av_channel_layout_default(&mut frame.ch_layout, 2);
                if ff::av_frame_get_buffer(frame, 0) < 0 {
                    return Err(MediaError::OutOfMemory);
                }
                let plane = frame.data[0].cast::<f32>();
                ptr::copy_nonoverlapping(samples.as_ptr(), plane, 2 * count);
                ff::av_buffersrc_add_frame(self.source, frame)
            })?;
        }
        self.take(out)
    }

    /// Appends what was held back for want of later samples.
    pub(crate) fn end(&mut self, out: &mut Vec<f32>) -> Result<(), MediaError> {
        // SAFETY: the source is live; null means that no more comes.
        check(unsafe { ff::av_buffersrc_add_frame(self.source, ptr::null_mut()) })?;
        self.take(out)
    }

    fn take(&mut self, out: &mut Vec<f32>) -> Result<(), MediaError> {
        loop {
            self.frame.clear();
            // SAFETY: sink and frame are live; a sound frame's plane holds `nb_samples` pairs.
            unsafe {
                match ff::av_buffersink_get_frame(self.sink, self.frame.raw_mut()) {
                    0.. => {
                        let frame = self.frame.raw();
                        let plane = frame.data[0].cast::<f32>();
                        let count = 2 * frame.nb_samples.max(0) as usize;
                        out.extend_from_slice(std::slice::from_raw_parts(plane, count));
                    }
                    ff::AVERROR_EOF => return Ok(()),
                    code if code == ff::AVERROR(11) => return Ok(()),
                    code => return check(code),
                }
            }
        }
    }
}

impl Drop for Tempo {
    fn drop(&mut self) {
        let mut graph = self.graph.as_ptr();
        // SAFETY: the graph is owned by self, freed once, and its filters with it.
        unsafe { ff::avfilter_graph_free(&mut graph) }
    }
}

/// Equal factors within what one filter does well, whose product is `rate`.
fn factors(rate: f64) -> Vec<f64> {
    let mut count = 1;
    let range = STEP..=1.0 / STEP;
    while !range.contains(&rate.powf(1.0 / f64::from(count))) {
        count += 1;
    }
    vec![rate.powf(1.0 / f64::from(count)); count as usize]
}

fn check(code: c_int) -> Result<(), MediaError> {
    if code < 0 {
        return Err(MediaError::Settings(format!(
            "the sound's tempo cannot be changed: {}",
            reason(code)
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_stay_in_range_and_multiply_to_the_rate() {
        for rate in [0.01, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 16.0, 100.0] {
            let factors = factors(rate);
            assert!(factors.iter().all(|f| (0.5..=2.0).contains(f)), "{rate}");
            let product: f64 = factors.iter().product();
            assert!((product / rate - 1.0).abs() < 1e-9, "{rate}: {product}");
        }
        assert_eq!(factors(1.5).len(), 1);
    }
}
