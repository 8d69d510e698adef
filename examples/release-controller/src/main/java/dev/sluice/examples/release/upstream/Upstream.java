package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.examples.release.api.ProjectReleaseSpec;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The upstream server of one release during one reconciliation. */
public final class Upstream {

    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final ProjectReleaseSpec spec;
    private final String base;
    private final ArtifactFetcher fetcher;
    private final Path scratch;

    Upstream(ProjectReleaseSpec spec, String base, ArtifactFetcher fetcher, Path scratch) {
        this.spec = spec;
        this.base = base;
        this.fetcher = fetcher;
        this.scratch = scratch;
    }

    // region checksum
    /** Returns the checksum of the release's file from the checksum file. */
    public Digest checksum() throws ReleaseFailure {
        String text = text(spec.withVersion(spec.checksumFile()));
        return ChecksumFile.find(text, spec.withVersion(spec.file()));
    }
    // endregion

    /** Returns a small file of the release, such as a signature. */
    String text(String name) throws ReleaseFailure {
        try {
            return fetcher.fetchText(base + name, MAX_TEXT_BYTES, Deadline.never());
        } catch (IOException e) {
            throw new ReleaseFailure(Reason.FETCH_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    // region download
    /** Downloads the release's file and verifies its checksum. */
    public DownloadedRelease download(Digest checksum) throws IOException, ReleaseFailure {
        Path directory = Files.createTempDirectory(scratch, "release-");
        DownloadedRelease downloaded = new DownloadedRelease(directory, checksum, this::text);
        try {
            fetcher.fetch(base + spec.withVersion(spec.file()), checksum.toString(), downloaded.file());
            return downloaded;
        } catch (DigestMismatchException e) {
            downloaded.close();
            throw new ReleaseFailure(Reason.VERIFICATION_FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            downloaded.close();
            throw new ReleaseFailure(Reason.FETCH_FAILED, String.valueOf(e.getMessage()), e);
        }
    }
    // endregion
}
