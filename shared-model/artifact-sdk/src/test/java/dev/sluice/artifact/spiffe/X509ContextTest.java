package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of the Workload API. */
class X509ContextTest {

    private static final TrustDomain OWN = new TrustDomain("own.org");

    private static X509Context parse(byte[] message) throws IOException {
        return X509Context.parse(ByteBuffer.wrap(message));
    }

    @Test
    void readsTheFirstSvidAndAllBundles() throws IOException {
        byte[] first = OWN.update(
                "/a", OWN.issue("/a"), List.of(OWN, new TrustDomain("own.org")), List.of(new TrustDomain("other.org")));
        byte[] second = OWN.update("/b");
        byte[] unknown = {
            // field 9: varint 300, field 10: 64 bits, field 11: 32 bits
            (9 << 3), (byte) 0xac, 0x02, (10 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8, (11 << 3) | 5, 1, 2, 3, 4
        };
        byte[] message = Arrays.copyOf(first, first.length + second.length + unknown.length);
        System.arraycopy(unknown, 0, message, first.length, unknown.length);
        System.arraycopy(second, 0, message, first.length + unknown.length, second.length);

        X509Context context = parse(message);

        assertThat(context.id()).hasToString("spiffe://own.org/a");
        assertThat(context.chain()).hasSize(1);
        assertThat(context.bundles().get("own.org")).hasSize(2);
        assertThat(context.bundles().get("other.org")).hasSize(1);
        assertThat(context.toString())
                .startsWith("spiffe://own.org/a, valid until ")
                .doesNotContain(Base64.getEncoder()
                        .encodeToString(context.key().getEncoded())
                        .substring(0, 16));
    }

    @Test
    void refusesDamagedMessagesWithAnIoException() throws IOException {
        byte[] message = OWN.update("/a");
        assertThatIOException().isThrownBy(() -> parse(new byte[0])).withMessageContaining("no X.509-SVID");
        for (int length = 1; length < message.length; length += 7) {
            byte[] part = Arrays.copyOf(message, length);
            assertThatIOException().isThrownBy(() -> parse(part));
        }
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = message.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                parse(damaged);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("the Workload API sent").hasNoCause();
            }
        }
    }
}
