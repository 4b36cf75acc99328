use std::{
    ffi::{CStr, CString, c_int},
    io::{self, Read},
    os::unix::ffi::OsStrExt,
    path::Path,
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{
    AvPacket, MediaError, MediaSource, error::reason, limit::most_coded_pixels, log,
    reading::Reading,
};

/// Container formats that are read. Play lists, device inputs and text renderers
/// are left out: a media file must not make FFmpeg open other files, and a text
/// file must not pass as a video of its letters.
const FORMATS: &CStr = c"mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,h263,ivf,obu,av1,vc1,flv,asf,rm,mxf,nut,dv,yuv4mpegpipe,mjpeg,ogg,wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,dts,truehd,amr,amrnb,amrwb,ape,mpc,mpc8,wv,tta,gif,apng,png_pipe,jpeg_pipe,jpegls_pipe,jpegxl_pipe,webp_pipe,bmp_pipe,tiff_pipe,tga_pipe,dds_pipe,j2k_pipe,pam_pipe,pbm_pipe,pgm_pipe,ppm_pipe,qoi_pipe,exr_pipe,psd_pipe";

/// Bytes at a file's begin that name many kinds of containers.
const BEGIN: u64 = 12;

/// An open media file.
pub(crate) struct Input {
    context: NonNull<ff::AVFormatContext>,
    source: MediaSource,
    /// What FFmpeg reads from, if it is no file.
    reading: Option<Reading>,
}

// SAFETY: a format context may be used from any one thread at a time.
unsafe impl Send for Input {}

impl Input {
    /// Opens a source and reads enough of it to know its streams.
    pub(crate) fn open(source: &MediaSource) -> Result<Self, MediaError> {
        crate::set_quiet();
        let begin = readable(source)?;
        log::forget();
        let (url, mut reading) = match source {
            MediaSource::File(path) => (file_url(path)?, None),
            MediaSource::Blocks(blocks) => (CString::default(), Some(Reading::open(blocks)?)),
        };
        let protocols = match reading {
            Some(_) => c"none",
            None => c"file",
        };
        let mut options = ptr::null_mut();
        let mut context = ptr::null_mut();
        // SAFETY: all strings end with a zero and outlive the call; the dictionary
        // is freed here; on failure FFmpeg frees the context itself. What is read from
        // outlives the context.
        let code = unsafe {
            if let Some(reading) = &reading {
                context = ff::avformat_alloc_context();
                if context.is_null() {
                    return Err(MediaError::OutOfMemory);
                }
                (*context).pb = reading.raw();
            }
            for (name, value) in [
                (c"format_whitelist", FORMATS),
                (c"protocol_whitelist", protocols),
                // Samples without a code come in packets of so many bytes; small ones cost
                // more than their samples.
                (c"max_size", c"65536"),
            ] {
                ff::av_dict_set(&mut options, name.as_ptr(), value.as_ptr(), 0);
            }
            if begin.ends_with(b"WAVE") {
                // Codecs that pass as plain samples are looked for in the first packet; else
                // FFmpeg would in megabytes of samples.
                let name = c"max_probe_packets";
                ff::av_dict_set(&mut options, name.as_ptr(), c"1".as_ptr(), 0);
            }
            let code =
                ff::avformat_open_input(&mut context, url.as_ptr(), ptr::null(), &mut options);
            ff::av_dict_free(&mut options);
            code
        };
        let context = match NonNull::new(context) {
            Some(context) if code >= 0 => context,
            _ => {
                let fault = reading.as_mut().and_then(Reading::fault);
                return Err(match fault {
                    Some(fault) => unreadable(source, fault),
                    None => open_error(source, code),
                });
            }
        };
        let mut input = Self {
            context,
            source: source.clone(),
            reading,
        };
        let code = input.find_streams();
        input.check()?;
        if code < 0 {
            return Err(open_error(source, code));
        }
        Ok(input)
    }

    /// Fails if the source could not be read. FFmpeg takes that for the end of the file at
    /// some places and for damage at others.
    fn check(&mut self) -> Result<(), MediaError> {
        match self.reading.as_mut().and_then(Reading::fault) {
            Some(fault) => Err(unreadable(&self.source, fault)),
            None => Ok(()),
        }
    }

    /// Reads enough to know the streams; it may decode a frame of each.
    fn find_streams(&self) -> c_int {
        let most = CString::new(most_coded_pixels().to_string()).expect("digits hold no zero byte");
        let mut options = vec![ptr::null_mut(); self.raw().nb_streams as usize];
        // SAFETY: the context is open and has as many streams as there are dictionaries;
        // these are freed here, whatever FFmpeg has made of them.
        unsafe {
            for stream in &mut options {
                ff::av_dict_set(stream, c"max_pixels".as_ptr(), most.as_ptr(), 0);
            }
            let code = ff::avformat_find_stream_info(self.context.as_ptr(), options.as_mut_ptr());
            for stream in &mut options {
                ff::av_dict_free(stream);
            }
            code
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.source.path()
    }

    pub(crate) fn source(&self) -> &MediaSource {
        &self.source
    }

    pub(crate) fn raw(&self) -> &ff::AVFormatContext {
        // SAFETY: the context lives as long as self.
        unsafe { self.context.as_ref() }
    }

    /// The short names of the container format, separated by commas.
    pub(crate) fn format(&self) -> &str {
        // SAFETY: an open input has a format, whose name is a static text.
        let name = unsafe { CStr::from_ptr((*self.raw().iformat).name) };
        name.to_str().unwrap_or_default()
    }

    /// The streams that are seen or heard.
    pub(crate) fn presented(&self) -> impl Iterator<Item = usize> {
        (0..self.raw().nb_streams as usize).filter(|index| {
            let kinds = [ff::AVMediaType::VIDEO, ff::AVMediaType::AUDIO];
            kinds.contains(&self.parameters(*index).codec_type)
                && self.stream(*index).disposition & ff::AV_DISPOSITION_ATTACHED_PIC == 0
        })
    }

    /// The kind of an MP4-like file by its own word.
    pub(crate) fn brand(&self) -> Option<&str> {
        self.text(self.raw().metadata, c"major_brand")
    }

    /// The stream that a player would choose, if there is one of the kind: the first
    /// one marked as default, else the first, that can be decoded. What an encoder
    /// spent on a track says nothing about which one is meant.
    pub(crate) fn best(&self, kind: ff::AVMediaType) -> Option<usize> {
        let of_kind = |index: &usize| {
            let cover = ff::AV_DISPOSITION_ATTACHED_PIC | ff::AV_DISPOSITION_TIMED_THUMBNAILS;
            self.parameters(*index).codec_type == kind
                && self.stream(*index).disposition & cover == 0
        };
        let streams = || (0..self.raw().nb_streams as usize).filter(of_kind);
        let default =
            |index: &usize| self.stream(*index).disposition & ff::AV_DISPOSITION_DEFAULT != 0;
        let usable = |index: &usize| {
            let parameters = self.parameters(*index);
            // SAFETY: a look-up in a static list.
            let known = unsafe { !ff::avcodec_find_decoder(parameters.codec_id).is_null() };
            known && (kind != ff::AVMediaType::VIDEO || parameters.width > 0)
        };
        streams()
            .find(|index| default(index) && usable(index))
            .or_else(|| streams().find(usable))
            .or_else(|| streams().next())
    }

    pub(crate) fn stream(&self, index: usize) -> &ff::AVStream {
        // SAFETY: `streams` has `nb_streams` live entries; `index` came from `best`.
        unsafe { &**self.raw().streams.add(index) }
    }

    pub(crate) fn parameters(&self, index: usize) -> &ff::AVCodecParameters {
        // SAFETY: every stream has parameters.
        unsafe { &*self.stream(index).codecpar }
    }

    /// A text tag of a stream.
    pub(crate) fn tag(&self, index: usize, name: &CStr) -> Option<&str> {
        self.text(self.stream(index).metadata, name)
    }

    /// An entry of a dictionary that belongs to this input.
    fn text(&self, dictionary: *const ff::AVDictionary, name: &CStr) -> Option<&str> {
        // SAFETY: the dictionary belongs to self and is not changed meanwhile.
        unsafe {
            let flags = ff::AV_DICT_MATCH_CASE;
            let entry = ff::av_dict_get(dictionary, name.as_ptr(), ptr::null(), flags);
            entry
                .as_ref()
                .and_then(|entry| CStr::from_ptr(entry.value).to_str().ok())
        }
    }

    /// Has packets of other streams skipped where the container allows it.
    pub(crate) fn only(&mut self, index: usize) {
        for other in (0..self.raw().nb_streams as usize).filter(|&other| other != index) {
            // SAFETY: the streams are live and `&mut self` excludes other users.
            unsafe { (**self.raw().streams.add(other)).discard = ff::AVDiscard::ALL }
        }
    }

    /// The time, in the file's own clock, at which the presentation starts; seconds.
    ///
    /// Sound that lies before 0 is the encoder's priming, which is not presented.
    pub(crate) fn start(&self) -> f64 {
        match self.raw().start_time {
            ff::AV_NOPTS_VALUE => 0.0,
            time => (time as f64 / f64::from(ff::AV_TIME_BASE)).max(0.0),
        }
    }

    /// Seconds from the presentation's start to the end of a stream, as the file
    /// states it; the end of the whole where it tells nothing of streams.
    pub(crate) fn stated_length(&self, index: usize) -> Option<f64> {
        let (raw, stream) = (self.raw(), self.stream(index));
        if raw.duration_estimation_method == ff::AVDurationEstimationMethod::BITRATE {
            return None;
        }
        if stream.duration != ff::AV_NOPTS_VALUE && stream.start_time != ff::AV_NOPTS_VALUE {
            let end = stream.start_time.saturating_add(stream.duration);
            return Some((end - self.origin(index)) as f64 * tick(stream));
        }
        (raw.duration > 0).then(|| raw.duration as f64 / f64::from(ff::AV_TIME_BASE))
    }

    /// Whether a transport stream ends within a packet.
    pub(crate) fn breaks_off(&self) -> bool {
        let packets: [u64; 3] = [188, 192, 204];
        let length = self.source.length().unwrap_or(0);
        self.format() == "mpegts" && packets.iter().all(|packet| !length.is_multiple_of(*packet))
    }

    /// Whether any stream of the file reaches `seconds`. All of it is read.
    pub(crate) fn reaches(&self, seconds: f64) -> Result<bool, MediaError> {
        let mut whole = Self::open(&self.source)?;
        let mut packet = AvPacket::new()?;
        while whole.read(&mut packet)? {
            let index = packet.raw().stream_index as usize;
            if let Some(time) = packet.time() {
                let end = time.saturating_add(packet.raw().duration.max(0));
                let end = end.saturating_sub(whole.origin(index)) as f64;
                if end * tick(whole.stream(index)) >= seconds {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The start of the presentation in ticks of a stream.
    pub(crate) fn origin(&self, index: usize) -> i64 {
        let stream = self.stream(index);
        let start = self.start() / tick(stream);
        // The file's start is rounded to microseconds, the stream's is exact.
        if stream.start_time != ff::AV_NOPTS_VALUE
            && (stream.start_time as f64 - start).abs() <= 1.0
        {
            stream.start_time
        } else {
            start.round() as i64
        }
    }

    /// Reads the next packet; `false` at the end of the file.
    pub(crate) fn read(&mut self, packet: &mut AvPacket) -> Result<bool, MediaError> {
        packet.clear();
        // SAFETY: context and packet are live.
        let code = unsafe { ff::av_read_frame(self.context.as_ptr(), packet.raw_mut()) };
        self.check()?;
        match code {
            0.. => Ok(true),
            ff::AVERROR_EOF => Ok(false),
            code => Err(MediaError::Decode {
                path: self.path().to_owned(),
                reason: reason(code),
            }),
        }
    }

    /// Goes to the last key frame at or before `ticks` of a stream; whether that worked.
    pub(crate) fn seek(&mut self, index: usize, ticks: i64) -> Result<bool, MediaError> {
        // SAFETY: the context is open and the stream exists.
        let code = unsafe {
            ff::av_seek_frame(
                self.context.as_ptr(),
                index as c_int,
                ticks,
                ff::AVSEEK_FLAG_BACKWARD,
            )
        };
        self.check()?;
        Ok(code >= 0)
    }

    /// The decoding time of the last key frame at or before `ticks`, as far as the
    /// container's index is known by now.
    pub(crate) fn key_before(&mut self, index: usize, ticks: i64) -> Option<i64> {
        // SAFETY: the stream is live; an entry is read before anything changes the index.
        unsafe {
            let stream = *self.raw().streams.add(index);
            ff::avformat_index_get_entry_from_timestamp(stream, ticks, ff::AVSEEK_FLAG_BACKWARD)
                .as_ref()
                .map(|entry| entry.timestamp)
        }
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        let mut context = self.context.as_ptr();
        // SAFETY: the context is owned by self and closed once.
        unsafe { ff::avformat_close_input(&mut context) }
    }
}

/// Seconds in one tick of a stream's clock.
pub(crate) fn tick(stream: &ff::AVStream) -> f64 {
    f64::from(stream.time_base.num) / f64::from(stream.time_base.den.max(1))
}

/// A path as FFmpeg takes it: with the protocol named, so that a colon in it means nothing.
pub(crate) fn file_url(path: &Path) -> Result<CString, MediaError> {
    let mut url = b"file:".to_vec();
    url.extend_from_slice(path.as_os_str().as_bytes());
    CString::new(url).map_err(|_| MediaError::Missing {
        path: path.to_owned(),
    })
}

/// Tells the plain faults of a source before FFmpeg sees it; gives its first bytes.
pub(crate) fn readable(source: &MediaSource) -> Result<Vec<u8>, MediaError> {
    let path = source.path();
    let fault = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => MediaError::Missing {
            path: path.to_owned(),
        },
        _ => MediaError::Unreadable {
            path: path.to_owned(),
            source,
        },
    };
    let mut begin = Vec::new();
    let mut file = source.open().map_err(fault)?.take(BEGIN);
    file.read_to_end(&mut begin).map_err(fault)?;
    match begin.is_empty() {
        true => Err(MediaError::Empty {
            path: path.to_owned(),
        }),
        false => Ok(begin),
    }
}

/// The error of a source that cannot be read on.
pub(crate) fn unreadable(source: &MediaSource, fault: io::Error) -> MediaError {
    MediaError::Unreadable {
        path: source.path().to_owned(),
        source: fault,
    }
}

fn open_error(source: &MediaSource, code: c_int) -> MediaError {
    let path = source.path().to_owned();
    let reason = reason(code);
    let without_index = reason.contains("moov atom not found");
    if without_index && begins_as_mp4(source) {
        return MediaError::Truncated {
            path,
            reason: "its index (the `moov` atom) is missing".to_owned(),
        };
    }
    let reason = if without_index || reason.starts_with("Format not on whitelist") || code == -22 {
        "its format is not one that is read".to_owned()
    } else {
        reason
    };
    MediaError::NotMedia { path, reason }
}

/// Whether the first bytes are those of an MP4 or QuickTime file, whose name alone
/// is enough for FFmpeg to take it for one.
fn begins_as_mp4(source: &MediaSource) -> bool {
    let mut head = [0; 8];
    let read = source
        .open()
        .and_then(|mut file| file.read_exact(&mut head));
    let kinds: [&[u8]; 7] = [
        b"ftyp", b"mdat", b"free", b"skip", b"wide", b"styp", b"moof",
    ];
    read.is_ok() && kinds.contains(&&head[4..])
}
