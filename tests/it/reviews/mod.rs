//! Least privilege and reviews: when access was last used, what holds it back, who confirms it, and the evidence of that.

mod suspensions;
mod usage;

use crate::support::{House, program::command, web::Served};
use reqwest::Method;
use serde_json::Value;

/// A list of the API as somebody.
pub async fn read(served: &Served, bearer: &str, path: &str) -> Value {
    let (status, body) = served.api(bearer, Method::GET, &format!("/api/v1{path}"), Value::Null).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// What a command prints, as a list of JSON.
pub fn printed(house: &House, arguments: &[&str]) -> Value {
    let output = command(house, arguments).output().unwrap();
    let (said, wrong) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{arguments:?}: {said}{wrong}");
    serde_json::from_str(&said).unwrap_or(Value::String(said))
}
