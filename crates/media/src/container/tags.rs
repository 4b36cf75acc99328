use std::{ffi::CString, ops::Range};

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{Container, output::Output};
use crate::{FrameSpec, MediaError, codec::rational};

/// What a file tells of itself, beside what is seen and heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// What it is called.
    pub title: Option<String>,
    /// Where its parts begin and end, in order.
    pub chapters: Vec<Chapter>,
}

/// A part of a film.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Chapter {
    /// What it is called.
    pub title: String,
    /// Its frames.
    pub frames: Range<u64>,
}

impl Container {
    /// Whether a file can tell its title.
    pub fn tells_title(self) -> bool {
        !matches!(
            self,
            Self::Gif | Self::Apng | Self::WebP | Self::Pictures | Self::Avif
        )
    }

    /// Whether a file can tell its chapters. In fragments they cannot be told.
    pub fn tells_chapters(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::M4a | Self::WebM)
    }
}

impl Tags {
    /// Has a file tell them; before it begins.
    pub(super) fn put(&self, output: &mut Output, frames: &FrameSpec) -> Result<(), MediaError> {
        let context = output.raw_mut();
        if let Some(title) = &self.title {
            set(&mut context.metadata, title)?;
        }
        for (number, chapter) in (0..).zip(&self.chapters) {
            let time = |frame: u64| i64::try_from(frame).unwrap_or(i64::MAX);
            // SAFETY: the context is live and has not begun; the list has room for one more
            // when the call succeeds, and both are freed with the context.
            unsafe {
                let size = size_of::<*mut ff::AVChapter>();
                let count = context.nb_chapters as usize;
                let list = ff::av_realloc_array(context.chapters.cast(), count + 1, size);
                let entry = ff::av_mallocz(size_of::<ff::AVChapter>()).cast::<ff::AVChapter>();
                if list.is_null() || entry.is_null() {
                    ff::av_free(entry.cast());
                    return Err(MediaError::OutOfMemory);
                }
                context.chapters = list.cast();
                *context.chapters.add(count) = entry;
                context.nb_chapters += 1;
                (*entry).id = number;
                (*entry).time_base = rational(frames.fps_den, frames.fps_num);
                (*entry).start = time(chapter.frames.start);
                (*entry).end = time(chapter.frames.end);
                set(&mut (*entry).metadata, &chapter.title)?;
            }
        }
        Ok(())
    }
}

/// Puts a title into a dictionary.
fn set(dictionary: &mut *mut ff::AVDictionary, title: &str) -> Result<(), MediaError> {
    // Names end with the first zero.
    let title: String = title.chars().filter(|sign| *sign != '\0').collect();
    let title = CString::new(title).map_err(|_| MediaError::OutOfMemory)?;
    // SAFETY: both texts end with a zero and are copied.
    match unsafe { ff::av_dict_set(dictionary, c"title".as_ptr(), title.as_ptr(), 0) } {
        0.. => Ok(()),
        _ => Err(MediaError::OutOfMemory),
    }
}
