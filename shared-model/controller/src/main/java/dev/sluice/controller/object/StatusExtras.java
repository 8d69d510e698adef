package dev.sluice.controller.object;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a status says besides the conditions that {@link StatusWriter} sets itself. Everything that is not mentioned stays
 * as it is. Immutable.
 *
 * @param fields new values of fields of the status, by their JSON names; null removes a field
 * @param conditions new states of further conditions, by type; null removes a condition
 */
public record StatusExtras(Map<String, @Nullable Object> fields, Map<String, @Nullable ConditionState> conditions) {

    /** Nothing. */
    public static final StatusExtras NONE = new StatusExtras(Map.of(), Map.of());

    /**
     * A condition without its times.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    public record ConditionState(String status, String reason, String message) {}

    public StatusExtras {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    }

    /** Returns a copy that sets a field, or removes it. */
    public StatusExtras with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(fields);
        all.put(field, value);
        return new StatusExtras(all, conditions);
    }

    /** Returns a copy that sets a condition. */
    public StatusExtras withCondition(String type, String status, String reason, String message) {
        Map<String, @Nullable ConditionState> all = new LinkedHashMap<>(conditions);
        all.put(type, new ConditionState(status, reason, message));
        return new StatusExtras(fields, all);
    }

    /** Returns a copy that removes a condition. */
    public StatusExtras withoutCondition(String type) {
        Map<String, @Nullable ConditionState> all = new LinkedHashMap<>(conditions);
        all.put(type, null);
        return new StatusExtras(fields, all);
    }
}
