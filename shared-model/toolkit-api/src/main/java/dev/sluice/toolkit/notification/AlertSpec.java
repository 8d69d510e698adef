package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an Alert.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param eventSources how to filter events based on the involved object kind, name and namespace
 * @param providerRef which Provider this Alert should use
 * @param eventMetadata an optional field for adding metadata to events dispatched by the controller. This can be used
 *     for enhancing the context of the event
 * @param eventSeverity {@code info} (the default, all events) or {@code error}
 * @param exclusionList regular expressions of messages to exclude
 * @param inclusionList a list of Golang regular expressions to be used for including messages
 * @param summary deprecated, only in v1beta3; use {@code eventMetadata}
 * @param suspend tells the controller to suspend subsequent events handling for this Alert
 */
public record AlertSpec(
        @RequiredField List<CrossNamespaceObjectReference> eventSources,
        LocalObjectReference providerRef,
        Map<String, String> eventMetadata,
        @Nullable String eventSeverity,
        List<String> exclusionList,
        List<String> inclusionList,
        @Nullable String summary,
        @Nullable Boolean suspend) {

    public AlertSpec {
        eventSources = List.copyOf(eventSources);
        Required.field(providerRef, "AlertSpec", "providerRef");
        eventMetadata = Immutable.map(eventMetadata);
        exclusionList = List.copyOf(exclusionList);
        inclusionList = List.copyOf(inclusionList);
    }

    /** Returns an empty builder; {@code build()} requires {@code eventSources} and {@code providerRef}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<AlertSpec, Builder> {

        private Builder(@Nullable AlertSpec from) {
            super(AlertSpec.class, from);
        }

        public Builder eventSources(List<CrossNamespaceObjectReference> eventSources) {
            return set("eventSources", eventSources);
        }

        public Builder providerRef(LocalObjectReference providerRef) {
            return set("providerRef", providerRef);
        }

        public Builder eventMetadata(Map<String, String> eventMetadata) {
            return set("eventMetadata", eventMetadata);
        }

        public Builder eventSeverity(String eventSeverity) {
            return set("eventSeverity", eventSeverity);
        }

        public Builder exclusionList(List<String> exclusionList) {
            return set("exclusionList", exclusionList);
        }

        public Builder inclusionList(List<String> inclusionList) {
            return set("inclusionList", inclusionList);
        }

        public Builder summary(String summary) {
            return set("summary", summary);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }
    }
}
