package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactStoreTest {

    private static final BlobStore IN_MEMORY = new BlobStore() {
        @Override
        public Blob store(InputStream content) throws IOException {
            return Blob.of(content.readAllBytes());
        }

        @Override
        public Blob store(byte[] content) {
            return Blob.of(content);
        }
    };

    private ProcessBudget process = new ProcessBudget(BudgetLimits.defaults());

    @TempDir
    Path temporary;

    private StorageFixture fixture;
    private ArtifactStore store;
    private FileTree tree;

    @BeforeEach
    void start() throws IOException {
        fixture = StorageFixture.in(temporary);
        store = fixture.store();
        tree = StorageFixture.tree("x: 1\n");
    }

    @Test
    void namesFilesByContentHash() throws IOException {
        String hash = tree.contentHash().hex();

        StoredArtifact stored = store.store(Samples.key("a"), tree, null);

        assertThat(stored.takenOver()).isFalse();
        assertThat(stored.artifact().path()).isEqualTo("externalartifact/apps/a/" + hash + ".tar.gz");
        assertThat(stored.artifact().revision()).isEqualTo("latest@sha256:" + hash);
        assertThat(stored.artifact().url())
                .isEqualTo("http://artifacts.test/" + stored.artifact().path());
        fixture.storage().verify(stored.artifact());
    }

    @Test
    void doesNotRewriteUnchangedContent() throws IOException {
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();
        Object inode = inode(first);

        assertThat(store.store(Samples.key("a"), tree, first).artifact()).isEqualTo(first);
        assertThat(store.store(Samples.key("a"), tree, null).artifact().digest())
                .as("not published, but the file exists")
                .isEqualTo(first.digest());
        assertThat(inode(first)).isEqualTo(inode);
    }

    @Test
    void storesChangedContentInAnotherFile() throws IOException {
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();

        Artifact second = store.store(Samples.key("a"), StorageFixture.tree("x: 2\n"), first)
                .artifact();

        assertThat(second.path()).isNotEqualTo(first.path());
        assertThat(fixture.file(first)).exists();
    }

    @Test
    void takesOverAReferenceFileWithTheSameTree() throws IOException {
        Artifact published = fixture.foreign("1234567890", tree);

        StoredArtifact stored = store.store(Samples.key("a"), tree, published.withUrl("http://old-host/x"));

        assertThat(stored.takenOver()).isTrue();
        assertThat(stored.artifact()).isEqualTo(published);
        assertThat(store.store(Samples.key("a"), tree, published)).isEqualTo(stored);
        assertThat(scratchFiles()).isZero();
    }

    @Test
    void doesNotTakeOverAReferenceFileWithAnotherTree() throws IOException {
        Artifact published = fixture.foreign("1234567890", StorageFixture.tree("x: 0\n"));

        StoredArtifact stored = store.store(Samples.key("a"), tree, published);

        assertThat(stored.takenOver()).isFalse();
        assertThat(stored.artifact().path()).contains(tree.contentHash().hex());
    }

    @Test
    void doesNotTakeOverADamagedReferenceFile() throws IOException {
        Artifact published = fixture.foreign("1234567890", tree);
        Files.write(fixture.file(published), new byte[] {1, 2, 3});

        assertThat(store.store(Samples.key("a"), tree, published).takenOver()).isFalse();
    }

    @Test
    void rewritesADamagedFile() throws IOException {
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();
        Files.write(fixture.file(first), new byte[] {1, 2, 3});

        Artifact again = store.store(Samples.key("a"), tree, first).artifact();

        assertThat(again.path()).isEqualTo(first.path());
        fixture.storage().verify(again);
    }

    @Test
    void ignoresAPublishedArtifactInAnotherObjectsDirectory() throws IOException {
        Artifact published = fixture.foreign("1234567890", tree);

        StoredArtifact stored = store.store(Samples.key("b"), tree, published);

        assertThat(stored.takenOver()).isFalse();
        assertThat(stored.artifact().path()).startsWith("externalartifact/apps/b/");
    }

    @Test
    void ignoresAnIncompletePublishedArtifact() throws IOException {
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();

        Artifact again = store.store(
                        Samples.key("a"), tree, first.withDigest(null).withSize(null))
                .artifact();

        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(again.size()).isEqualTo(first.size());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {0, 5})
    void correctsAnEditedSize(@Nullable Long edited) throws IOException {
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();

        Artifact again =
                store.store(Samples.key("a"), tree, first.withSize(edited)).artifact();

        assertThat(again.size()).isEqualTo(first.size());
    }

    @Test
    void readsTheMergedFilesOfThePublishedArtifact() throws IOException {
        FileTree published = StorageFixture.tree("x: '1'\n");

        assertThat(publishedFiles(fixture.foreign("1234567890", published), tree))
                .contains(published);
        assertThat(scratchFiles()).isZero();
        assertThat(process.heap().usedBytes()).isZero();
        assertThat(process.disk().usedBytes()).isZero();
    }

    @Test
    void takesOverAFileWithoutReadingItTwice() throws IOException {
        Artifact published = fixture.foreign("1234567890", StorageFixture.tree("x: '1'\n"));
        publishedFiles(published, tree);
        Files.delete(fixture.scratch());

        assertThat(store.store(Samples.key("a"), StorageFixture.tree("x: '1'\n"), published)
                        .takenOver())
                .isTrue();
    }

    @Test
    void returnsNoFilesWithoutAPublishedArtifact() throws IOException {
        assertThat(publishedFiles(null, tree)).isEmpty();
    }

    @Test
    void doesNotReadFilesFromAnotherObjectsDirectory() throws IOException {
        Artifact published = fixture.foreign("1234567890", StorageFixture.tree("x: '1'\n"));
        Artifact moved = fixture.storage().newArtifact("ExternalArtifact", "apps", "b", "r", "1234567890.tar.gz");
        Files.createDirectories(fixture.file(moved).getParent());
        Files.copy(fixture.file(published), fixture.file(moved));

        for (String path :
                List.of(moved.path(), "externalartifact/apps/a/..", "externalartifact/apps/a/../b/1234567890.tar.gz")) {
            Artifact edited = Artifact.of(path, "http://x", "r")
                    .withFile(
                            Objects.requireNonNull(published.digest()),
                            Files.size(fixture.file(published)),
                            Objects.requireNonNull(published.lastUpdateTime()));
            assertThat(publishedFiles(edited, tree)).as(path).isEmpty();
        }
    }

    @Test
    void doesNotReadFilesWithAWrongDigest() throws IOException {
        Artifact published = fixture.foreign("1234567890", StorageFixture.tree("x: '1'\n"));

        assertThat(publishedFiles(published.withDigest("sha256:" + "0".repeat(64)), tree))
                .isEmpty();
        assertThat(publishedFiles(published.withDigest(null).withSize(null), tree))
                .isEmpty();
        Files.write(fixture.file(published), new byte[] {1, 2, 3});
        assertThat(publishedFiles(published, tree)).isEmpty();
        Files.delete(fixture.file(published));
        assertThat(publishedFiles(published, tree)).isEmpty();
    }

    @Test
    void doesNotReadBackItsOwnMergedFiles() throws IOException {
        FileTree second = StorageFixture.tree("x: 2\n");
        assertThat(publishedFiles(null, tree)).isEmpty();
        Artifact first = store.store(Samples.key("a"), tree, null).artifact();

        assertThat(publishedFiles(first, tree))
                .as("same artifact as the built one")
                .isEmpty();
        assertThat(publishedFiles(first, second)).as("merged by this process").isEmpty();
        assertThat(publishedFiles(first, second, Set.of(TreePath.of("a.yaml"), TreePath.of("b.yaml"))))
                .as("another file was merged")
                .contains(tree);
        store = fixture.store();
        assertThat(publishedFiles(first, second))
                .as("unknown to another process")
                .contains(tree);
    }

    @Test
    void returnsNoFilesOfAnArchiveThatExceedsTheBudget() throws IOException {
        Artifact published = fixture.foreign("1234567890", StorageFixture.tree("x: '1'\n"));
        process = new ProcessBudget(BudgetLimits.defaults().withHeapBytes(1 << 10));

        assertThat(publishedFiles(published, tree)).isEmpty();
    }

    private Optional<FileTree> publishedFiles(@Nullable Artifact published, FileTree built) throws IOException {
        return publishedFiles(published, built, Set.of(TreePath.of("a.yaml")));
    }

    private Optional<FileTree> publishedFiles(@Nullable Artifact published, FileTree built, Set<TreePath> merged)
            throws IOException {
        try (RunBudget run = process.open(Samples.key("gen"))) {
            return store.publishedFiles(Samples.key("a"), built, merged, published, IN_MEMORY, run);
        }
    }

    private Object inode(Artifact artifact) throws IOException {
        return Files.readAttributes(fixture.file(artifact), BasicFileAttributes.class)
                .fileKey();
    }

    private long scratchFiles() throws IOException {
        try (var files = Files.list(fixture.scratch())) {
            return files.count();
        }
    }
}
