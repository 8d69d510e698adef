package dev.sluice.reconciler.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document as it is written: aliases are not followed, and scalars are not interpreted. */
sealed interface YamlNode {

    YamlMark mark();

    /** Text with the tag that is written before it; {@code plain} without quotes, and without a tag that says more. */
    record Scalar(YamlMark mark, String text, @Nullable String tag, boolean plain) implements YamlNode {}

    record Sequence(YamlMark mark, List<YamlNode> items) implements YamlNode {}

    record Mapping(YamlMark mark, List<Entry> entries) implements YamlNode {}

    /** {@code target} may be a collection that the alias itself is in. */
    record Alias(YamlMark mark, YamlNode target) implements YamlNode {}

    /** A key and its value. */
    record Entry(YamlNode key, YamlNode value) {}
}
