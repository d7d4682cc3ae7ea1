//! Equipment without a kiosk around it, for tests: a real database, no camera, a clock that stands still, and backends that
//! say one thing whatever they are asked.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex, RwLock};

use portico_identify::{DecisionPolicy, Gallery};
use portico_store::{DatabaseKey, KeyError, KeyProtection, KeyProvider, Store};
use portico_testkit::{FakeClock, model};
use portico_ticketing::{PorticoBackend, PorticoParams};
use portico_types::{Clock, GateId, StaffId, StaffRole, Tick};
use tempfile::TempDir;
use tokio::sync::{Notify, mpsc};

use crate::clock::Timer;
use crate::contract::OnDuty;
use crate::kiosk::event::{Event, Mailbox};
use crate::kiosk::moments::Moments;
use crate::random::Random;
use crate::runner::{Equipment, Pictures, Situation};
use crate::stage_times::StageTimes;
use crate::store_thread::StoreHandle;
use crate::tally::Tally;
use crate::vision_thread::VisionHandle;

/// Equipment, and what must outlive it.
pub(crate) struct Equipped {
    pub(crate) equipment: Equipment,
    pub(crate) folder: TempDir,
    /// What the loop is told; where nobody reads it, it only must have room.
    pub(crate) inbox: mpsc::Receiver<Event>,
}

struct KnownKey;

impl KeyProvider for KnownKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new([3; 32]))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

/// A timer that nothing waits for.
struct Never;

impl Timer for Never {
    fn wait_until(&self, _: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

impl Equipped {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kiosk.db"), &KnownKey).unwrap();
        let clock: Arc<dyn Clock> = Arc::new(FakeClock::new());
        let (mailbox, inbox) = Mailbox::new();
        let gate = GateId::new("north");
        let mut drawn = 0_u8;
        let random = Random::new(move |bytes| {
            drawn = drawn.wrapping_add(1);
            bytes.fill(drawn);
        });
        let equipment = Equipment {
            store: StoreHandle::spawn(store, |_| {}).unwrap(),
            vision: VisionHandle::blind(),
            gallery: Arc::new(RwLock::new(Gallery::new(model()))),
            situation: Arc::new(RwLock::new(Situation::at_start(&gate, BTreeSet::new()))),
            decision: Arc::new(DecisionPolicy::default()),
            mailbox,
            moments: Moments::new(Arc::clone(&clock)),
            times: StageTimes::new(Arc::clone(&clock)),
            tally: Tally::new(Arc::clone(&clock)),
            clock,
            random,
            gate,
            recorded: Arc::new(Notify::new()),
            timer: Arc::new(Never),
            pictures: Pictures::default(),
        };
        Self { equipment, folder, inbox }
    }

    /// What `work` says of the database.
    pub(crate) async fn store<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> R + Send + 'static,
    ) -> R {
        self.equipment.store.with(work).await.unwrap()
    }
}

/// A supervisor is on duty.
pub(crate) fn supervisor() -> OnDuty {
    OnDuty { member: StaffId::FIRST, role: StaffRole::Supervisor }
}

/// A backend that gives the same answer to every request.
pub(crate) struct OneAnswer {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl OneAnswer {
    /// One that answers with `status` and `body` of `media_type`.
    pub(crate) fn new(status: &str, media_type: &str, body: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let book = Arc::clone(&asked);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                book.lock().unwrap().push(answer_one(stream, &answer));
            }
        });
        Self { url, asked }
    }

    /// A client for it.
    pub(crate) fn backend(&self) -> PorticoBackend {
        backend_at(&self.url)
    }

    /// The first line of each request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// A client for a backend at an address where nobody listens.
pub(crate) fn nobodys_backend() -> PorticoBackend {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    backend_at(&format!("http://{address}"))
}

fn backend_at(url: &str) -> PorticoBackend {
    let client = crate::http::client().unwrap();
    PorticoBackend::new(client, url, "token", PorticoParams::default()).unwrap()
}

/// Reads a request to its end, answers, and tells its first line.
fn answer_one(mut stream: TcpStream, answer: &str) -> String {
    let (mut request, mut buffer) = (Vec::new(), [0; 4_096]);
    while !is_whole(&request) {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    // Whoever asked may have gone away.
    let _ = stream.write_all(answer.as_bytes());
    String::from_utf8_lossy(&request).lines().next().unwrap_or_default().to_owned()
}

fn is_whole(request: &[u8]) -> bool {
    let Some(head) = request.windows(4).position(|end| end == b"\r\n\r\n") else { return false };
    let text = String::from_utf8_lossy(&request[..head]).to_lowercase();
    let body = &request[head + 4..];
    if text.contains("transfer-encoding: chunked") {
        return body.ends_with(b"0\r\n\r\n");
    }
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}
