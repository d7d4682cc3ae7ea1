//! The macro behind the contract: one list of calls becomes the enum, the router and the TypeScript map.

/// Declares the calls. Each line is `"wire.name": handler(Params { field: Type }) -> Reply;`.
macro_rules! contract {
    ($(
        $(#[$doc:meta])*
        $wire:literal: $handler:ident($params:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) -> $reply:ty;
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            pub struct $params { $($(#[$field_doc])* pub $field: $type),* }
        )+

        /// One call from a screen, as it travels: `{"method": …, "params": {…}}`.
        #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
        #[serde(tag = "method", content = "params")]
        pub enum Call {
            $($(#[$doc])* #[serde(rename = $wire)] $params($params),)+
        }

        impl Call {
            /// The call's wire name, for logs: parameters may be personal.
            pub fn method(&self) -> &'static str {
                match self { $(Self::$params(_) => $wire,)+ }
            }
        }

        /// Answers calls. The kiosk implements it; tests may.
        pub trait Desk: Sync {
            $($(#[$doc])* fn $handler(&self, params: $params)
                -> impl Future<Output = Result<$reply, $crate::contract::RpcError>> + Send;)+
        }

        /// Hands a call to its handler and turns the reply into JSON.
        pub async fn dispatch<D: Desk>(desk: &D, call: Call)
            -> Result<serde_json::Value, $crate::contract::RpcError>
        {
            match call {
                $(Call::$params(params) => $crate::contract::RpcError::encoded(desk.$handler(params).await?),)+
            }
        }

        /// Calls `visit` with every parameter and reply type, and `entry` with every line of the call map.
        pub(super) fn visit_contract(
            config: &ts_rs::Config,
            visitor: &mut impl ts_rs::TypeVisitor,
            mut entry: impl FnMut(&str, String, String),
        ) {
            $(
                visitor.visit::<$params>();
                visitor.visit::<$reply>();
                entry($wire, <$params as ts_rs::TS>::name(config), <$reply as ts_rs::TS>::name(config));
            )+
        }
    };
}
pub(super) use contract;
