//! Numbers, names and fields of the kinds of operations, written once each.

macro_rules! bodies {
    (; $($(#[$doc:meta])* $n:literal $kind:literal $name:ident { $($fields:tt)* })*) => {
        /// What an operation asks. Numbers and names are part of the journal's format.
        #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
        #[cbor(flat)]
        pub enum Body {
            $($(#[$doc])* #[n($n)] $name { $($fields)* },)*
        }

        /// Number and name of every kind of body.
        pub const KINDS: &[(u32, &str)] = &[$(($n, $kind)),*];

        impl Body {
            /// The name of the kind.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $kind,)*
                }
            }
        }
    };
}

pub(super) use bodies;
