package dev.sluice.toolkit.meta;

import java.util.List;

/**
 * A requirement on a label.
 *
 * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
 */
public record LabelSelectorRequirement(String key, String operator, List<String> values) {

    public LabelSelectorRequirement {
        Required.field(key, "LabelSelectorRequirement", "key");
        Required.field(operator, "LabelSelectorRequirement", "operator");
        values = List.copyOf(values);
    }
}
