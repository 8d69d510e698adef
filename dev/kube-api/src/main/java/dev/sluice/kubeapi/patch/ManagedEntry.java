package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of {@code metadata.managedFields}.
 *
 * @param time time of the last change in whole seconds, or null
 */
record ManagedEntry(
        Manager manager,
        String apiVersion,
        FieldSet fields,
        @Nullable Instant time) {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** The order of entries in the real server. */
    static final Comparator<ManagedEntry> ORDER = Comparator.comparing(
                    (ManagedEntry entry) -> entry.manager().operation())
            .thenComparingLong(ManagedEntry::seconds)
            .thenComparing(entry -> entry.manager().name())
            .thenComparing(ManagedEntry::apiVersion)
            .thenComparing(entry -> entry.manager().subresource());

    /**
     * The identity of a manager; entries of the same manager are merged.
     *
     * @param apiVersion the version of an update; empty for an apply, which has one entry for all versions
     * @param subresource the subresource; empty for the object itself
     */
    record Manager(String name, String operation, String apiVersion, String subresource)
            implements Comparable<Manager> {

        private static final Comparator<Manager> BY_ALL = Comparator.comparing(Manager::name)
                .thenComparing(Manager::operation)
                .thenComparing(Manager::apiVersion)
                .thenComparing(Manager::subresource);

        static Manager applying(String name, String subresource) {
            return new Manager(name, APPLY, "", subresource);
        }

        static Manager updating(String name, String apiVersion, String subresource) {
            return new Manager(name, UPDATE, apiVersion, subresource);
        }

        boolean applies() {
            return operation.equals(APPLY);
        }

        @Override
        public int compareTo(Manager other) {
            return BY_ALL.compare(this, other);
        }

        /** Returns the name in conflict messages. */
        @Override
        public String toString() {
            String text = GoJsonText.quoted(name);
            if (!subresource.isEmpty()) {
                text += " with subresource " + GoJsonText.quoted(subresource);
            }
            return applies() ? text : text + " using " + apiVersion;
        }
    }

    /** Returns the time in seconds; 0 if there is none. */
    long seconds() {
        return time == null ? 0 : time.getEpochSecond();
    }

    ManagedEntry withFields(FieldSet changed) {
        return new ManagedEntry(manager, apiVersion, changed, time);
    }

    ManagedEntry at(Instant when) {
        return new ManagedEntry(manager, apiVersion, fields, when);
    }

    /** @throws IllegalArgumentException if the real server would reject the entry */
    static ManagedEntry parse(JsonNode json) {
        String operation = json.path("operation").asString("");
        String apiVersion = json.path("apiVersion").asString("");
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        }
        if (apiVersion.isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        if (!json.path("fieldsType").asString("").equals("FieldsV1")) {
            throw new IllegalArgumentException("fieldsType must be FieldsV1");
        }
        Manager manager = new Manager(
                json.path("manager").asString(""),
                operation,
                operation.equals(APPLY) ? "" : apiVersion,
                json.path("subresource").asString(""));
        return new ManagedEntry(manager, apiVersion, FieldSet.parse(json.path("fieldsV1")), time(json.path("time")));
    }

    private static @Nullable Instant time(JsonNode json) {
        try {
            return json.isString() ? Instant.parse(json.stringValue()) : null;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time must be RFC 3339: " + json, e);
        }
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("apiVersion", apiVersion);
        json.put("fieldsType", "FieldsV1");
        json.set("fieldsV1", fields.toFieldsV1());
        if (!manager.name().isEmpty()) {
            json.put("manager", manager.name());
        }
        json.put("operation", manager.operation());
        if (!manager.subresource().isEmpty()) {
            json.put("subresource", manager.subresource());
        }
        if (time != null) {
            json.put("time", Instant.ofEpochSecond(time.getEpochSecond()).toString());
        }
        return json;
    }
}
