package dev.sluice.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplyBodyTest {

    private static final ApiKind KIND = new ApiKind("example.com", "v1", "Thing", "things");

    @Test
    void containsOnlyTheFieldsThatWereSet() {
        ApplyBody body = ApplyBody.of(KIND, new ObjectKey("apps", "one"))
                .withLabels(Map.of())
                .withAnnotations(Map.of())
                .withFinalizers(List.of())
                .withOwnerReferences(List.of());

        assertThat(body)
                .hasToString("{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\","
                        + "\"metadata\":{\"name\":\"one\",\"namespace\":\"apps\"}}");
    }

    @Test
    void containsTheFieldsThatWereSet() {
        ApplyBody body = ApplyBody.of(KIND, new ObjectKey("", "one"))
                .withUid("u1")
                .withLabels(Map.of("a", "b"))
                .withAnnotations(Map.of("c", "d"))
                .withFinalizers(List.of("f"))
                .withOwnerReferences(List.of(new V1OwnerReference()
                        .apiVersion("v1")
                        .kind("K")
                        .name("n")
                        .uid("u2")))
                .with("spec", Map.of("x", 1));

        assertThat(body)
                .hasToString("{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"one\","
                        + "\"uid\":\"u1\",\"labels\":{\"a\":\"b\"},\"annotations\":{\"c\":\"d\"},\"finalizers\":[\"f\"],"
                        + "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"n\",\"uid\":\"u2\"}]},"
                        + "\"spec\":{\"x\":1}}");
    }

    @Test
    void isImmutable() {
        ApplyBody body = ApplyBody.of(KIND, new ObjectKey("", "one"));
        body.with("spec", Map.of());
        body.toJson().addProperty("x", 1);

        assertThat(body.toJson().keySet()).containsExactly("apiVersion", "kind", "metadata");
    }
}
