use super::{Packet, Stay};
use crate::{
    MediaError,
    bitstream::{HeldStream, StreamFault, shown_again},
};

/// Gives each picture its frame, and puts in those that stay on. `begins` are the frames at
/// which the pictures begin, of `frames` in all.
pub(super) fn spread(
    packets: Vec<Packet>,
    begins: &[i64],
    frames: i64,
    stay: Stay,
    held: &Option<HeldStream>,
) -> Result<Vec<Packet>, MediaError> {
    let mut all = Vec::with_capacity(frames as usize);
    for (index, mut packet) in packets.into_iter().enumerate() {
        let picture = packet.pts as usize;
        let begin = *begins.get(picture).ok_or_else(foreign)?;
        let end = *begins.get(picture + 1).unwrap_or(&frames);
        let mut standing = None;
        if let Some(stream) = held {
            let changed = stream.picture(&packet.data, begin as u32);
            (packet.data, standing) = changed.map_err(unfit)?;
        }
        packet.pts = begin;
        let again = begin + 1..end;
        if !again.is_empty() && picture != index {
            return Err(MediaError::Encoder(
                "a picture that stays on came out of its order".to_owned(),
            ));
        }
        let copy = |frame| -> Result<Packet, MediaError> {
            let data = match stay {
                Stay::Never => None,
                Stay::Copied => Some(packet.data.clone()),
                Stay::Skipped => {
                    let both = held.as_ref().zip(standing);
                    both.map(|(stream, standing)| stream.still(standing, frame as u32))
                }
                Stay::ShownAgain => shown_again(&packet.data).map(|byte| vec![byte]),
            };
            Ok(Packet {
                data: data.ok_or_else(foreign)?,
                opacity: Vec::new(),
                pts: frame,
                key: stay == Stay::Copied && packet.key,
            })
        };
        let copies = again.map(copy).collect::<Result<Vec<_>, _>>()?;
        all.push(packet);
        all.extend(copies);
    }
    Ok(all)
}

/// The error of an encoder whose stream cannot be changed.
pub(super) fn unfit(fault: StreamFault) -> MediaError {
    MediaError::Encoder(format!(
        "pictures cannot stay on in the encoder's stream, because {fault} (--constant-encode)"
    ))
}

fn foreign() -> MediaError {
    MediaError::Encoder("a picture came out that cannot stay on".to_owned())
}
