package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a page stays small although names of files are as long, and as long when escaped, as a tenant can make them. */
class ArchivePagesTest {

    private static final Shell SHELL = new Shell("", "", "", "1");
    private static final int FILES = 400;
    private static final String LONG = "\u0001".repeat(4_000);

    @TempDir
    Path temporary;

    private StorageFixture storage;
    private ArchivePages pages;

    @BeforeEach
    void open() throws IOException {
        storage = StorageFixture.in(temporary);
        pages = new ArchivePages(new StoredRevisions(storage.storage()), storage.scratch());
    }

    @Test
    void limitsTheLengthOfAllNamesTogether() throws IOException {
        ObjectKey key = store("many", tree());

        FilesPage page = pages.files(key, "many.tar.gz", "", SHELL);

        assertThat(page.files()).isNotEmpty();
        assertThat(page.files().size() + page.more()).isEqualTo(FILES);
        assertThat(page.files().stream()
                        .mapToInt(line -> line.name().length()
                                + line.directory().length()
                                + line.address().length())
                        .sum())
                .isLessThanOrEqualTo(PageSpace.MAX_CHARACTERS);
    }

    @Test
    void limitsTheLengthOfADifference() throws IOException {
        ObjectKey key = store("many", tree());
        store("none", FileTree.builder().build());

        DiffPage.Changes changes =
                pages.diff(key, "none.tar.gz", "many.tar.gz", SHELL).changes();

        assertThat(changes.shown()).isNotEmpty();
        assertThat(changes.shown().size() + changes.more()).isEqualTo(FILES);
        assertThat(changes.shown().stream()
                        .mapToInt(change -> change.path().length())
                        .sum())
                .isLessThanOrEqualTo(PageSpace.MAX_CHARACTERS);
    }

    /** A preview shares the space among its artifacts. */
    @Test
    void aChangeWithoutSpaceIsStillAChange() {
        PageSpace space = new PageSpace();

        assertThat(space.fits("x".repeat(PageSpace.MAX_CHARACTERS))).isTrue();
        assertThat(space.fits("x")).isFalse();
        assertThat(space.fits("")).as("a row after one that did not fit").isFalse();
        assertThat(new DiffPage.Changes(List.of(), 1).isEmpty()).isFalse();
    }

    private static FileTree tree() throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (int i = 0; i < FILES; i++) {
            tree.putFile(TreePath.of("%03d%s".formatted(i, LONG)), FileEntry.of(false, new byte[0]));
        }
        return tree.build();
    }

    private ObjectKey store(String name, FileTree tree) throws IOException {
        Artifact artifact = storage.foreign(name, tree);
        assertThat(storage.file(artifact)).exists();
        return new ObjectKey("apps", "a");
    }
}
