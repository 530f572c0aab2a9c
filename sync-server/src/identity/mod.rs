//! A provider of identities: FranceConnect v2, or another that speaks OpenID Connect as it does (docs/adr/0020).
//!
//! The host knows one provider ([`Settings`]); a town offers it or does not. Whoever comes back from it is known by
//! [`Identity::hash`] alone, made of issuer and subject: no name, no e-mail and no token of the provider is kept.
//! What a token says is judged purely ([`claims`]); [`Provider`] fetches.

mod claims;
#[cfg(test)]
pub(crate) mod fake;
mod provider;
mod settings;

pub use claims::{Expected, NotOurs};
pub use provider::{Identity, Provider, Trouble, Way};
pub use settings::{Settings, SettingsError};

use std::sync::{Arc, OnceLock};

/// The provider that a host knows, if any.
#[derive(Default)]
pub struct Identities(OnceLock<Arc<Provider>>);

impl Identities {
    /// From now on there is one. Said once, before anybody is served.
    pub fn offer(&self, provider: Provider) {
        let _ = self.0.set(Arc::new(provider));
    }

    /// Whether there is one.
    pub fn is_offered(&self) -> bool {
        self.0.get().is_some()
    }

    /// It.
    pub fn provider(&self) -> Option<Arc<Provider>> {
        self.0.get().cloned()
    }
}
