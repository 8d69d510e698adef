package dev.sluice.toolkit.meta;

import java.util.List;
import java.util.Map;

/** Selects objects by labels: all of both have to hold; an empty one matches every object. */
public record LabelSelector(List<LabelSelectorRequirement> matchExpressions, Map<String, String> matchLabels) {

    public LabelSelector {
        matchExpressions = List.copyOf(matchExpressions);
        matchLabels = Immutable.map(matchLabels);
    }
}
