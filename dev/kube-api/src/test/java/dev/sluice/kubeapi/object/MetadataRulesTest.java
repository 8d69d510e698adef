package dev.sluice.kubeapi.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class MetadataRulesTest {

    record Case(String metadata, String field) {}

    static Stream<Case> broken() {
        return Stream.of(
                new Case("{}", "metadata.name"),
                new Case("{\"name\":\"Upper\"}", "metadata.name"),
                new Case("{\"name\":\"a..b\"}", "metadata.name"),
                new Case("{\"name\":\"" + "a".repeat(254) + "\"}", "metadata.name"),
                new Case("{\"name\":\"a\",\"labels\":{\"-x\":\"y\"}}", "metadata.labels"),
                new Case("{\"name\":\"a\",\"labels\":{\"x\":\"no spaces\"}}", "metadata.labels"),
                new Case("{\"name\":\"a\",\"labels\":{\"a/b/c\":\"\"}}", "metadata.labels"),
                new Case("{\"name\":\"a\",\"annotations\":{\"/x\":\"\"}}", "metadata.annotations"),
                new Case(
                        "{\"name\":\"a\",\"annotations\":{\"x\":\"" + "y".repeat(262_144) + "\"}}",
                        "metadata.annotations"),
                new Case("{\"name\":\"a\",\"finalizers\":[\"a b\"]}", "metadata.finalizers"),
                new Case(
                        "{\"name\":\"a\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"n\",\"uid\":\"\"}]}",
                        "metadata.ownerReferences[0].uid"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void namesInvalidField(Case given) {
        List<Cause> causes = validate(given.metadata);
        assertThat(causes).extracting(Cause::field).contains(given.field);
    }

    @Test
    void acceptsValidMetadata() {
        assertThat(validate(
                        "{\"name\":\"a.b-c\",\"labels\":{\"example.com/Name_1\":\"\"},\"annotations\":{\"Example.com/x\":\"any text\"},"
                                + "\"finalizers\":[\"example.com/f\"]}"))
                .isEmpty();
    }

    private static List<Cause> validate(String metadata) {
        ObjectNode object = Json.object();
        object.set("metadata", Json.parse(metadata));
        return MetadataRules.validate(ObjectMeta.of(object), NameRule.SUBDOMAIN, false);
    }
}
