//! The OpenAPI document of the API.

use serde_json::{Value, json};

/// The document.
#[must_use]
pub fn document() -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Habilis", "version": "1" }, "paths": {} })
}
