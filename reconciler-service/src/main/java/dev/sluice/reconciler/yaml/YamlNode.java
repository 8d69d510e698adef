package dev.sluice.reconciler.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed document; aliases are not resolved and scalars are not interpreted. */
sealed interface YamlNode {

    YamlMark mark();

    /** A scalar with its explicit tag. {@code plain} means unquoted and without a tag that determines its type. */
    record Scalar(YamlMark mark, String text, @Nullable String tag, boolean plain) implements YamlNode {}

    record Sequence(YamlMark mark, List<YamlNode> items) implements YamlNode {}

    record Mapping(YamlMark mark, List<Entry> entries) implements YamlNode {}

    /** A reference to an anchored node; {@code target} may be a collection that contains the alias. */
    record Alias(YamlMark mark, YamlNode target) implements YamlNode {}

    /** A key and its value. */
    record Entry(YamlNode key, YamlNode value) {}
}
