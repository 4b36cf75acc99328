//! Small media files, made once for each run by the `ffmpeg` command.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// A folder that lives as long as the test process.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kinora-media-tests");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a writable target folder");
        folder
    })
}

/// Runs `ffmpeg` with these arguments, which end with the name of a file in the
/// folder; returns its path.
pub fn ffmpeg(arguments: &[&str]) -> PathBuf {
    let (name, options) = arguments.split_last().expect("a file name");
    let path = folder().join(name);
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-nostdin"])
        .args(options)
        .arg(&path)
        .status()
        .expect("the `ffmpeg` command");
    assert!(status.success(), "ffmpeg {arguments:?}");
    path
}

/// What a command writes to standard output.
pub fn output(command: &str, arguments: &[&str], file: &Path) -> Vec<u8> {
    let output = Command::new(command)
        .args(arguments)
        .arg(file)
        .output()
        .expect(command);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {errors}");
    output.stdout
}

/// The fields that `ffprobe` reports of a stream, as `name=value` lines.
pub fn ffprobe(file: &Path, stream: &str, entries: &str) -> Vec<String> {
    let entries = format!("stream={entries}");
    let arguments = [
        "-v",
        "error",
        "-select_streams",
        stream,
        "-show_entries",
        &entries,
        "-of",
        "default=noprint_wrappers=1",
    ];
    let text = String::from_utf8(output("ffprobe", &arguments, file)).expect("text");
    text.lines().map(str::to_owned).collect()
}

/// Decodes sound by the `ffmpeg` command: interleaved stereo at 48 kHz.
pub fn decoded_sound(file: &Path) -> Vec<f32> {
    let process = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(file)
        .args(["-vn", "-ac", "2", "-ar", "48000", "-f", "f32le", "-"])
        .output()
        .expect("ffmpeg");
    process
        .stdout
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().expect("four bytes")))
        .collect()
}

/// Bits of the number in the corner of a barcode picture.
const BITS: usize = 9;

/// Width of a block in pixels.
const BLOCK: usize = 16;

/// The filter that draws each frame's number into the upper left corner, as black
/// and white blocks, lowest bit first.
pub fn barcode(size: &str, rate: &str, seconds: u32) -> String {
    let mut filter = format!(
        "testsrc2=s={size}:r={rate}:d={seconds},drawbox=x=0:y=0:w={}:h={BLOCK}:c=black:t=fill",
        BITS * BLOCK
    );
    for bit in 0..BITS {
        filter.push_str(&format!(
            ",drawbox=x={}:y=0:w={BLOCK}:h={BLOCK}:c=white:t=fill:enable='mod(floor(n/pow(2\\,{bit}))\\,2)'",
            bit * BLOCK
        ));
    }
    filter
}

/// Reads a frame's number, given the brightness at a point.
pub fn number(bright: impl Fn(usize, usize) -> u8) -> u32 {
    (0..BITS)
        .filter(|bit| bright(bit * BLOCK + BLOCK / 2, BLOCK / 2) > 127)
        .map(|bit| 1 << bit)
        .sum()
}

/// A generator of the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number within `0..limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
