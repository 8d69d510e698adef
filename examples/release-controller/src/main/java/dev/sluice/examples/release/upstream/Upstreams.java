package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** Creates the access to the upstream server of a release. Thread-safe. */
public final class Upstreams {

    private final UpstreamSecrets secrets;
    private final FetchOptions options;
    private final Path scratch;

    /** @param scratch an existing directory for downloads */
    public Upstreams(ApiRequests requests, FetchOptions options, Path scratch) {
        this.secrets = new UpstreamSecrets(requests);
        this.options = options;
        this.scratch = scratch;
    }

    /** Returns a verifier of signatures, which reads the keys from the releases' Secrets. */
    public ReleaseVerifier verifier() {
        return new SignatureVerifier(secrets);
    }

    /**
     * Returns the upstream of a release with the current content of its Secrets.
     *
     * @throws ReleaseFailure if the spec or a Secret is invalid
     * @throws IOException if the API server cannot be reached
     */
    public Upstream open(ProjectRelease release) throws IOException, ReleaseFailure {
        String base = base(release);
        boolean secret = release.spec().secretRef() != null || release.spec().certSecretRef() != null;
        if (secret && !base.startsWith("https://")) {
            throw invalid("secretRef and certSecretRef require a URL that starts with https://");
        }
        ArtifactFetcher fetcher = new ArtifactFetcher(options.withAccess(secrets.access(release)));
        return new Upstream(release.spec(), base, fetcher, scratch);
    }

    private static String base(ProjectRelease release) throws ReleaseFailure {
        String url = release.spec().withVersion(release.spec().url());
        if (authority(url).indexOf('@') >= 0) {
            throw invalid("the URL contains credentials; move them to a Secret and reference it in secretRef");
        }
        return url.endsWith("/") ? url : url + "/";
    }

    private static String authority(String url) throws ReleaseFailure {
        try {
            return Objects.requireNonNullElse(URI.create(url).getRawAuthority(), "");
        } catch (IllegalArgumentException e) {
            // without the cause, which quotes the URL
            throw invalid("the URL is not a valid http or https URL");
        }
    }

    private static ReleaseFailure invalid(String message) {
        return new ReleaseFailure(Reason.INVALID_SPEC, message, null);
    }
}
