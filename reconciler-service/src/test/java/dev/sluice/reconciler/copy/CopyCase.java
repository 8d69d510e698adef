package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of rules: a source tree {@code @s}, copy operations, and the expected lines of {@link Trees} or the
 * error.
 */
record CopyCase(String name, List<String> source, List<CopyOperation> copy, List<String> expected, String error) {

    static final BlobStore IN_MEMORY = new BlobStore() {
        @Override
        public Blob store(InputStream content) throws IOException {
            return Blob.of(content.readAllBytes());
        }

        @Override
        public Blob store(byte[] content) {
            return Blob.of(content);
        }
    };

    private static final TarballSource NO_TARBALLS = tarball -> {
        throw new IOException("no tarballs here");
    };

    static Draft rule(String name) {
        return new Draft(name);
    }

    void check() throws IOException {
        check(NO_TARBALLS);
    }

    void check(TarballSource tarballs) throws IOException {
        if (error.isEmpty()) {
            assertThat(Trees.lines(build(tarballs))).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThatThrownBy(() -> build(tarballs))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining(error)
                    .hasMessageContaining("copy[" + (copy.size() - 1) + "] from");
        }
    }

    private FileTree build(TarballSource tarballs) throws IOException {
        OutputArtifact artifact = new OutputArtifact("artifact", null, null, copy);
        return new ArtifactBuilder(IN_MEMORY, tarballs, Budgets.defaults())
                .build(artifact, Map.of("s", Trees.of(source)));
    }

    @Override
    public String toString() {
        return name;
    }

    /** A builder of rules. */
    static final class Draft {

        private final String name;
        private final List<CopyOperation> copy = new ArrayList<>();
        private List<String> source = List.of();

        private Draft(String name) {
            this.name = name;
        }

        Draft source(String... lines) {
            source = List.of(lines);
            return this;
        }

        Draft copy(String from, String to, String... exclude) {
            return operation(from, to, null, null, exclude);
        }

        Draft merge(String from, String to, String... exclude) {
            return operation(from, to, "Merge", null, exclude);
        }

        Draft extract(String from, String to, String... exclude) {
            return operation(from, to, "Extract", null, exclude);
        }

        Draft optional(String from, String to, String... exclude) {
            return operation(from, to, null, true, exclude);
        }

        private Draft operation(
                String from, String to, @Nullable String strategy, @Nullable Boolean optional, String... exclude) {
            copy.add(new CopyOperation(from, to, List.of(exclude), strategy, optional));
            return this;
        }

        CopyCase gives(String... lines) {
            return new CopyCase(name, source, List.copyOf(copy), List.of(lines), "");
        }

        CopyCase fails(String error) {
            return new CopyCase(name, source, List.copyOf(copy), List.of(), error);
        }
    }
}
