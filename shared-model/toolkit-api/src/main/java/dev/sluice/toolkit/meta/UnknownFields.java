package dev.sluice.toolkit.meta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the list of text of a record that holds the paths of all fields of its JSON, nested ones included, that the
 * record does not model, as {@code artifacts[0].namespace}. Reading fills it, writing leaves it out. A field without a
 * value (null, an empty text, list or object) asks for nothing and is not listed.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface UnknownFields {}
