package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives 1 GiB in a separate JVM with a heap of 64 MiB. */
class ArchiveMemoryIT {

    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    Path directory;

    @Test
    void archivesAGibibyteWithASmallHeap() throws Exception {
        Path output = directory.resolve("output");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ArchiveMemoryIT.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }

        assertThat(ended).as("finished in time").isTrue();
        assertThat(output).content().isEqualTo("whole\n");
    }

    /** The measured process; the fastest level uses as much memory as any other. */
    public static void main(String[] arguments) throws IOException {
        Digest unchecked = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]);
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("large"), new FileEntry(false, unchecked, new PatternBlob()))
                .build();
        TarGzWriter.write(tree, OutputStream.nullOutputStream(), new ArchiveOptions(1, 8));
        System.out.println("whole");
    }

    private static final class PatternBlob implements Blob {
        @Override
        public long size() {
            return GIBIBYTE;
        }

        @Override
        public InputStream openStream() {
            return new PatternStream();
        }
    }

    private static final class PatternStream extends InputStream {
        private long position;

        @Override
        public int read() {
            return position == GIBIBYTE ? -1 : (int) ((position++ * 31) >>> 7) & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            if (position == GIBIBYTE) {
                return -1;
            }
            int n = (int) Math.min(len, GIBIBYTE - position);
            for (int i = 0; i < n; i++) {
                b[off + i] = (byte) read();
            }
            return n;
        }
    }
}
