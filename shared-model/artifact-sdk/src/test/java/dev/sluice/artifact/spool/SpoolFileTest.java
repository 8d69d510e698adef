package dev.sluice.artifact.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {

    @TempDir
    Path directory;

    private SpoolFile spool;

    @BeforeEach
    void create() throws IOException {
        spool = SpoolFile.create(directory.resolve("spool"));
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void returnsSlicesOfTheAppendedContent() throws Exception {
        Blob a = spool.store(bytes("hello"));
        Blob none = spool.store(new byte[0]);
        Blob b = spool.store(new ByteArrayInputStream(bytes("world")));

        assertThat(a.readAll(5)).isEqualTo(bytes("hello"));
        assertThat(b.readAll(100)).isEqualTo(bytes("world"));
        assertThat(none.readAll(0)).isEmpty();
        assertThat(spool.size()).isEqualTo(10);
        assertThat(Files.readString(spool.path())).isEqualTo("helloworld");
        assertThatThrownBy(() -> a.readAll(4)).isInstanceOf(IOException.class).hasMessageContaining("limit of 4");
    }

    @Test
    void isOnlyReadableByItsOwnerAndNeverReplacesAFile() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.path())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> SpoolFile.create(spool.path())).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void streamsSkipAndEnd() throws Exception {
        try (InputStream in = spool.store(bytes("0123456789")).openStream()) {
            assertThat(in.read()).isEqualTo('0');
            assertThat(in.available()).isEqualTo(9);
            assertThat(in.skip(5)).isEqualTo(5);
            assertThat(in.skip(-1)).isZero();
            assertThat(in.readAllBytes()).isEqualTo(bytes("6789"));
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[0])).isZero();
            assertThat(in.skip(1)).isZero();
        }
    }

    @Test
    void staysReadableAfterUnlink() throws Exception {
        Blob blob = spool.store(bytes("hello"));
        spool.unlink();
        spool.unlink();

        assertThat(spool.path()).doesNotExist();
        assertThat(blob.readAll(5)).isEqualTo(bytes("hello"));
        assertThat(spool.store(bytes("more")).readAll(4)).isEqualTo(bytes("more"));
    }

    @Test
    void readingFailsAfterClose() throws Exception {
        Blob blob = spool.store(bytes("hello"));
        spool.close();
        spool.close();

        assertThatThrownBy(() -> blob.readAll(5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed and its content no longer available");
        assertThatThrownBy(() -> spool.store(bytes("x"))).isInstanceOf(IOException.class);
    }

    @Test
    void truncatesAfterAFailedAppend() throws Exception {
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(new byte[200_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("source failed");
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                throw new IOException("source failed");
            }
        });

        assertThatThrownBy(() -> spool.store(failing)).hasMessage("source failed");
        assertThat(spool.size()).isZero();
        assertThat(spool.path()).isEmptyFile();
        assertThat(spool.store(bytes("hello")).readAll(5)).isEqualTo(bytes("hello"));
    }

    @Test
    void anInterruptedReaderDoesNotAffectOthers() throws Exception {
        Blob blob = spool.store(bytes("hello"));
        Thread.currentThread().interrupt();
        try {
            assertThat(blob.readAll(5)).isEqualTo(bytes("hello"));
            assertThat(spool.store(bytes("world")).readAll(5)).isEqualTo(bytes("world"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(blob.readAll(5)).isEqualTo(bytes("hello"));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] content = new byte[1000 * i];
                new Random(i).nextBytes(content);
                results.add(threads.submit(() -> {
                    Blob blob = spool.store(new ByteArrayInputStream(content));
                    return Arrays.equals(blob.readAll(content.length), content);
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(1, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
