package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a Provider.
 *
 * @param type for example {@code slack}, {@code github} or {@code generic}
 * @param interval deprecated; has no effect
 * @param proxy deprecated; use {@code proxySecretRef}
 */
public record ProviderSpec(
        String type,
        @Nullable String address,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable String channel,
        @Nullable String commitStatusExpr,
        @Nullable FluxDuration interval,
        @Nullable String proxy,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        @Nullable String username) {

    public ProviderSpec {
        Required.field(type, "ProviderSpec", "type");
    }

    /** Returns an empty builder; {@code build()} requires {@code type}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<ProviderSpec, Builder> {

        private Builder(@Nullable ProviderSpec from) {
            super(ProviderSpec.class, from);
        }

        public Builder type(String type) {
            return set("type", type);
        }

        public Builder address(String address) {
            return set("address", address);
        }

        public Builder certSecretRef(LocalObjectReference certSecretRef) {
            return set("certSecretRef", certSecretRef);
        }

        public Builder channel(String channel) {
            return set("channel", channel);
        }

        public Builder commitStatusExpr(String commitStatusExpr) {
            return set("commitStatusExpr", commitStatusExpr);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder proxy(String proxy) {
            return set("proxy", proxy);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder username(String username) {
            return set("username", username);
        }
    }
}
