package dev.sluice.toolkit.meta;

import java.util.List;
import java.util.Map;

/** Selects objects by labels. All requirements of both kinds must match; an empty selector matches every object. */
public record LabelSelector(List<LabelSelectorRequirement> matchExpressions, Map<String, String> matchLabels) {

    public LabelSelector {
        matchExpressions = List.copyOf(matchExpressions);
        matchLabels = Immutable.map(matchLabels);
    }
}
