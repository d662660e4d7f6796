//! WebDriver's own protocol: JSON over plain HTTP to this machine.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub(super) struct Wire {
    port: u16,
}

impl Wire {
    pub(super) fn new(port: u16) -> Self {
        Self { port }
    }

    /// Sends a command and gives its value; a refusal is a failure of the test.
    pub(super) fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.try_ask(method, path, body);
        let answer = answer.unwrap_or_else(|| panic!("the driver is silent to {method} {path}"));
        let value = answer.get("value").cloned().unwrap_or(Value::Null);
        let refused = value.get("error").is_some_and(|fault| fault.is_string());
        assert!(!refused, "{method} {path}: {value:#}");
        value
    }

    /// The whole answer; `None` where there is none.
    pub(super) fn try_ask(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(300)))
            .ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(stated) = line.strip_prefix("content-length:") {
                length = stated.trim().parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut bytes = vec![0; length];
        answer.read_exact(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}
