package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.controller.source.BuildContext;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ProjectReleaseSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** The upstream server of one release during one reconciliation. */
public final class Upstream {

    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final ProjectReleaseSpec spec;
    private final String base;
    private final ArtifactFetcher fetcher;
    private final Path directory;

    private Upstream(ProjectReleaseSpec spec, String base, ArtifactFetcher fetcher, Path directory) {
        this.spec = spec;
        this.base = base;
        this.fetcher = fetcher;
        this.directory = directory;
    }

    // region secrets
    /**
     * Returns the upstream of a release with the current content of its Secrets.
     *
     * @throws BuildFailure if the spec or a Secret is invalid
     * @throws IOException if the API server cannot be reached
     */
    public static Upstream open(ProjectRelease release, BuildContext context, FetchOptions options)
            throws IOException, BuildFailure {
        ProjectReleaseSpec spec = release.spec();
        String base = base(spec);
        if ((spec.secretRef() != null || spec.certSecretRef() != null) && !base.startsWith("https://")) {
            throw Failures.invalidSpec("secretRef and certSecretRef require a URL that starts with https://");
        }
        FetchOptions withSecrets = options.withAccess(context.access(spec.secretRef(), spec.certSecretRef()));
        ArtifactFetcher fetcher = context.closing(new ArtifactFetcher(withSecrets))
                .withOwner(release.key().namespace());
        return new Upstream(spec, base, fetcher, context.directory());
    }
    // endregion

    private static String base(ProjectReleaseSpec spec) throws BuildFailure {
        String url = spec.withVersion(spec.url());
        if (authority(url).indexOf('@') >= 0) {
            throw Failures.invalidSpec(
                    "the URL contains credentials; move them to a Secret and reference it in secretRef");
        }
        return url.endsWith("/") ? url : url + "/";
    }

    private static String authority(String url) throws BuildFailure {
        try {
            return Objects.requireNonNullElse(URI.create(url).getRawAuthority(), "");
        } catch (IllegalArgumentException e) {
            // without the cause, which quotes the URL
            throw Failures.invalidSpec("the URL is not a valid http or https URL");
        }
    }

    // region checksum
    /** Returns the checksum of the release's file from the checksum file. */
    public Digest checksum() throws IOException, BuildFailure {
        String text = text(spec.withVersion(spec.checksumFile()));
        return ChecksumFile.find(text, spec.withVersion(spec.file()));
    }

    /** Downloads the release's file and verifies its checksum. */
    public DownloadedRelease download(Digest checksum) throws IOException {
        Path file = directory.resolve("release.tar.gz");
        fetcher.fetch(base + spec.withVersion(spec.file()), checksum.toString(), file);
        return new DownloadedRelease(file, checksum, this);
    }
    // endregion

    /** Returns a small file of the release, such as a signature; at most 1 MiB. */
    String text(String name) throws IOException {
        return fetcher.fetchText(base + name, MAX_TEXT_BYTES, Deadline.never());
    }
}
