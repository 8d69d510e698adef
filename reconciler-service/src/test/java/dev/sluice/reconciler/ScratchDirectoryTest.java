package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {

    private static final long OWN_PID = ProcessHandle.current().pid();
    /** A process id above the Linux maximum of 2^22. */
    private static final long NO_PID = 99_999_999;

    @TempDir
    Path temporary;

    @Test
    void removesDirectoriesOfEndedProcesses() throws IOException {
        Path own = leftBy(OWN_PID);
        Path gone = leftBy(NO_PID);

        assertThat(ScratchDirectory.open(temporary).path()).isEqualTo(own).isEmptyDirectory();
        assertThat(gone).doesNotExist();
    }

    @Test
    void keepsTheDirectoryOfARunningProcess() throws IOException {
        Path living = leftBy(ProcessHandle.current().parent().orElseThrow().pid());

        ScratchDirectory.open(temporary);

        assertThat(living.resolve("sources/1.spool")).exists();
    }

    @Test
    void createsAnotherDirectoryForASecondReconciler() throws IOException {
        Path first = ScratchDirectory.open(temporary).path();
        Files.writeString(first.resolve("file"), "in use");

        assertThat(ScratchDirectory.open(temporary).path()).isNotEqualTo(first).isEmptyDirectory();
        assertThat(first.resolve("file")).exists();
    }

    @Test
    void ignoresOtherNames() throws IOException {
        Path odd = Files.createDirectory(temporary.resolve("sluice-reconciler-99999999999999999999"));
        Path other = Files.createDirectory(temporary.resolve("sluice-reconciler-x"));

        ScratchDirectory.open(temporary);

        assertThat(odd).exists();
        assertThat(other).exists();
    }

    @Test
    void removesALinkButNotItsTarget() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("precious"));
        Files.writeString(target.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(temporary.resolve("sluice-reconciler-" + NO_PID), target);

        ScratchDirectory.open(temporary);

        assertThat(link).doesNotExist();
        assertThat(target.resolve("file")).exists();
    }

    @Test
    void keepsAndAvoidsDirectoriesOfOtherUsers() throws IOException {
        Path sameName = leftBy(OWN_PID);
        Path gone = leftBy(NO_PID);

        Path own = ScratchDirectory.open(temporary, () -> "somebody else").path();

        assertThat(own).isNotEqualTo(sameName).isEmptyDirectory();
        assertThat(sameName.resolve("sources/1.spool")).exists();
        assertThat(gone.resolve("sources/1.spool")).exists();
    }

    @Test
    void doesNotFollowALinkOfAnotherUser() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("precious"));
        Path link = Files.createSymbolicLink(temporary.resolve("sluice-reconciler-" + OWN_PID), target);

        Path own = ScratchDirectory.open(temporary, () -> "somebody else").path();

        assertThat(own).isNotEqualTo(link).isEmptyDirectory();
        assertThat(own.toRealPath()).isNotEqualTo(target.toRealPath());
        assertThat(link).isSymbolicLink();
    }

    @Test
    void leavesNoOtherFilesInTheTemporaryDirectory() throws IOException {
        Path own = ScratchDirectory.open(temporary).path();

        assertThat(temporary).isDirectoryNotContaining(path -> !path.equals(own));
    }

    @Test
    void isDeletedAtTheEnd() throws IOException {
        ScratchDirectory own = ScratchDirectory.open(temporary);
        Files.writeString(own.path().resolve("file"), "left");

        own.close();

        assertThat(temporary).isEmptyDirectory();
        assertThat(ScratchDirectory.open(temporary)).isEqualTo(own);
    }

    private Path leftBy(long pid) throws IOException {
        Path directory = temporary.resolve("sluice-reconciler-" + pid);
        Files.writeString(Files.createDirectories(directory.resolve("sources")).resolve("1.spool"), "left");
        return directory;
    }
}
