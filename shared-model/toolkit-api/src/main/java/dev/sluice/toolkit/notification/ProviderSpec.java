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
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param type the service to which events are sent, or whose commit status is set; one of {@code alertmanager}, {@code
 *     azuredevops}, {@code azureeventhub}, {@code bitbucket}, {@code bitbucketserver}, {@code datadog}, {@code
 *     discord}, {@code generic}, {@code generic-hmac}, {@code gitea}, {@code giteapullrequestcomment}, {@code github},
 *     {@code githubdispatch}, {@code githubpullrequestcomment}, {@code gitlab}, {@code gitlabmergerequestcomment},
 *     {@code googlechat}, {@code googlepubsub}, {@code grafana}, {@code incident.io}, {@code lark}, {@code mastodon},
 *     {@code matrix}, {@code msteams}, {@code nats}, {@code opsgenie}, {@code otel}, {@code pagerduty}, {@code
 *     rocket}, {@code sentry}, {@code slack}, {@code telegram}, {@code webex}, {@code zoom}, {@code zulip} (not in
 *     v1beta3: {@code mastodon})
 * @param address the endpoint, in a generic sense, to where alerts are sent. What kind of endpoint depends on the
 *     specific Provider type being used
 * @param certSecretRef the Secret containing TLS certificates for secure communication. Supported configurations:
 *     server authentication ({@code ca.crt} only); mutual authentication ({@code ca.crt}, {@code tls.crt} and {@code
 *     tls.key}); client authentication with the system CA ({@code tls.crt} and {@code tls.key} only). Legacy keys
 *     "caFile", "certFile", "keyFile" are supported but deprecated
 * @param channel the destination channel where events should be posted
 * @param commitStatusExpr a CEL expression that evaluates to a string value that can be used to generate a custom
 *     commit status message for use with eligible Provider types (github, gitlab, gitea, bitbucketserver, bitbucket,
 *     azuredevops). Supported variables are: event, provider, and alert. Since Flux 2.6
 * @param interval deprecated, only in v1beta3: a Go duration without effect
 * @param proxy deprecated, only in v1beta3; use {@code proxySecretRef}
 * @param proxySecretRef the Secret containing the proxy configuration for this Provider. The Secret should contain an
 *     'address' key with the HTTP/S address of the proxy server. Since Flux 2.7
 * @param secretRef the Secret containing the authentication credentials for this Provider
 * @param serviceAccountName the name of the Kubernetes ServiceAccount used to authenticate with cloud provider services
 *     through workload identity. This enables multi-tenant authentication without storing static credentials. Since
 *     Flux 2.6
 * @param suspend tells the controller to suspend subsequent events handling for this Provider
 * @param timeout time limit of a request to the Provider, as a Go duration such as {@code 10s}
 * @param username the name under which events are posted
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
