use super::{
    StreamFault,
    bits::{BitReader, BitWriter, content_bits},
};

/// Kinds of units (table 7-1).
pub(super) const SLICE: u8 = 1;
pub(super) const IDR_SLICE: u8 = 5;
pub(super) const SEQUENCE: u8 = 7;
pub(super) const PICTURE: u8 = 8;

/// The kind of a unit, by its header byte.
pub(super) fn kind(header: u8) -> u8 {
    header & 0x1f
}

/// Whether other pictures refer to that of a unit, by its header byte.
pub(super) fn is_reference(header: u8) -> bool {
    header & 0x60 != 0
}

/// Profiles whose sequences say more of their samples (7.3.2.1.1).
const HIGH_PROFILES: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// The most bits that a picture's order can have.
const WIDEST_ORDER: u32 = 16;
/// By how much the field of the order grows: whole bytes, so that what follows it in a
/// slice keeps its place within bytes, which arithmetic coding counts on.
const GROWTH: u32 = 8;

/// What is used of a sequence's parameters (7.3.2.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub id: u32,
    pub frame_num_bits: u32,
    /// Bits of a picture's order; none where pictures come in their order.
    pub order_bits: Option<u32>,
    pub macroblocks: u32,
}

/// Where in a sequence's parameters the order of pictures is told.
struct OrderPlace {
    start: usize,
    end: usize,
}

impl Sequence {
    pub fn parse(bytes: &[u8]) -> Result<Self, StreamFault> {
        Ok(Self::find(bytes)?.0)
    }

    fn find(bytes: &[u8]) -> Result<(Self, OrderPlace), StreamFault> {
        let reader = &mut BitReader::new(bytes);
        let profile = reader.bits(8)?;
        reader.bits(16)?;
        let id = reader.ue()?;
        if HIGH_PROFILES.contains(&profile) {
            if reader.ue()? == 3 && reader.flag()? {
                return Err(StreamFault::Unknown("planes of their own"));
            }
            let (_luma, _chroma) = (reader.ue()?, reader.ue()?);
            let _bypass = reader.flag()?;
            if reader.flag()? {
                return Err(StreamFault::Unknown("scaling lists"));
            }
        }
        let frame_num_bits = within(reader.ue()?, 12)? + 4;
        let start = reader.position();
        let order_bits = match reader.ue()? {
            0 => Some(within(reader.ue()?, 12)? + 4),
            2 => None,
            _ => return Err(StreamFault::Unknown("an order of pictures in cycles")),
        };
        let place = OrderPlace {
            start,
            end: reader.position(),
        };
        let _references = reader.ue()?;
        let _gaps = reader.flag()?;
        let (width, height) = (reader.ue()?, reader.ue()?);
        if !reader.flag()? {
            return Err(StreamFault::Unknown("fields"));
        }
        let count = (u64::from(width) + 1) * (u64::from(height) + 1);
        let macroblocks = u32::try_from(count).map_err(|_| StreamFault::Damaged)?;
        let sequence = Self {
            id,
            frame_num_bits,
            order_bits,
            macroblocks,
        };
        Ok((sequence, place))
    }

    /// The same parameters with room for longer times between pictures, and their bytes.
    pub fn widened(bytes: &[u8]) -> Result<(Self, Vec<u8>), StreamFault> {
        let (mut sequence, place) = Self::find(bytes)?;
        let bits = sequence
            .order_bits
            .map_or(WIDEST_ORDER, |bits| bits + GROWTH);
        if bits > WIDEST_ORDER {
            return Err(StreamFault::Unknown("a wide order of pictures"));
        }
        sequence.order_bits = Some(bits);
        let (mut reader, mut writer) = (BitReader::new(bytes), BitWriter::default());
        writer.copy(&mut reader, place.start)?;
        writer.ue(0);
        writer.ue(bits - 4);
        reader.bits((place.end - place.start) as u32)?;
        writer.copy(&mut reader, content_bits(bytes)? - place.end)?;
        Ok((sequence, writer.stop()))
    }
}

/// The number of a picture's parameters (7.3.2.2); refuses what would make slices longer
/// than is known here.
pub(super) fn picture_id(bytes: &[u8]) -> Result<u32, StreamFault> {
    let reader = &mut BitReader::new(bytes);
    let (id, _sequence) = (reader.ue()?, reader.ue()?);
    let _arithmetic = reader.flag()?;
    match reader.flag()? {
        true => Err(StreamFault::Unknown("orders of fields")),
        false => Ok(id),
    }
}

/// Parameters for pictures in which nothing changes: number `id`, of a sequence; plain
/// variable-length codes, no weights, deblocking as a slice says.
pub(super) fn still_parameters(id: u32, sequence: &Sequence) -> Vec<u8> {
    let mut writer = BitWriter::default();
    writer.ue(id);
    writer.ue(sequence.id);
    writer.flag(false); // Arithmetic coding.
    writer.flag(false); // Orders of fields.
    writer.ue(0); // Groups of slices but one.
    writer.ue(0); // References but one, in either list.
    writer.ue(0);
    writer.flag(false); // Weights.
    writer.bits(0, 2);
    writer.se(0); // Quantisers and their offset in colour.
    writer.se(0);
    writer.se(0);
    writer.flag(true); // Slices say whether they are deblocked.
    writer.flag(false); // Constrained prediction.
    writer.flag(false); // Redundant pictures.
    writer.stop()
}

/// The start of a slice (7.3.3), up to the order of its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SliceStart {
    pub first_macroblock: u32,
    pub kind: u32,
    pub parameters: u32,
    pub frame_num: u32,
    /// The number of a picture at which decoding can begin.
    pub idr: Option<u32>,
    pub order: Option<u32>,
}

impl SliceStart {
    pub fn read(
        reader: &mut BitReader<'_>,
        sequence: &Sequence,
        idr: bool,
    ) -> Result<Self, StreamFault> {
        Ok(Self {
            first_macroblock: reader.ue()?,
            kind: reader.ue()?,
            parameters: reader.ue()?,
            frame_num: reader.bits(sequence.frame_num_bits)?,
            idr: if idr { Some(reader.ue()?) } else { None },
            order: sequence
                .order_bits
                .map(|bits| reader.bits(bits))
                .transpose()?,
        })
    }

    pub fn write(&self, writer: &mut BitWriter, sequence: &Sequence) {
        writer.ue(self.first_macroblock);
        writer.ue(self.kind);
        writer.ue(self.parameters);
        writer.bits(self.frame_num, sequence.frame_num_bits);
        if let Some(number) = self.idr {
            writer.ue(number);
        }
        if let (Some(order), Some(bits)) = (self.order, sequence.order_bits) {
            writer.bits(order, bits);
        }
    }
}

/// The bytes of a slice of which `start` is the start, in which no macroblock differs from
/// the picture before: a picture to which none refers.
pub(super) fn still_slice(start: &SliceStart, sequence: &Sequence) -> Vec<u8> {
    still_slice_from(start, sequence, 1)
}

/// The same, of the picture whose number lies `back` before its own, at least 1.
pub(super) fn still_slice_from(start: &SliceStart, sequence: &Sequence, back: u32) -> Vec<u8> {
    let mut writer = BitWriter::default();
    start.write(&mut writer, sequence);
    writer.flag(false); // As many references as the parameters say.
    writer.flag(back != 1); // Else the latest first.
    if back != 1 {
        writer.ue(0); // One whose number is less by so much (7.3.3.1).
        writer.ue(back.saturating_sub(1));
        writer.ue(3); // And no other.
    }
    writer.se(0); // Quantiser.
    writer.ue(1); // Not deblocked.
    writer.ue(sequence.macroblocks); // Skipped.
    writer.stop()
}

fn within(value: u32, most: u32) -> Result<u32, StreamFault> {
    match value <= most {
        true => Ok(value),
        false => Err(StreamFault::Damaged),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{super::random::Random, *};

    /// A random sequence and its bytes, with bits that nobody here knows at its end.
    pub fn sequence(random: &mut Random) -> (Sequence, Vec<u8>) {
        let mut writer = BitWriter::default();
        let profile = [66, 77, 100, 244][random.below(4) as usize];
        writer.bits(profile, 8);
        writer.bits(random.below(1 << 16), 16);
        let id = random.below(32);
        writer.ue(id);
        if HIGH_PROFILES.contains(&profile) {
            writer.ue(1);
            writer.ue(0);
            writer.ue(0);
            writer.flag(random.below(2) == 1);
            writer.flag(false);
        }
        let frame_num_bits = 4 + random.below(13);
        writer.ue(frame_num_bits - 4);
        let order_bits = (random.below(3) > 0).then(|| 4 + random.below(5));
        match order_bits {
            Some(bits) => {
                writer.ue(0);
                writer.ue(bits - 4);
            }
            None => writer.ue(2),
        }
        writer.ue(random.below(17));
        writer.flag(false);
        let (width, height) = (random.below(300), random.below(300));
        writer.ue(width);
        writer.ue(height);
        writer.flag(true);
        for _ in 0..random.below(90) {
            writer.flag(random.below(2) == 1);
        }
        let sequence = Sequence {
            id,
            frame_num_bits,
            order_bits,
            macroblocks: (width + 1) * (height + 1),
        };
        (sequence, writer.stop())
    }

    #[test]
    fn a_widened_sequence_says_the_same_but_for_its_order() {
        let mut random = Random::new(5);
        for _ in 0..500 {
            let (sequence, bytes) = sequence(&mut random);
            assert_eq!(Sequence::parse(&bytes).as_ref(), Ok(&sequence));
            let (wide, wider) = Sequence::widened(&bytes).unwrap();
            assert_eq!(Sequence::parse(&wider).as_ref(), Ok(&wide));
            let bits = sequence.order_bits.map_or(16, |bits| bits + 8);
            assert_eq!(
                wide,
                Sequence {
                    order_bits: Some(bits),
                    ..sequence
                }
            );
            // What follows is untouched, to the bit.
            let (_, old) = Sequence::find(&bytes).unwrap();
            let (_, new) = Sequence::find(&wider).unwrap();
            let rest = |bytes: &[u8], from: usize| {
                let mut reader = BitReader::new(bytes);
                let bits = 0..content_bits(bytes).unwrap();
                let all: Vec<bool> = bits.map(|_| reader.flag().unwrap()).collect();
                all[from..].to_vec()
            };
            assert_eq!(rest(&bytes, old.end), rest(&wider, new.end));
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let with = |write: &dyn Fn(&mut BitWriter)| {
            let mut writer = BitWriter::default();
            write(&mut writer);
            Sequence::widened(&writer.stop())
        };
        let start = |writer: &mut BitWriter, profile| {
            writer.bits(profile, 8);
            writer.bits(0, 16);
            writer.ue(0);
        };
        let scaled = with(&|writer| {
            start(writer, 100);
            for _ in 0..3 {
                writer.ue(0);
            }
            writer.flag(false);
            writer.flag(true);
        });
        assert_eq!(scaled.unwrap_err(), StreamFault::Unknown("scaling lists"));
        let cycles = with(&|writer| {
            start(writer, 66);
            writer.ue(0);
            writer.ue(1);
        });
        let cycles = cycles.unwrap_err();
        assert_eq!(
            cycles,
            StreamFault::Unknown("an order of pictures in cycles")
        );
        let rest = |writer: &mut BitWriter, order: u32, frames| {
            start(writer, 66);
            writer.ue(0);
            writer.ue(0);
            writer.ue(order - 4);
            writer.ue(1);
            writer.flag(false);
            writer.ue(4);
            writer.ue(4);
            writer.flag(frames);
        };
        let fields = with(&|writer| rest(writer, 6, false));
        assert_eq!(fields.unwrap_err(), StreamFault::Unknown("fields"));
        let wide = with(&|writer| rest(writer, 9, true)).unwrap_err();
        assert_eq!(wide, StreamFault::Unknown("a wide order of pictures"));
        assert!(with(&|writer| rest(writer, 8, true)).is_ok());
        assert_eq!(Sequence::parse(&[66, 0]), Err(StreamFault::Damaged));
    }

    #[test]
    fn the_start_of_a_slice_is_read_as_it_was_written() {
        let mut random = Random::new(6);
        for _ in 0..500 {
            let (sequence, _) = sequence(&mut random);
            let idr = random.below(2) == 1;
            let start = SliceStart {
                first_macroblock: random.below(100),
                kind: random.below(10),
                parameters: random.below(256),
                frame_num: random.below(1 << sequence.frame_num_bits),
                idr: idr.then(|| random.below(70_000)),
                order: sequence.order_bits.map(|bits| random.below(1 << bits)),
            };
            let mut writer = BitWriter::default();
            start.write(&mut writer, &sequence);
            let bytes = writer.stop();
            let reader = &mut BitReader::new(&bytes);
            assert_eq!(
                SliceStart::read(reader, &sequence, idr).as_ref(),
                Ok(&start)
            );
            assert_eq!(reader.position(), content_bits(&bytes).unwrap());
            let still = still_slice(&start, &sequence);
            let reader = &mut BitReader::new(&still);
            assert_eq!(
                SliceStart::read(reader, &sequence, idr).as_ref(),
                Ok(&start)
            );
            let (override_, modified) = (reader.flag(), reader.flag());
            assert_eq!((override_, modified), (Ok(false), Ok(false)));
            assert_eq!((reader.se(), reader.ue()), (Ok(0), Ok(1)));
            assert_eq!(reader.ue(), Ok(sequence.macroblocks));
            assert_eq!(reader.position(), content_bits(&still).unwrap());
        }
    }

    #[test]
    fn parameters_of_pictures_are_known_by_their_number() {
        let mut random = Random::new(7);
        let (sequence, _) = sequence(&mut random);
        for id in [0, 1, 3, 255] {
            assert_eq!(picture_id(&still_parameters(id, &sequence)), Ok(id));
        }
        let mut fields = BitWriter::default();
        fields.ue(0);
        fields.ue(0);
        fields.bits(0b01, 2);
        let fields = picture_id(&fields.stop());
        assert_eq!(fields, Err(StreamFault::Unknown("orders of fields")));
    }
}
