package dev.sluice.toolkit.meta;

import java.util.List;

/**
 * A requirement on a label.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param key the label key that the selector applies to
 * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
 * @param values an array of string values. If the operator is In or NotIn, the values array must be non-empty
 */
public record LabelSelectorRequirement(String key, String operator, List<String> values) {

    public LabelSelectorRequirement {
        Required.field(key, "LabelSelectorRequirement", "key");
        Required.field(operator, "LabelSelectorRequirement", "operator");
        values = List.copyOf(values);
    }
}
