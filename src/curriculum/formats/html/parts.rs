//! Links, pictures and tables on their way to Markdown.

use super::{Writer, literal, tokens};

/// The most columns of a table.
const WIDEST: usize = 40;

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<String>>,
    /// What was written before the cell.
    pub(super) aside: Option<(String, usize)>,
}

impl Writer<'_> {
    pub(super) fn image(&mut self, attributes: &tokens::Attributes<'_>) {
        let alt = attributes.alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = if alt.is_empty() { "picture".to_owned() } else { alt };
        let mut words = String::new();
        literal::words(&alt, false, &mut words);
        let words = words.replace(['[', ']'], "");
        let source = attributes.address.trim();
        match self.shelf.find(source) {
            Some(place) if !self.inline => self.raw(&format!("![{words}]({place})")),
            _ => {
                self.note("a picture became its description");
                self.raw(&format!("({words})"));
            }
        }
    }

    pub(super) fn end_link(&mut self) {
        let Some((href, from)) = self.link.take() else { return };
        if from >= self.out.len() {
            self.out.push_str("link");
        }
        self.out.push_str(&format!("]({href})"));
    }

    pub(super) fn end_cell(&mut self) {
        if self.table.as_ref().is_none_or(|grid| grid.aside.is_none()) {
            return;
        }
        self.end_link();
        while let Some(mark) = self.marks.pop() {
            self.out.push_str(if mark.written { mark.sign } else { "" });
        }
        let Some(grid) = &mut self.table else { return };
        let Some((before, due)) = grid.aside.take() else { return };
        let cell = std::mem::replace(&mut self.out, before);
        let cell = cell.replace('\n', " ");
        if grid.rows.is_empty() {
            grid.rows.push(Vec::new());
        }
        if let Some(row) = grid.rows.last_mut() {
            let full = row.len() >= WIDEST;
            match row.last_mut().filter(|_| full) {
                Some(last) => {
                    last.push(' ');
                    last.push_str(&cell);
                }
                None => row.push(cell),
            }
        }
        self.due = due;
        self.space = false;
    }

    pub(super) fn end_table(&mut self) {
        self.end_cell();
        let Some(mut grid) = self.table.take() else { return };
        grid.rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        for (at, row) in grid.rows.iter_mut().enumerate() {
            row.resize(width, String::new());
            self.due = self.due.max(usize::from(at > 0));
            self.raw(&format!("| {} |", row.join(" | ")));
            if at == 0 {
                self.due = 1;
                self.raw(&format!("|{}", " --- |".repeat(width)));
            }
        }
        self.block(2);
    }
}
