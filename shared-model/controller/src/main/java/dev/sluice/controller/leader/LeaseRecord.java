package dev.sluice.controller.leader;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A Lease object, kept as JSON so that unknown fields are preserved. */
record LeaseRecord(JsonObject json) {

    /** {@code metav1.MicroTime}: exactly six fractional digits. */
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static LeaseRecord create(LeaseOptions options) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", options.lease().name());
        metadata.addProperty("namespace", options.lease().namespace());
        JsonObject json = new JsonObject();
        json.addProperty("apiVersion", LeaseStore.KIND.apiVersion());
        json.addProperty("kind", LeaseStore.KIND.kind());
        json.add("metadata", metadata);
        json.add("spec", new JsonObject());
        return new LeaseRecord(json);
    }

    /** Returns the holder; empty if there is none. */
    String holder() {
        return text("holderIdentity");
    }

    /** Returns the lease duration in the object, or {@code otherwise} if it has none. */
    Duration duration(Duration otherwise) {
        JsonElement seconds = spec().get("leaseDurationSeconds");
        return isPresent(seconds) ? Duration.ofSeconds(seconds.getAsLong()) : otherwise;
    }

    /** Changes with every renewal. */
    String renewalMark() {
        return holder() + "@" + text("renewTime") + "@" + text("acquireTime");
    }

    LeaseRecord heldBy(LeaseOptions options, Instant now) {
        LeaseRecord next = copy();
        JsonObject spec = next.spec();
        if (!holder().equals(options.identity())) {
            spec.addProperty("acquireTime", MICRO_TIME.format(now));
            spec.addProperty(
                    "leaseTransitions",
                    transitions() + (json.getAsJsonObject("metadata").has("uid") ? 1 : 0));
        }
        spec.addProperty("holderIdentity", options.identity());
        spec.addProperty("leaseDurationSeconds", options.leaseDuration().toSeconds());
        spec.addProperty("renewTime", MICRO_TIME.format(now));
        return next;
    }

    /** Returns the record as client-go writes it on release: no holder and the shortest duration. */
    LeaseRecord released(Instant now) {
        LeaseRecord next = copy();
        next.spec().addProperty("holderIdentity", "");
        next.spec().addProperty("leaseDurationSeconds", 1);
        next.spec().addProperty("renewTime", MICRO_TIME.format(now));
        next.spec().addProperty("acquireTime", MICRO_TIME.format(now));
        return next;
    }

    private long transitions() {
        JsonElement transitions = spec().get("leaseTransitions");
        return isPresent(transitions) ? transitions.getAsLong() : 0;
    }

    private String text(String field) {
        JsonElement value = spec().get(field);
        return isPresent(value) ? value.getAsString() : "";
    }

    private JsonObject spec() {
        if (!(json.get("spec") instanceof JsonObject)) {
            json.add("spec", new JsonObject());
        }
        return json.getAsJsonObject("spec");
    }

    private LeaseRecord copy() {
        return new LeaseRecord(json.deepCopy());
    }

    private static boolean isPresent(@Nullable JsonElement value) {
        return value != null && !value.isJsonNull();
    }
}
