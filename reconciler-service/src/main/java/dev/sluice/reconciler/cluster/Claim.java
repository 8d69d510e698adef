package dev.sluice.reconciler.cluster;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a generator may publish under the name of an existing ExternalArtifact. */
public record Claim(@Nullable String refusal, @Nullable String former) {

    /** The object is the generator's own. */
    static final Claim OWN = new Claim(null, null);

    /** The object's generator no longer exists. */
    static final Claim ADOPTION = new Claim(null, null);

    /** The generator must not write the object. */
    static Claim refused(String objection) {
        return new Claim(objection, null);
    }

    /** The object's generator exists and no longer needs it. */
    static Claim handover(String former) {
        return new Claim(null, former);
    }

    /** Why the generator must not write the object; empty if it may. */
    public Optional<String> objection() {
        return Optional.ofNullable(refusal);
    }

    /** The existing generator that hands over the object; empty if there is none. */
    public Optional<String> formerOwner() {
        return Optional.ofNullable(former);
    }
}
