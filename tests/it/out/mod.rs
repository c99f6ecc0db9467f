//! Events to others: webhooks that are down, slow, lying or in the wrong place; notices; streams; syslog.

mod notices;
mod publishers;
mod receiver;
mod webhooks;
