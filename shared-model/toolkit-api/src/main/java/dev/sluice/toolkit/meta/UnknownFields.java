package dev.sluice.toolkit.meta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the string list of a record that contains the paths of all fields in its JSON that the record does not have,
 * including nested ones, for example {@code artifacts[0].namespace}. It is filled when reading and omitted when
 * writing. Empty fields (null, an empty string, list or object) are not listed.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface UnknownFields {}
