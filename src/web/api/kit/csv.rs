//! Lists as CSV (RFC 4180), page by page as they are read, and never a cell that a spreadsheet would run as a formula.

use super::Unfit;
use crate::{
    base::refusal::{Broken, Fault},
    web::kit::failure::Failure,
};
use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodySize, MessageBody},
    http::header,
    web::Bytes,
};
use std::{
    borrow::Cow,
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;

/// How many pages may wait for a slow reader.
const AHEAD: usize = 2;

/// Whether the caller wants CSV: by `?format=csv`, or by `Accept`, unless `?format=json`.
///
/// # Errors
/// The format is another one.
pub(in crate::web::api) fn wanted(request: &HttpRequest, format: Option<&str>) -> Result<bool, Failure> {
    match format {
        Some("csv") => Ok(true),
        Some("json") => Ok(false),
        Some(_) => Err(Fault::from(Unfit::field("format", "json | csv")).into()),
        None => {
            let accept =
                request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let place = |media: &str| accept.find(media).unwrap_or(usize::MAX);
            Ok(place("text/csv") < place("application/json"))
        }
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection").
pub(in crate::web::api) fn safe(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Lines as CSV text.
///
/// # Errors
/// Writing to memory fails.
pub(in crate::web::api) fn text<L: AsRef<[String]>>(lines: impl IntoIterator<Item = L>) -> Result<Bytes, Failure> {
    let broken = |error: &dyn std::fmt::Display| Failure::from(Fault::from(Broken::defect(error)));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        writer
            .write_record(line.as_ref().iter().map(|cell| safe(cell).into_owned()))
            .map_err(|error| broken(&error))?;
    }
    writer.into_inner().map(Bytes::from).map_err(|error| broken(&error))
}

/// Objects as lines under a head that names every field of any of them; what is not plain text stands as JSON.
pub(in crate::web::api) fn table(lines: &[serde_json::Value]) -> Vec<Vec<String>> {
    let fields = lines.iter().filter_map(serde_json::Value::as_object).flat_map(serde_json::Map::keys);
    let head: Vec<String> = fields.cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let cell = |line: &serde_json::Value, field: &String| match line.get(field) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let body: Vec<Vec<String>> =
        lines.iter().map(|line| head.iter().map(|field| cell(line, field)).collect()).collect();
    std::iter::once(head).chain(body).collect()
}

/// Where pages of CSV go in, while the answer goes out.
pub(in crate::web::api) struct Pen(mpsc::Sender<Result<Bytes, io::Error>>);

impl Pen {
    /// Hands a page on; tells whether anybody still reads.
    pub(in crate::web::api) async fn write(&self, page: Result<Bytes, Failure>) -> bool {
        let failed = page.is_err();
        // A page that can not be read cuts the answer, so that nobody takes a part for the whole.
        let sent = self.0.send(page.map_err(|failure| io::Error::other(failure.to_string()))).await;
        sent.is_ok() && !failed
    }
}

struct Pipe(mpsc::Receiver<Result<Bytes, io::Error>>);

impl MessageBody for Pipe {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        self.0.poll_recv(context)
    }
}

/// A CSV answer under a file name, and the pen that writes it.
pub(in crate::web::api) fn download(name: &str) -> (HttpResponse, Pen) {
    download_of("text/csv; charset=utf-8; header=present", name)
}

/// An answer of any kind under a file name, and the pen that writes it.
pub(in crate::web::api) fn download_of(kind: &'static str, name: &str) -> (HttpResponse, Pen) {
    let (pen, pipe) = mpsc::channel(AHEAD);
    let response = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(Pipe(pipe));
    (response, Pen(pen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_stand_under_the_names_of_all_their_fields() {
        let lines = serde_json::json!([{ "b": "x", "a": 1 }, { "c": { "d": [true] }, "a": null }]);
        let table = table(lines.as_array().unwrap());
        assert_eq!(table, [["a", "b", "c"], ["1", "x", ""], ["", "", "{\"d\":[true]}"]]);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let cells = ["=1+1", "+1", "-1", "@a", "\tx", "a,\"b\"", "plain"].map(str::to_owned);
        let text = text([cells]).unwrap();
        assert_eq!(text, "'=1+1,'+1,'-1,'@a,'\tx,\"a,\"\"b\"\"\",plain\r\n");
    }
}
