use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
    time::Duration,
};

use cpu_time::ThreadTime;
use kinora_media::{Damage, MediaError, MediaSource, VideoFrame, VideoReader};

/// A video reader on a thread of its own. Where a processor is idle it decodes the
/// picture that will probably be asked for next while the last one is drawn and
/// encoded; where none is, that would only be in the way.
///
/// A guess never shows in a result: what is asked for is looked up by its own time.
pub(crate) struct Ahead {
    /// None only while it is being dropped.
    questions: Option<Sender<Question>>,
    answers: Receiver<Answer>,
    thread: Option<JoinHandle<()>>,
    last: Option<f64>,
    position: f64,
    damage: Option<Damage>,
    busy: Duration,
}

enum Question {
    /// The picture that is on at this time is needed.
    Ask(f64),
    /// It will probably be needed.
    Guess(f64),
}

struct Answer {
    frame: Result<VideoFrame, MediaError>,
    damage: Option<Damage>,
    busy: Duration,
}

impl Ahead {
    /// Opens a video.
    pub fn open(source: &MediaSource) -> Result<Self, MediaError> {
        let mut reader = VideoReader::open(source)?;
        let position = reader.position();
        let (questions, asked) = channel();
        let (answer, answers) = channel();
        let run = move || {
            let mut busy = Duration::ZERO;
            for question in asked {
                let start = ThreadTime::now();
                match question {
                    Question::Ask(time) => {
                        let frame = reader.frame_at(time);
                        busy += start.elapsed();
                        let busy = std::mem::take(&mut busy);
                        let damage = reader.damage();
                        let told = Answer {
                            frame,
                            damage,
                            busy,
                        };
                        if answer.send(told).is_err() {
                            break;
                        }
                    }
                    Question::Guess(time) => {
                        // Should it fail, it fails again when it is asked for.
                        drop(reader.frame_at(time));
                        busy += start.elapsed();
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("decoder".to_owned())
            .spawn(run)
            .map_err(|error| MediaError::Unreadable {
                path: source.path().to_owned(),
                source: io::Error::new(
                    error.kind(),
                    format!("the system gives no thread to decode on: {error}"),
                ),
            })?;
        Ok(Self {
            questions: Some(questions),
            answers,
            thread: Some(thread),
            last: None,
            position,
            damage: None,
            busy: Duration::ZERO,
        })
    }

    /// The picture that is on at `time` seconds. With `spare`, the next one is
    /// guessed at and decoded meanwhile.
    pub fn frame_at(&mut self, time: f64, spare: bool) -> Result<VideoFrame, MediaError> {
        self.send(Question::Ask(time));
        let answer = self.answers.recv().expect("a decoder answers");
        self.busy += answer.busy;
        self.damage = answer.damage;
        let frame = answer.frame?;
        self.position = frame.pts_seconds();
        if let Some(last) = self.last.replace(time)
            && spare
            && (0.0..0.5).contains(&(time - last))
        {
            self.send(Question::Guess(time + (time - last)));
        }
        Ok(frame)
    }

    fn send(&self, question: Question) {
        let questions = self.questions.as_ref();
        let sent = questions.is_some_and(|questions| questions.send(question).is_ok());
        assert!(sent, "a decoder listens while it is held");
    }

    /// When the last picture asked for begins, in seconds.
    pub fn position(&self) -> f64 {
        self.position
    }

    /// The first fault of the file that was met so far.
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// The time spent decoding since the last call.
    pub fn take_busy(&mut self) -> Duration {
        std::mem::take(&mut self.busy)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            // Its panic, if there was one, has been met by the one who waited.
            let _ = thread.join();
        }
    }
}
