//! The macro behind the contract: one list of calls becomes the enum, the router and the TypeScript map.

/// Declares the calls. Each line is `"wire.name" by Access: handler(Params { field: Type }) -> Reply;`, with a variant of
/// [`Access`](super::Access): who may make a call cannot be left out.
macro_rules! contract {
    ($(
        $(#[$doc:meta])*
        $wire:literal by $access:ident: $handler:ident($params:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) -> $reply:ty;
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

        /// Every call by its wire name, and who may make it.
        pub const CALLS: &[(&str, $crate::contract::Access)] =
            &[$(($wire, $crate::contract::Access::$access),)+];

        /// Answers calls. The kiosk implements it; tests may.
        pub trait Desk: Sync {
            /// For whom staff mode is open, if they have at least this role. Asked before every staff call.
            fn on_duty(&self, least: portico_types::StaffRole)
                -> impl Future<Output = Result<$crate::contract::OnDuty, $crate::contract::RpcError>> + Send;

            $($crate::contract::declare::handler! { $access, [$(#[$doc])*] $handler($params) -> $reply })+
        }

        /// Hands a call to its handler, if whoever makes it may, and turns the reply into JSON.
        pub async fn dispatch<D: Desk>(desk: &D, call: Call)
            -> Result<serde_json::Value, $crate::contract::RpcError>
        {
            match call {
                $(Call::$params(params) => $crate::contract::RpcError::encoded(
                    $crate::contract::declare::answer!($access, desk.$handler(params))?
                ),)+
            }
        }

        /// Calls `visit` with every parameter and reply type, and `entry` with every line of the call map.
        pub(super) fn visit_contract(
            config: &ts_rs::Config,
            visitor: &mut impl ts_rs::TypeVisitor,
            mut entry: impl FnMut(&str, $crate::contract::Access, String, String),
        ) {
            $(
                visitor.visit::<$params>();
                visitor.visit::<$reply>();
                entry($wire, $crate::contract::Access::$access, <$params as ts_rs::TS>::name(config), <$reply as ts_rs::TS>::name(config));
            )+
        }
    };
}
pub(super) use contract;

/// A call's line in the trait: staff's handlers are told who acts.
macro_rules! handler {
    (Anyone, [$(#[$doc:meta])*] $handler:ident($params:ty) -> $reply:ty) => {
        $(#[$doc])* fn $handler(&self, params: $params)
            -> impl Future<Output = Result<$reply, $crate::contract::RpcError>> + Send;
    };
    ($role:ident, [$(#[$doc:meta])*] $handler:ident($params:ty) -> $reply:ty) => {
        $(#[$doc])* fn $handler(&self, by: $crate::contract::OnDuty, params: $params)
            -> impl Future<Output = Result<$reply, $crate::contract::RpcError>> + Send;
    };
}
pub(super) use handler;

/// Asks a handler, and before it who may.
macro_rules! answer {
    (Anyone, $desk:ident.$handler:ident($params:ident)) => {
        $desk.$handler($params).await
    };
    ($role:ident, $desk:ident.$handler:ident($params:ident)) => {
        match $desk.on_duty(portico_types::StaffRole::$role).await {
            Ok(by) => $desk.$handler(by, $params).await,
            Err(refused) => Err(refused),
        }
    };
}
pub(super) use answer;
