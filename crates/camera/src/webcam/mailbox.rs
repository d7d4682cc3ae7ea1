//! Hands frames from the driver thread to the camera thread: one place, the newest frame wins, an error stays.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use portico_types::{CameraFault, Frame};

use crate::CameraError;

/// One open stream's place for news.
#[derive(Default)]
pub(super) struct Mailbox {
    post: Mutex<Post>,
    changed: Condvar,
}

#[derive(Default)]
struct Post {
    news: Option<Result<Frame, CameraError>>,
    closed: bool,
}

impl Mailbox {
    /// Leaves news in place of older news. An error that ends the stream is never replaced.
    pub fn put(&self, news: Result<Frame, CameraError>) {
        let mut post = self.lock();
        let has_ended = matches!(&post.news, Some(Err(error)) if error.fault != CameraFault::Torn);
        if !has_ended {
            post.news = Some(news);
        }
        drop(post);
        self.changed.notify_all();
    }

    /// Takes the news, waiting for it for up to `timeout`.
    pub fn take(&self, timeout: Duration) -> Option<Result<Frame, CameraError>> {
        let waited = self.changed.wait_timeout_while(self.lock(), timeout, |post| post.news.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.news.take()
    }

    /// Tells the driver thread that no more frames are wanted.
    pub fn close(&self) {
        self.lock().closed = true;
    }

    /// Whether no more frames are wanted.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> MutexGuard<'_, Post> {
        self.post.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::frame;

    fn taken(mailbox: &Mailbox) -> Option<Result<u64, CameraFault>> {
        mailbox.take(Duration::ZERO).map(|news| news.map(|f| f.sequence).map_err(|e| e.fault))
    }

    #[test]
    fn news_is_taken_once_and_the_newest_wins() {
        let mailbox = Mailbox::default();
        mailbox.put(Ok(frame(1)));
        mailbox.put(Ok(frame(2)));
        assert_eq!(taken(&mailbox), Some(Ok(2)));
        assert_eq!(taken(&mailbox), None);
    }

    #[test]
    fn a_damaged_picture_is_forgotten_when_a_good_one_follows() {
        let mailbox = Mailbox::default();
        mailbox.put(Err(CameraError::new(CameraFault::Torn, "")));
        mailbox.put(Ok(frame(1)));
        assert_eq!(taken(&mailbox), Some(Ok(1)));
    }

    #[test]
    fn the_end_of_a_stream_is_not_overwritten() {
        let mailbox = Mailbox::default();
        mailbox.put(Err(CameraError::new(CameraFault::Unplugged, "")));
        mailbox.put(Ok(frame(1)));
        assert_eq!(taken(&mailbox), Some(Err(CameraFault::Unplugged)));
    }
}
