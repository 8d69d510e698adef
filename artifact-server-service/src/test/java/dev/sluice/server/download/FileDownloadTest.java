package dev.sluice.server.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.server.ServedFile;
import dev.sluice.artifact.server.ServedFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDownloadTest {

    private static final int SIZE = 100_000;
    private static final String HEAD = "HTTP/1.1 200 \r\nContent-Length: 100000\r\n\r\n";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Downloads downloads = new Downloads(registry);
    private final byte[] content = new byte[SIZE];

    @TempDir
    private Path directory;

    private Path file = Path.of("unset");

    /** Accepts a limited number of bytes per write; a slow client accepts none at every second write. */
    private static final class Client implements WritableByteChannel {

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final int maxBytes;
        private final boolean slow;
        private int writes;
        private int firstWrite;

        Client(int maxBytes, boolean slow) {
            this.maxBytes = maxBytes;
            this.slow = slow;
        }

        @Override
        public int write(ByteBuffer source) {
            writes++;
            byte[] bytes = new byte[slow && writes % 2 == 0 ? 0 : Math.min(maxBytes, source.remaining())];
            source.get(bytes);
            received.writeBytes(bytes);
            firstWrite = writes == 1 ? bytes.length : firstWrite;
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to do
        }
    }

    @BeforeEach
    void write() throws IOException {
        new Random(7).nextBytes(content);
        file = Files.write(directory.resolve("a.tar.gz"), content);
    }

    private ServedFile open() throws IOException {
        return new ServedFiles(directory).open("/a.tar.gz").orElseThrow();
    }

    /** Sends turn by turn, as the endpoint does; returns whether the download completed. */
    private boolean send(Client client, String head, int position, int length) throws IOException {
        try (FileDownload download = downloads.begin(open(), position, length)) {
            download.startWith(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            boolean complete = false;
            for (int turn = 0; !complete && turn < 1_000_000; turn++) {
                complete = download.sendTo(client);
            }
            return complete;
        }
    }

    private static byte[] expected(String head, byte[] content, int from, int to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(Arrays.copyOfRange(content, from, to));
        return all.toByteArray();
    }

    @Test
    void theHeadIsSentWithTheFirstBytesOfTheFile() throws IOException {
        Client client = new Client(Integer.MAX_VALUE, false);

        send(client, HEAD, 0, SIZE);

        assertThat(client.firstWrite).isEqualTo(HEAD.length() + 32 * 1024);
        assertThat(client.received.toByteArray()).isEqualTo(expected(HEAD, content, 0, SIZE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 41, 42, 1000, 32 * 1024 + 40, 32 * 1024 + 41, 60_000})
    void noByteIsLostOrRepeatedWithSmallWrites(int maxBytes) throws IOException {
        for (boolean slow : new boolean[] {false, true}) {
            Client client = new Client(maxBytes, slow);

            assertThat(send(client, HEAD, 0, SIZE)).isTrue();

            assertThat(client.received.toByteArray()).isEqualTo(expected(HEAD, content, 0, SIZE));
        }
        assertThat(registry.get("sluice.artifact.sent.bytes").counter().count()).isEqualTo(2.0 * SIZE);
        assertThat(registry.get("sluice.artifact.aborted.downloads").counter().count())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "99999, 1", "5, 32763", "5, 32768", "5, 32769", "60000, 40000"})
    void onlyTheRangeIsSent(int position, int length) throws IOException {
        Client client = new Client(Integer.MAX_VALUE, false);

        send(client, HEAD, position, length);

        assertThat(client.received.toByteArray()).isEqualTo(expected(HEAD, content, position, position + length));
    }

    @Test
    void anUnusuallyLargeHeadIsSent() throws IOException {
        String large = "X".repeat(10_000);
        Client client = new Client(3000, false);

        send(client, large, 0, SIZE);

        assertThat(client.received.toByteArray()).isEqualTo(expected(large, content, 0, SIZE));
    }

    @Test
    void aTruncatedFileEndsTheDownloadWithoutExtraBytes() throws IOException {
        Client client = new Client(Integer.MAX_VALUE, false);
        try (FileDownload download = downloads.begin(open(), 0, SIZE)) {
            Files.write(file, Arrays.copyOf(content, 100));
            download.startWith(ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII)));

            assertThat(download.sendTo(client)).isFalse();
            assertThat(download.sentBytes()).isEqualTo(100);
            assertThatThrownBy(() -> download.sendTo(client)).isInstanceOf(EOFException.class);
        }
        assertThat(client.received.toByteArray()).isEqualTo(expected(HEAD, content, 0, 100));
        assertThat(registry.get("sluice.artifact.aborted.downloads").counter().count())
                .isOne();
    }

    @Test
    void anUnreadableSmallFileFailsBeforeTheDownloadStarts() throws IOException {
        ServedFile small = open();
        Files.write(file, new byte[10]);

        assertThatThrownBy(() -> downloads.begin(small, 0, 11))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("expected 11 bytes");
        assertThat(downloads.openCount()).isZero();
        assertThat(small.channel().isOpen()).isFalse();
    }

    @Test
    void aTextIsSentAfterItsHead() throws IOException {
        Client client = new Client(1000, true);
        try (FileDownload download = downloads.begin(content)) {
            download.startWith(ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII)));
            boolean complete = false;
            while (!complete) {
                complete = download.sendTo(client);
            }
        }
        assertThat(client.received.toByteArray()).isEqualTo(expected(HEAD, content, 0, SIZE));
    }

    /** The thread's other connections wait during a turn. */
    @Test
    void aTurnIsLimitedEvenIfTheClientIsFast() throws IOException {
        int bound = 4 * 1024 * 1024;
        Files.write(file, new byte[2 * bound + 1]);
        Client fast = new Client(Integer.MAX_VALUE, false);
        try (FileDownload download = downloads.begin(open(), 0, 2L * bound + 1)) {
            download.startWith(ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII)));
            assertThat(download.sendTo(fast)).isFalse();
            assertThat(download.sentBytes()).isEqualTo(bound);
            assertThat(download.sendTo(fast)).isFalse();
            assertThat(download.sentBytes()).isEqualTo(2L * bound);
            assertThat(download.sendTo(fast)).isTrue();
        }
        assertThat(fast.received.size()).isEqualTo(HEAD.length() + 2 * bound + 1);
    }
}
