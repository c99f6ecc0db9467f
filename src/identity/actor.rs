//! Who acts, and proofs of what they may do: an action that needs an admin takes an [`Admin`], which only this file makes.

use super::person::{IdentityRefusal, Person};
use crate::{
    audit::event::By,
    base::ids::{self, Id},
};

/// Who stands behind a call.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody signed in.
    Anonymous,
    /// A person, in a session.
    Person(Box<Signed>),
    /// The service itself: a job, by its name.
    System(&'static str),
    /// Whoever runs the command line on the machine that holds the database.
    Operator(String),
    /// The company's directory, by the credential that it presented: it brings people and teams in and takes them out, and may
    /// nothing else.
    Directory(Id<ids::Provisioning>),
    /// A receiver of signals, by the credential that it presented: it sees to its own stream, and may nothing else.
    Receiver(Id<ids::Receiver>),
}

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The person.
    pub person: Person,
    /// The session they act in.
    pub session: Id<ids::Session>,
    /// When that session began.
    pub since: crate::base::clock::Time,
}

/// Who acts, and from where.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// The network address; empty inside the service.
    pub address: String,
}

/// Proof that the actor may change people, locks, keys and content.
#[derive(Clone, Debug)]
pub struct Admin {
    by: By,
}

/// Proof that the actor is the company's directory.
#[derive(Clone, Debug)]
pub struct Directory {
    by: By,
}

/// Proof that the actor may read everybody's records.
#[derive(Clone, Debug)]
pub struct Auditor {
    by: By,
}

/// Proof that the actor may see content reports.
#[derive(Clone, Debug)]
pub struct Author(());

/// Proof that the actor may mark what people wrote.
#[derive(Clone, Debug)]
pub struct Marker(());

impl Actor {
    /// Nobody signed in, from an address.
    #[must_use]
    pub fn anonymous(address: impl Into<String>) -> Self {
        Self { who: Who::Anonymous, address: address.into() }
    }

    /// The service itself.
    #[must_use]
    pub fn system(job: &'static str) -> Self {
        Self { who: Who::System(job), address: String::new() }
    }

    /// Whoever runs the command line here.
    #[must_use]
    pub fn operator(name: impl Into<String>) -> Self {
        Self { who: Who::Operator(name.into()), address: String::new() }
    }

    /// The company's directory, from an address.
    #[must_use]
    pub fn directory(credential: Id<ids::Provisioning>, address: impl Into<String>) -> Self {
        Self { who: Who::Directory(credential), address: address.into() }
    }

    /// A receiver of signals, from an address.
    #[must_use]
    pub fn receiver(id: Id<ids::Receiver>, address: impl Into<String>) -> Self {
        Self { who: Who::Receiver(id), address: address.into() }
    }

    /// The actor in the log's words.
    #[must_use]
    pub fn by(&self) -> By {
        let actor = match &self.who {
            Who::Anonymous => "anonymous".to_owned(),
            Who::Person(signed) => signed.person.id.to_string(),
            Who::System(job) => format!("system:{job}"),
            Who::Operator(name) => format!("operator:{name}"),
            Who::Directory(credential) => format!("directory:{credential}"),
            Who::Receiver(receiver) => format!("receiver:{receiver}"),
        };
        By { actor, address: self.address.clone() }
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn signed(&self) -> Result<&Signed, IdentityRefusal> {
        match &self.who {
            Who::Person(signed) => Ok(signed),
            _ => Err(IdentityRefusal::SignInFirst),
        }
    }

    /// The proof of an admin: a person with that capability, or the operator.
    ///
    /// # Errors
    /// The actor is neither.
    pub fn as_admin(&self) -> Result<Admin, IdentityRefusal> {
        match &self.who {
            Who::Person(signed) if signed.person.capabilities.admin => Ok(Admin { by: self.by() }),
            Who::Operator(_) | Who::System(_) => Ok(Admin { by: self.by() }),
            Who::Anonymous => Err(IdentityRefusal::SignInFirst),
            Who::Person(_) | Who::Directory(_) | Who::Receiver(_) => {
                Err(IdentityRefusal::Lacks { capability: "admin" })
            }
        }
    }

    /// The proof of somebody who may read everything: an auditor, an admin, or the operator.
    ///
    /// # Errors
    /// The actor is none of them.
    pub fn as_auditor(&self) -> Result<Auditor, IdentityRefusal> {
        match &self.who {
            Who::Person(signed) if signed.person.capabilities.auditor || signed.person.capabilities.admin => {
                Ok(Auditor { by: self.by() })
            }
            Who::Operator(_) | Who::System(_) => Ok(Auditor { by: self.by() }),
            Who::Anonymous => Err(IdentityRefusal::SignInFirst),
            Who::Person(_) | Who::Directory(_) | Who::Receiver(_) => {
                Err(IdentityRefusal::Lacks { capability: "auditor" })
            }
        }
    }

    /// The proof of somebody who may see content reports: an author, an auditor, an admin, or the operator.
    ///
    /// # Errors
    /// The actor is none of them.
    pub fn as_author(&self) -> Result<Author, IdentityRefusal> {
        match &self.who {
            Who::Person(signed) => {
                let may = signed.person.capabilities;
                if may.author || may.auditor || may.admin {
                    Ok(Author(()))
                } else {
                    Err(IdentityRefusal::Lacks { capability: "author" })
                }
            }
            Who::Operator(_) | Who::System(_) => Ok(Author(())),
            Who::Anonymous => Err(IdentityRefusal::SignInFirst),
            Who::Directory(_) | Who::Receiver(_) => Err(IdentityRefusal::Lacks { capability: "author" }),
        }
    }
}

impl Actor {
    /// The proof of somebody who may mark what people wrote: an author, an admin, or the operator.
    ///
    /// # Errors
    /// The actor is none of them.
    pub fn as_marker(&self) -> Result<Marker, IdentityRefusal> {
        match &self.who {
            Who::Person(signed) if signed.person.capabilities.author || signed.person.capabilities.admin => {
                Ok(Marker(()))
            }
            Who::Operator(_) | Who::System(_) => Ok(Marker(())),
            Who::Anonymous => Err(IdentityRefusal::SignInFirst),
            Who::Person(_) | Who::Directory(_) | Who::Receiver(_) => {
                Err(IdentityRefusal::Lacks { capability: "author" })
            }
        }
    }

    /// The proof of the company's directory. Nobody else is it: an admin has doors of their own.
    ///
    /// # Errors
    /// The actor is somebody else.
    pub fn as_directory(&self) -> Result<Directory, IdentityRefusal> {
        match &self.who {
            Who::Directory(_) => Ok(Directory { by: self.by() }),
            Who::Anonymous => Err(IdentityRefusal::SignInFirst),
            Who::Person(_) | Who::Operator(_) | Who::System(_) | Who::Receiver(_) => {
                Err(IdentityRefusal::Lacks { capability: "directory" })
            }
        }
    }
}

impl Actor {
    /// The receiver of signals that calls. Nobody else is one: an admin has doors of their own.
    ///
    /// # Errors
    /// The actor is somebody else.
    pub fn as_receiver(&self) -> Result<Id<ids::Receiver>, IdentityRefusal> {
        match &self.who {
            Who::Receiver(id) => Ok(*id),
            _ => Err(IdentityRefusal::SignInFirst),
        }
    }
}

impl Directory {
    /// The directory in the log's words.
    #[must_use]
    pub fn by(&self) -> &By {
        &self.by
    }
}

impl Admin {
    /// The admin in the log's words.
    #[must_use]
    pub fn by(&self) -> &By {
        &self.by
    }

    /// Whoever may change everything may read everything.
    #[must_use]
    pub fn as_auditor(&self) -> Auditor {
        Auditor { by: self.by.clone() }
    }
}

impl Auditor {
    /// The auditor in the log's words.
    #[must_use]
    pub fn by(&self) -> &By {
        &self.by
    }
}
