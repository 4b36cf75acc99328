use super::{
    StreamFault,
    bits::{BitReader, BitWriter},
    h264::{
        IDR_SLICE, PICTURE, SEQUENCE, SLICE, Sequence, SliceStart, is_reference, kind, picture_id,
        still_parameters, still_slice,
    },
    nal,
};

/// A stream of H.264 in which pictures can stay on: after a picture to which others refer
/// come, at a few bytes each, pictures in which every macroblock is skipped.
///
/// Nobody refers to those, so the numbers by which the others refer to each other stay as
/// they are (`frame_num`, 7.4.3). What changes is each picture's place in time
/// (`pic_order_cnt_lsb`): its field is made wide enough for long holds, and it is told also
/// where it was left out because pictures came in their order.
///
/// Places in time lie otherwise than the encoder thought. Weights and motion that follow
/// from them would be decoded wrongly: where pictures stay, none may be predicted from two.
#[derive(Debug)]
pub(crate) struct HeldStream {
    header: Vec<u8>,
    /// As the encoder wrote it.
    narrow: Sequence,
    /// As it is now.
    wide: Sequence,
    /// The number of the parameters for pictures in which nothing changes.
    still: u32,
}

/// A picture that may stay on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The number of the picture that comes after it.
    frame_num: u32,
}

/// For how many frames a picture stays on at most before it is encoded again: places in
/// time are told by at least 12 bits, two to a frame, of which half tell from one reference
/// to the next.
pub(crate) const LONGEST_HOLD: u32 = 900;

// Also where pictures come out of order.
const _: () = assert!(2 * (LONGEST_HOLD + 20) < 1 << 11);

/// Bytes in which the start of a slice lies for certain.
const SLICE_START: usize = 32;

impl HeldStream {
    /// Takes the parameters of a stream, in the form of Annex B.
    pub fn new(header: &[u8]) -> Result<Self, StreamFault> {
        let mut out = Vec::with_capacity(header.len() + 32);
        let (mut sequences, mut free) = (None, 0);
        for unit in nal::units(header) {
            let bytes = nal::unescaped(&unit[1..]);
            match kind(unit[0]) {
                SEQUENCE if sequences.is_some() => {
                    return Err(StreamFault::Unknown("several sequences"));
                }
                SEQUENCE => {
                    let narrow = Sequence::parse(&bytes)?;
                    let (wide, bytes) = Sequence::widened(&bytes)?;
                    nal::append(&mut out, &nal::unit(unit[0], &bytes));
                    sequences = Some((narrow, wide));
                }
                PICTURE => {
                    free = free.max(picture_id(&bytes)? + 1);
                    nal::append(&mut out, unit);
                }
                _ => nal::append(&mut out, unit),
            }
        }
        let (narrow, wide) = sequences.ok_or(StreamFault::Damaged)?;
        let parameters = still_parameters(free, &wide);
        nal::append(&mut out, &nal::unit(0x60 | PICTURE, &parameters));
        Ok(Self {
            header: out,
            narrow,
            wide,
            still: free,
        })
    }

    /// The parameters as they are now.
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// An encoded picture as it is when it is shown `place` frames after the picture at
    /// which decoding begins; whether it may stay on.
    pub fn picture(
        &self,
        data: &[u8],
        place: u32,
    ) -> Result<(Vec<u8>, Option<Standing>), StreamFault> {
        let mut out = Vec::with_capacity(data.len() + 16);
        let mut standing = None;
        for unit in nal::units(data) {
            let idr = match kind(unit[0]) {
                SLICE => false,
                IDR_SLICE => true,
                2..=4 => return Err(StreamFault::Unknown("slices in parts")),
                _ => {
                    nal::append(&mut out, unit);
                    continue;
                }
            };
            let (head, rest) = nal::split(&unit[1..], SLICE_START);
            let mut reader = BitReader::new(&head);
            let mut start = SliceStart::read(&mut reader, &self.narrow, idr)?;
            start.order = Some(self.order(place));
            let mut writer = BitWriter::default();
            start.write(&mut writer, &self.wide);
            let left = reader.left();
            writer.copy(&mut reader, left)?;
            nal::append(&mut out, &nal::unit(unit[0], &writer.whole()?));
            out.extend(rest);
            let frame_num = self.wrapped(start.frame_num + 1);
            standing = is_reference(unit[0]).then_some(Standing { frame_num });
        }
        Ok((out, standing))
    }

    /// A picture like the one that stands, shown `place` frames after the picture at which
    /// decoding begins.
    pub fn still(&self, standing: Standing, place: u32) -> Vec<u8> {
        let start = SliceStart {
            first_macroblock: 0,
            // Predicted from one picture, as all slices of this one.
            kind: 5,
            parameters: self.still,
            frame_num: standing.frame_num,
            idr: None,
            order: Some(self.order(place)),
        };
        let bytes = still_slice(&start, &self.wide);
        let mut out = Vec::with_capacity(bytes.len() + 8);
        nal::append(&mut out, &nal::unit(SLICE, &bytes));
        out
    }

    /// Places in time are counted by fields, two to a frame (8.2.1).
    fn order(&self, place: u32) -> u32 {
        let bits = self.wide.order_bits.unwrap_or_default();
        place.wrapping_mul(2) & ((1 << bits) - 1)
    }

    fn wrapped(&self, frame_num: u32) -> u32 {
        frame_num & ((1 << self.wide.frame_num_bits) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{bits::content_bits, h264, random::Random},
        *,
    };

    fn header(random: &mut Random) -> (Sequence, Vec<u8>) {
        let (sequence, bytes) = h264::tests::sequence(random);
        let mut header = Vec::new();
        nal::append(&mut header, &nal::unit(0x67, &bytes));
        let parameters = still_parameters(random.below(3), &sequence);
        nal::append(&mut header, &nal::unit(0x68, &parameters));
        (sequence, header)
    }

    /// A picture of random slices, and what follows the start of each.
    fn picture(random: &mut Random, sequence: &Sequence, idr: bool) -> (Vec<u8>, Vec<Vec<bool>>) {
        let mut data = Vec::new();
        nal::append(&mut data, &[0x06, 5, 1, 0x80]);
        let mut contents = Vec::new();
        for _ in 0..1 + random.below(2) {
            let start = SliceStart {
                first_macroblock: random.below(300),
                kind: 5,
                parameters: 0,
                frame_num: random.below(1 << sequence.frame_num_bits),
                idr: idr.then(|| random.below(9)),
                order: sequence.order_bits.map(|bits| random.below(1 << bits)),
            };
            let mut writer = BitWriter::default();
            start.write(&mut writer, sequence);
            // Runs of zeros are frequent, so that emulation prevention has work.
            let content: Vec<bool> = (0..random.below(900))
                .map(|index| random.below(if index / 64 % 2 == 0 { 60 } else { 2 }) == 1)
                .collect();
            content.iter().for_each(|bit| writer.flag(*bit));
            let header = if idr { 0x65 } else { 0x41 };
            nal::append(&mut data, &nal::unit(header, &writer.stop()));
            contents.push(content);
        }
        (data, contents)
    }

    #[test]
    fn pictures_keep_their_content_and_get_their_place() {
        let mut random = Random::new(8);
        for _ in 0..600 {
            let (sequence, header) = header(&mut random);
            let stream = HeldStream::new(&header).unwrap();
            let idr = random.below(2) == 1;
            let place = random.below(100_000);
            let (data, contents) = picture(&mut random, &sequence, idr);
            let (changed, standing) = stream.picture(&data, place).unwrap();
            let units: Vec<&[u8]> = nal::units(&changed).collect();
            assert_eq!(units[0], [0x06, 5, 1, 0x80]);
            assert_eq!(units.len(), 1 + contents.len());
            for (unit, content) in units[1..].iter().zip(contents) {
                let bytes = nal::unescaped(&unit[1..]);
                let reader = &mut BitReader::new(&bytes);
                let start = SliceStart::read(reader, &stream.wide, idr).unwrap();
                let bits = stream.wide.order_bits.unwrap();
                assert_eq!(start.order, Some(2 * place % (1 << bits)));
                let frame_num = (start.frame_num + 1) % (1 << sequence.frame_num_bits);
                let left = content_bits(&bytes).unwrap() - reader.position();
                let found: Vec<bool> = (0..left).map(|_| reader.flag().unwrap()).collect();
                assert_eq!(found, content);
                if unit == units.last().unwrap() {
                    assert_eq!(standing, Some(Standing { frame_num }));
                }
            }
        }
    }

    #[test]
    fn a_picture_that_stays_is_a_few_bytes() {
        let mut random = Random::new(9);
        let (_, header) = header(&mut random);
        let stream = HeldStream::new(&header).unwrap();
        let still = stream.still(Standing { frame_num: 3 }, 77);
        assert!(still.len() < 20, "{}", still.len());
        let unit = nal::units(&still).next().unwrap();
        assert!(!is_reference(unit[0]));
        let bytes = nal::unescaped(&unit[1..]);
        let start = SliceStart::read(&mut BitReader::new(&bytes), &stream.wide, false).unwrap();
        assert_eq!((start.frame_num, start.order), (3, Some(154)));
        // Its parameters are in the header, under a number that was free.
        let own: Vec<u32> = nal::units(stream.header())
            .filter(|unit| kind(unit[0]) == PICTURE)
            .map(|unit| picture_id(&nal::unescaped(&unit[1..])).unwrap())
            .collect();
        assert_eq!(own, [start.parameters - 1, start.parameters]);
    }

    #[test]
    fn nothing_stands_where_nobody_refers() {
        let mut random = Random::new(10);
        let (sequence, header) = header(&mut random);
        let stream = HeldStream::new(&header).unwrap();
        let (mut data, _) = picture(&mut random, &sequence, false);
        for at in 4..data.len() {
            if data[at - 4..at] == [0, 0, 0, 1] && data[at] == 0x41 {
                data[at] = 0x01;
            }
        }
        assert_eq!(stream.picture(&data, 4).unwrap().1, None);
    }

    #[test]
    fn foreign_bytes_are_refused() {
        assert_eq!(HeldStream::new(&[]).unwrap_err(), StreamFault::Damaged);
        let mut random = Random::new(11);
        let (_, header) = header(&mut random);
        let twice = HeldStream::new(&[&header[..], &header].concat()).unwrap_err();
        assert_eq!(twice, StreamFault::Unknown("several sequences"));
        let stream = HeldStream::new(&header).unwrap();
        let parts = stream.picture(&[0, 0, 1, 2, 9], 0).unwrap_err();
        assert_eq!(parts, StreamFault::Unknown("slices in parts"));
        let short = stream.picture(&[0, 0, 1, 0x41, 0x80], 0).unwrap_err();
        assert_eq!(short, StreamFault::Damaged);
    }
}
