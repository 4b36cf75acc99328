use std::ptr::NonNull;

use ffmpeg_sys_the_third as ff;

use crate::MediaError;

/// An owned piece of compressed data with its timestamps.
pub(crate) struct AvPacket(NonNull<ff::AVPacket>);

// SAFETY: a packet is plain data behind an atomically counted buffer.
unsafe impl Send for AvPacket {}

impl AvPacket {
    /// A packet without data.
    pub(crate) fn new() -> Result<Self, MediaError> {
        // SAFETY: no precondition; null means no memory.
        NonNull::new(unsafe { ff::av_packet_alloc() })
            .map(Self)
            .ok_or(MediaError::OutOfMemory)
    }

    /// A packet holding a copy of `data`.
    pub(crate) fn from_bytes(data: &[u8]) -> Result<Self, MediaError> {
        let packet = Self::new()?;
        let size = i32::try_from(data.len()).map_err(|_| MediaError::OutOfMemory)?;
        // SAFETY: the packet is live and empty; on success it has room for `size` bytes.
        unsafe {
            if ff::av_new_packet(packet.0.as_ptr(), size) < 0 {
                return Err(MediaError::OutOfMemory);
            }
            std::ptr::copy_nonoverlapping(data.as_ptr(), (*packet.0.as_ptr()).data, data.len());
        }
        Ok(packet)
    }

    /// Gives the packet the picture's opacity as a packet of its own, as Matroska keeps it.
    pub(crate) fn add_opacity(&mut self, data: &[u8]) -> Result<(), MediaError> {
        // Which kind of addition it is.
        let kind = 1u64.to_be_bytes();
        // SAFETY: the packet is live; on success the side data has room for both parts.
        unsafe {
            let side = ff::av_packet_new_side_data(
                self.0.as_ptr(),
                ff::AVPacketSideDataType::MATROSKA_BLOCKADDITIONAL,
                kind.len() + data.len(),
            );
            if side.is_null() {
                return Err(MediaError::OutOfMemory);
            }
            std::ptr::copy_nonoverlapping(kind.as_ptr(), side, kind.len());
            std::ptr::copy_nonoverlapping(data.as_ptr(), side.add(kind.len()), data.len());
        }
        Ok(())
    }

    pub(crate) fn raw(&self) -> &ff::AVPacket {
        // SAFETY: the pointer is a live packet owned by self.
        unsafe { self.0.as_ref() }
    }

    pub(crate) fn raw_mut(&mut self) -> &mut ff::AVPacket {
        // SAFETY: the pointer is a live packet owned by self alone.
        unsafe { self.0.as_mut() }
    }

    /// The compressed bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        let packet = self.raw();
        if packet.data.is_null() {
            return &[];
        }
        // SAFETY: a packet's data is `size` bytes long.
        unsafe { std::slice::from_raw_parts(packet.data, packet.size.max(0) as usize) }
    }

    /// Presentation time in ticks, the decoding time where there is none.
    pub(crate) fn time(&self) -> Option<i64> {
        let packet = self.raw();
        [packet.pts, packet.dts]
            .into_iter()
            .find(|&time| time != ff::AV_NOPTS_VALUE)
    }

    /// Samples at the end of the packet that are not to be heard.
    pub(crate) fn padding(&self) -> u32 {
        let mut size = 0;
        // SAFETY: the packet is live; its side data, where there is some, is `size`
        // bytes: two little-endian numbers, of samples to skip at the start and end.
        unsafe {
            let kind = ff::AVPacketSideDataType::SKIP_SAMPLES;
            let data = ff::av_packet_get_side_data(self.0.as_ptr(), kind, &mut size);
            if data.is_null() || size < 8 {
                return 0;
            }
            u32::from_le(data.add(4).cast::<u32>().read_unaligned())
        }
    }

    /// Lets go of the data.
    pub(crate) fn clear(&mut self) {
        // SAFETY: the pointer is a live packet.
        unsafe { ff::av_packet_unref(self.0.as_ptr()) }
    }
}

impl Drop for AvPacket {
    fn drop(&mut self) {
        let mut packet = self.0.as_ptr();
        // SAFETY: the packet is owned by self and freed once.
        unsafe { ff::av_packet_free(&mut packet) }
    }
}
