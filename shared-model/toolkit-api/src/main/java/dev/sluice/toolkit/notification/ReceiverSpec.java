package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a Receiver.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param resources a list of resources to be notified about changes
 * @param type type of the sender, which determines how requests are verified and read; one of {@code generic}, {@code
 *     generic-hmac}, {@code generic-oidc}, {@code github}, {@code gitlab}, {@code bitbucket}, {@code harbor}, {@code
 *     dockerhub}, {@code quay}, {@code gcr}, {@code nexus}, {@code acr}, 'cdevents'
 * @param events the list of event types to handle, e.g. 'push' for GitHub or 'Push Hook' for GitLab
 * @param interval interval at which to reconcile the Receiver with its Secret references; {@code 10m} by default, as a
 *     Go duration such as {@code 10m}
 * @param oidcProviders the OIDC providers used to authenticate incoming requests when Type is 'generic-oidc'. The
 *     provider whose IssuerURL matches the token's 'iss' claim is used to verify the token signature, expiration and
 *     audience, and to evaluate the configured CEL validations against the token claims. Since Flux 2.9
 * @param resourceFilter CEL expression over {@code res} and {@code req} for all resources; since Flux 2.5
 * @param secretRef Secret with the {@code token} for the path and for signatures
 * @param suspend tells the controller to suspend subsequent events handling for this receiver
 */
public record ReceiverSpec(
        @RequiredField List<ReceiverResource> resources,
        String type,
        List<String> events,
        @Nullable FluxDuration interval,
        List<OIDCProvider> oidcProviders,
        @Nullable String resourceFilter,
        @Nullable LocalObjectReference secretRef,
        @Nullable Boolean suspend) {

    public ReceiverSpec {
        resources = List.copyOf(resources);
        Required.field(type, "ReceiverSpec", "type");
        events = List.copyOf(events);
        oidcProviders = List.copyOf(oidcProviders);
    }

    /** Returns an empty builder; {@code build()} requires {@code resources} and {@code type}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<ReceiverSpec, Builder> {

        private Builder(@Nullable ReceiverSpec from) {
            super(ReceiverSpec.class, from);
        }

        public Builder resources(List<ReceiverResource> resources) {
            return set("resources", resources);
        }

        public Builder type(String type) {
            return set("type", type);
        }

        public Builder events(List<String> events) {
            return set("events", events);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder oidcProviders(List<OIDCProvider> oidcProviders) {
            return set("oidcProviders", oidcProviders);
        }

        public Builder resourceFilter(String resourceFilter) {
            return set("resourceFilter", resourceFilter);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }
    }
}
