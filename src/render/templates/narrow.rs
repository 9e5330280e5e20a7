//! A view with only those of its fields that templates speak of: serialisation leaves the others out.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::mentions::{Manner, Mentions};

/// A value of which the fields are serialised that templates speak of.
pub struct Only<'a, T: ?Sized>(pub &'a T, pub &'a Mentions);

impl<T: Serialize + ?Sized> Serialize for Only<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Narrow { inner: serializer, mentions: self.1, looped: false })
    }
}

/// A value that templates go through: if it is no list, by its fields, whatever they are called.
struct Looped<'a, T: ?Sized>(&'a T, &'a Mentions);

impl<T: Serialize + ?Sized> Serialize for Looped<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Narrow { inner: serializer, mentions: self.1, looped: true })
    }
}

/// A serialiser, or what it gives for a value with parts, in front of which fields are left out.
struct Narrow<'a, S> {
    inner: S,
    mentions: &'a Mentions,
    /// Whether templates go through the value.
    looped: bool,
}

/// Values that have no fields are passed on as they are.
macro_rules! plain {
    ($($name:ident($type:ty)),* $(,)?) => {
        $(fn $name(self, value: $type) -> Result<S::Ok, S::Error> {
            self.inner.$name(value)
        })*
    };
}

/// Values that have parts, but no fields.
macro_rules! parts {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ident),* $(,)?) => {
        $(fn $name(self, $($arg: $type),*) -> Result<Self::$out, S::Error> {
            Ok(Narrow { inner: self.inner.$name($($arg),*)?, mentions: self.mentions, looped: self.looped })
        })*
    };
}

impl<'a, S: Serializer> Serializer for Narrow<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Narrow<'a, S::SerializeSeq>;
    type SerializeTuple = Narrow<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Narrow<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Narrow<'a, S::SerializeTupleVariant>;
    type SerializeMap = Narrow<'a, S::SerializeMap>;
    type SerializeStruct = Narrow<'a, S::SerializeStruct>;
    type SerializeStructVariant = Narrow<'a, S::SerializeStructVariant>;

    plain! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_i128(i128), serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
        serialize_u128(u128), serialize_f32(f32), serialize_f64(f64), serialize_char(char), serialize_str(&str),
        serialize_bytes(&[u8]), serialize_unit_struct(&'static str),
    }

    parts! {
        serialize_seq(len: Option<usize>) -> SerializeSeq,
        serialize_tuple(len: usize) -> SerializeTuple,
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct,
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> SerializeTupleVariant,
        serialize_map(len: Option<usize>) -> SerializeMap,
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct,
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> SerializeStructVariant,
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        match self.looped {
            true => self.inner.serialize_some(&Looped(value, self.mentions)),
            false => self.inner.serialize_some(&Only(value, self.mentions)),
        }
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(name, &Only(value, self.mentions))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, &Only(value, self.mentions))
    }
}

/// What has elements in order.
macro_rules! elements {
    ($($trait:ident :: $method:ident),* $(,)?) => {
        $(impl<S: $trait> $trait for Narrow<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.inner.$method(&Only(value, self.mentions))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        })*
    };
}

elements! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// What has fields, whose names are those of views.
macro_rules! fields {
    ($($trait:ident),* $(,)?) => {
        $(impl<S: $trait> $trait for Narrow<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
                if self.looped {
                    return self.inner.serialize_field(name, value);
                }
                match self.mentions.of_field(name) {
                    None => self.inner.skip_field(name),
                    Some(Manner { whole: true, .. }) => self.inner.serialize_field(name, value),
                    Some(Manner { looped: true, .. }) => self.inner.serialize_field(name, &Looped(value, self.mentions)),
                    Some(_) => self.inner.serialize_field(name, &Only(value, self.mentions)),
                }
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant }

/// The keys of a map are those of data: all of them are kept.
impl<S: SerializeMap> SerializeMap for Narrow<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_value(&Only(value, self.mentions))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Inner {
        name: u8,
        left_out: u8,
    }

    #[derive(Serialize)]
    struct Outer {
        kept: Option<Vec<Inner>>,
        written: Inner,
        left_out: &'static str,
        map: std::collections::BTreeMap<&'static str, Inner>,
        fields: Option<Inner>,
    }

    #[test]
    fn fields_that_nobody_names_are_left_out() {
        let inner = || Inner { name: 1, left_out: 2 };
        let outer = Outer {
            kept: Some(vec![inner()]),
            written: inner(),
            left_out: "x",
            map: [("any", inner())].into(),
            fields: Some(inner()),
        };
        let texts = [(
            "a.html",
            "{% for x in kept %}{{ x.name }}{% endfor %}{{ written }}{{ map.any.name }}{% for x in fields %}.{% endfor %}",
        )];
        let mentions = Mentions::of("a.html", &texts.into());
        let json = serde_json::to_string(&Only(&outer, &mentions)).expect("JSON");
        assert_eq!(
            json,
            r#"{"kept":[{"name":1}],"written":{"name":1,"left_out":2},"map":{"any":{"name":1}},"fields":{"name":1,"left_out":2}}"#
        );
    }
}
