package dev.sluice.kubeapi.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.ApiException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ProtobufObjectsTest {

    @Test
    void decodesConfigMap() {
        byte[] metadata = message(text(1, "a"), text(2, ""), bytes(8, new byte[0]), bytes(11, entry("l", "v")));
        byte[] raw = message(bytes(1, metadata), bytes(2, entry("k", "v")), number(4, 1));

        assertThat(ProtobufObjects.decode(object("v1", "ConfigMap", raw)).orElseThrow())
                .isEqualTo(Json.parse("""
                        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"l":"v"}},
                         "data":{"k":"v"},"immutable":true}"""));
    }

    @Test
    void decodesBytesAndTimes() {
        byte[] lease = message(bytes(
                2, message(text(1, "me"), number(2, 15), bytes(4, message(number(1, 1), number(2, 5000))))));
        assertThat(ProtobufObjects.decode(object("coordination.k8s.io/v1", "Lease", lease))
                        .orElseThrow()
                        .path("spec"))
                .isEqualTo(Json.parse("""
                        {"holderIdentity":"me","leaseDurationSeconds":15,"renewTime":"1970-01-01T00:00:01.000005Z"}"""));
        byte[] secret = message(bytes(2, entry("k", "v")));
        assertThat(ProtobufObjects.decode(object("v1", "Secret", secret))
                        .orElseThrow()
                        .at("/data/k")
                        .asString())
                .isEqualTo("dg==");
    }

    @Test
    void ignoresUnknownKinds() {
        assertThat(ProtobufObjects.decode(object("v1", "Pod", new byte[0]))).isEmpty();
    }

    @Test
    void rejectsOtherBodies() {
        assertThatThrownBy(() -> ProtobufObjects.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(400));
    }

    @Test
    void rejectsMalformedMessages() {
        byte[] whole = object("v1", "ConfigMap", message(bytes(1, message(text(1, "a"))), bytes(2, entry("k", "v"))));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] broken = Arrays.copyOf(whole, 5 + random.nextInt(whole.length - 5));
            broken[4 + random.nextInt(broken.length - 4)] ^= (byte) random.nextInt();
            try {
                ProtobufObjects.decode(broken);
            } catch (ApiException e) {
                assertThat(e.code()).isEqualTo(400);
                refused++;
            }
        }
        assertThat(refused).as("most are broken, some are still objects").isBetween(2500, 4999);
    }

    private static byte[] object(String apiVersion, String kind, byte[] raw) {
        byte[] unknown = message(bytes(1, message(text(1, apiVersion), text(2, kind))), bytes(2, raw));
        return message("k8s\0".getBytes(StandardCharsets.UTF_8), unknown);
    }

    private static byte[] entry(String key, String value) {
        return message(text(1, key), text(2, value));
    }

    private static byte[] text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int field, byte[] value) {
        return message(varint((field << 3) | 2), varint(value.length), value);
    }

    private static byte[] number(int field, int value) {
        return message(varint(field << 3), varint(value));
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
