//! Events to others: webhooks that are down, slow, lying or in the wrong place; streams; syslog.

mod publishers;
mod receiver;
mod webhooks;
