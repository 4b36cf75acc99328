use std::sync::{
    Arc, Mutex,
    mpsc::{Receiver, Sender, channel},
};

use kinora_session::{FramePainter, FramePicture, SessionError};
use tokio::sync::oneshot;

use crate::{desk::Desk, take::Take};

/// A picture that is to be drawn.
pub struct Ask {
    /// Of what.
    pub take: Arc<Take>,
    /// The project's frame.
    pub number: u64,
    /// Pixels across, if fewer than the canvas has.
    pub width: Option<u32>,
    answer: oneshot::Sender<Result<FramePicture, SessionError>>,
}

/// A thread that draws, and its queue.
pub struct Easel {
    asks: Sender<Ask>,
    queue: Mutex<Option<Receiver<Ask>>>,
}

impl Default for Easel {
    fn default() -> Self {
        let (asks, queue) = channel();
        Self {
            asks,
            queue: Mutex::new(Some(queue)),
        }
    }
}

impl Easel {
    /// Draws a picture once those asked for before are drawn. Who no longer waits leaves
    /// the queue.
    pub async fn draw(
        &self,
        take: Arc<Take>,
        number: u64,
        width: Option<u32>,
    ) -> Result<FramePicture, SessionError> {
        let (answer, picture) = oneshot::channel();
        let ask = Ask {
            take,
            number,
            width,
            answer,
        };
        let over = || SessionError::Broken("what draws has ended".to_owned());
        self.asks.send(ask).map_err(|_| over())?;
        picture.await.map_err(|_| over())?
    }

    fn take_queue(&self) -> Option<Receiver<Ask>> {
        self.queue
            .lock()
            .expect("no holder of the lock panics")
            .take()
    }
}

/// Draws what is looked at, until the studio ends.
pub fn work(desk: &Arc<Desk>) {
    draw(desk, &desk.easel);
}

/// Draws what is wanted beside, until the studio ends.
pub fn work_aside(desk: &Arc<Desk>) {
    draw(desk, &desk.aside);
}

fn draw(desk: &Desk, easel: &Easel) {
    let Some(queue) = easel.take_queue() else {
        return;
    };
    let mut painter = FramePainter::new();
    while !desk.has_ended() {
        let Ok(ask) = queue.recv_timeout(std::time::Duration::from_millis(200)) else {
            continue;
        };
        if ask.answer.is_closed() {
            continue;
        }
        let (take, number) = (&ask.take, ask.number);
        let place = number.saturating_sub(take.first);
        let store = &**take.session.library();
        let picture = painter.draw(&take.film, place, number, ask.width, store);
        // Whoever asked may have gone meanwhile.
        let _ = ask.answer.send(picture);
    }
}
