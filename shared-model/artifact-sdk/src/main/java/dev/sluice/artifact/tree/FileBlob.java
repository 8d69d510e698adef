package dev.sluice.artifact.tree;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The content of a file that other processes may change; reading fails if it differs from what was indexed. */
record FileBlob(Path file, long size, Digest sha256) implements Blob {

    @Override
    public InputStream openStream() throws IOException {
        InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        return new VerifyingInputStream(in, "file \"" + file + "\"", sha256);
    }
}
