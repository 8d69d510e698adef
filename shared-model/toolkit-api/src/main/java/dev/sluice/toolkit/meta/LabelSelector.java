package dev.sluice.toolkit.meta;

import java.util.List;
import java.util.Map;

/**
 * Selects objects by labels. All requirements of both kinds must match; an empty selector matches every object.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param matchExpressions a list of label selector requirements. The requirements are ANDed
 * @param matchLabels a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an
 *     element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only
 *     "value"
 */
public record LabelSelector(List<LabelSelectorRequirement> matchExpressions, Map<String, String> matchLabels) {

    public LabelSelector {
        matchExpressions = List.copyOf(matchExpressions);
        matchLabels = Immutable.map(matchLabels);
    }
}
