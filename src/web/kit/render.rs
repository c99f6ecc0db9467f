//! From a view to a page: templates, words, icons and assets, embedded in the binary and overridable from a folder.

mod components;
mod dates;
mod forms;
mod helpers;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{
    Arc, OnceLock, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering},
};

use fluent_bundle::FluentArgs;
use handlebars::{Context, Handlebars, Template, TemplateError};
use rust_embed::RustEmbed;
use serde_json::{Value as Json, json};

use crate::web::kit::words::{Words, WordsError};
use crate::web::views::{Frame, Page, Sample, Title, View};

pub use components::is_status;
pub use dates::{Clockwork, Grain};

/// The files under `templates/`, as they were when the program was built.
#[derive(RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// Why pages could not be prepared or one could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template does not parse.
    #[error("template `{name}`: {what}")]
    Template { name: String, what: String },
    /// The catalogue of messages is broken.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A file of the override folder cannot be read.
    #[error("{}: {what}", path.display())]
    Folder { path: PathBuf, what: String },
    /// A page asked for something that its view does not have.
    #[error("drawing `{template}`: {what}")]
    Draw { template: String, what: String },
    /// The view cannot be turned into data.
    #[error("a view that is not data: {0}")]
    View(#[from] serde_json::Error),
}

/// A file that browsers fetch: its bytes, its type and a stamp that changes with its content.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// The media type.
    pub media: &'static str,
    /// Sixteen hexadecimal digits for `?v=` and `ETag`.
    pub stamp: String,
}

/// Everything pages are drawn with; made once, shared by all workers.
pub struct Render {
    folder: Option<PathBuf>,
    /// Counts up with everything that open pages should show; 0 where nobody writes them.
    edition: AtomicU64,
    loaded: RwLock<Arc<Loaded>>,
}

struct Loaded {
    registry: Handlebars<'static>,
    words: Arc<Words>,
    assets: HashMap<String, Asset>,
}

impl Render {
    /// Reads and checks every template, message and asset. Files in `folder` take the place of embedded ones of the same
    /// path; with `dev` pages know their edition, so that open ones can follow the next.
    ///
    /// # Errors
    /// A template or message file that does not parse, or an unreadable folder.
    pub fn new(folder: Option<PathBuf>, dev: bool) -> Result<Self, RenderError> {
        let loaded = if folder.is_none() && !dev { embedded()? } else { Arc::new(Loaded::read(folder.as_deref())?) };
        Ok(Self { folder, edition: AtomicU64::new(u64::from(dev)), loaded: RwLock::new(loaded) })
    }

    /// Reads every template, message and asset again; where one does not parse, those from before stay.
    ///
    /// # Errors
    /// As [`Render::new`].
    pub fn refresh(&self) -> Result<(), RenderError> {
        let fresh = Arc::new(Loaded::read(self.folder.as_deref())?);
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Tells open pages that there is something new to show: the next edition, or this one if it is later.
    pub fn touch(&self, at: u64) {
        let next = self.edition().saturating_add(1).max(at);
        self.edition.store(next, Ordering::SeqCst);
    }

    /// The edition of the pages; 0 where nobody writes them.
    #[must_use]
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::SeqCst)
    }

    /// Draws a page as a whole HTML document.
    ///
    /// # Errors
    /// The template names something that the view lacks, or a message that does not exist.
    pub fn page<V: View>(&self, page: &Page<V>) -> Result<String, RenderError> {
        let context = serde_json::to_value(page)?;
        self.current()?.draw(V::TEMPLATE, V::NAV, V::FRAME, &page.view.title(), context, self.edition())
    }

    /// Draws a sample in a page's frame.
    ///
    /// # Errors
    /// As [`Render::page`].
    pub fn sample(&self, sample: &Sample, page: &Page<()>) -> Result<String, RenderError> {
        let mut context = serde_json::to_value(page)?;
        if let Some(map) = context.as_object_mut() {
            map.insert("view".into(), sample.view.clone());
            if sample.signed_out {
                map.insert("me".into(), Json::Null);
            }
        }
        self.current()?.draw(sample.template, sample.nav, sample.frame, &sample.title, context, self.edition())
    }

    /// The messages, for sentences that handlers say themselves (notices, field errors, mails).
    ///
    /// # Errors
    /// Never; a file that does not parse is refused when it is read.
    pub fn words(&self) -> Result<Arc<Words>, RenderError> {
        Ok(Arc::clone(&self.current()?.words))
    }

    /// A file under `templates/assets/`, by its path there.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<Asset> {
        self.current().ok()?.assets.get(path).cloned()
    }

    fn current(&self) -> Result<Arc<Loaded>, RenderError> {
        Ok(Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// What the program brings itself: parsed once, however many serve it in one process.
fn embedded() -> Result<Arc<Loaded>, RenderError> {
    static PARSED: OnceLock<Arc<Loaded>> = OnceLock::new();
    if let Some(parsed) = PARSED.get() {
        return Ok(Arc::clone(parsed));
    }
    let parsed = Arc::new(Loaded::read(None)?);
    Ok(Arc::clone(PARSED.get_or_init(|| parsed)))
}

fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry
}

/// Templates parsed on every core: it is most of the work of a start.
fn parsed(templates: &[(String, String)]) -> Result<Vec<(String, Template)>, RenderError> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = |part: &[(String, String)]| {
        let mut registry = registry();
        for (name, source) in part {
            let wrong = |e: TemplateError| RenderError::Template { name: name.clone(), what: e.to_string() };
            registry.register_template_string(name, source).map_err(wrong)?;
        }
        Ok(part.iter().filter_map(|(name, _)| Some((name.clone(), registry.get_template(name)?.clone()))).collect())
    };
    let parts: Vec<Result<Vec<_>, RenderError>> = std::thread::scope(|scope| {
        let parts = templates.chunks(templates.len().div_ceil(cores).max(1));
        let started: Vec<_> = parts.map(|part| (part, scope.spawn(move || share(part)))).collect();
        // A thread that broke is a part that is done here again, where its fault is told.
        started.into_iter().map(|(part, thread)| thread.join().unwrap_or_else(|_| share(part))).collect()
    });
    let parts: Vec<Vec<_>> = parts.into_iter().collect::<Result<_, _>>()?;
    Ok(parts.into_iter().flatten().collect())
}

impl Loaded {
    fn read(folder: Option<&Path>) -> Result<Self, RenderError> {
        let files = files(folder)?;
        let text = |bytes: &Cow<'static, [u8]>| String::from_utf8_lossy(bytes).into_owned();

        let words = Arc::new(Words::read(files.iter().filter_map(|(path, bytes)| {
            let inner = path.strip_prefix("words/")?.strip_suffix(".ftl")?;
            let lang = inner.split('/').next().unwrap_or(inner);
            Some((lang, Cow::from(text(bytes))))
        }))?);

        let mut icons = HashMap::new();
        let mut assets = HashMap::new();
        let mut templates = Vec::new();
        for (path, bytes) in &files {
            if let Some(name) = path.strip_prefix("icons/").and_then(|p| p.strip_suffix(".svg")) {
                icons.insert(name.to_owned(), helpers::inlined(&text(bytes)));
            } else if let Some(name) = path.strip_prefix("assets/") {
                assets.insert(name.to_owned(), Asset::of(name, bytes));
            } else if let Some(name) = path.strip_suffix(".hbs") {
                // A partial is called by its bare name.
                let name = name.strip_prefix("partials/").unwrap_or(name);
                templates.push((name.to_owned(), text(bytes)));
            }
        }

        let mut registry = registry();
        let stamps = assets.iter().map(|(name, a)| (name.clone(), a.stamp.clone())).collect();
        helpers::register(&mut registry, &Arc::new(helpers::Toolbox { words: Arc::clone(&words), icons, stamps }));
        for (name, template) in parsed(&templates)? {
            registry.register_template(&name, template);
        }
        Ok(Self { registry, words, assets })
    }

    fn draw(
        &self,
        template: &str,
        nav: &str,
        frame: Frame,
        title: &Title,
        context: Json,
        edition: u64,
    ) -> Result<String, RenderError> {
        let fault = |name: &str, e: &handlebars::RenderError| RenderError::Draw {
            template: name.to_owned(),
            what: e.to_string(),
        };
        let lang = context.get("lang").and_then(Json::as_str).unwrap_or_default();
        let mut args = FluentArgs::new();
        for (name, value) in &title.args {
            args.set(*name, value.as_str());
        }
        let title = self.words.say(lang, title.key, &args)?;

        let mut context = Context::from(context);
        let body = self.registry.render_with_context(template, &context).map_err(|e| fault(template, &e))?;

        if let Some(map) = context.data_mut().as_object_mut() {
            map.remove("view");
            map.insert("title".into(), Json::String(title));
            map.insert("nav".into(), Json::String(nav.to_owned()));
            map.insert("frame".into(), json!(frame));
            map.insert("body".into(), Json::String(body));
            map.insert("edition".into(), json!(edition));
        }
        self.registry.render_with_context("layout", &context).map_err(|e| fault("layout", &e))
    }
}

impl Asset {
    fn of(name: &str, bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let media = match name.rsplit('.').next().unwrap_or_default() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "ico" => "image/x-icon",
            "webmanifest" => "application/manifest+json",
            _ => "application/octet-stream",
        };
        Self { bytes: Arc::from(bytes), media, stamp: format!("{:016x}", hasher.finish()) }
    }
}

/// All template files by path, the folder's in place of the embedded ones.
fn files(folder: Option<&Path>) -> Result<BTreeMap<String, Cow<'static, [u8]>>, RenderError> {
    let mut files: BTreeMap<String, Cow<'static, [u8]>> =
        Embedded::iter().filter_map(|path| Some((path.to_string(), Embedded::get(&path)?.data))).collect();
    if let Some(root) = folder {
        overlay(root, root, &mut files)?;
    }
    Ok(files)
}

fn overlay(root: &Path, at: &Path, files: &mut BTreeMap<String, Cow<'static, [u8]>>) -> Result<(), RenderError> {
    let fault = |path: &Path, e: &std::io::Error| RenderError::Folder { path: path.to_owned(), what: e.to_string() };
    for entry in std::fs::read_dir(at).map_err(|e| fault(at, &e))? {
        let path = entry.map_err(|e| fault(at, &e))?.path();
        if path.is_dir() {
            overlay(root, &path, files)?;
        } else if let Ok(inner) = path.strip_prefix(root) {
            let bytes = std::fs::read(&path).map_err(|e| fault(&path, &e))?;
            let name = inner.to_string_lossy().replace('\\', "/");
            files.insert(name, Cow::Owned(bytes));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "render/tests.rs"]
mod tests;
