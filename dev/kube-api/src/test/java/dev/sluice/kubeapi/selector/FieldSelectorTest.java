package dev.sluice.kubeapi.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.json.Json;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class FieldSelectorTest {

    private static final Set<String> SUPPORTED = Set.of("type", "spec.n", "spec.on", "spec.text");
    private static final JsonNode OBJECT = Json.parse(
            "{\"metadata\":{\"name\":\"a\",\"namespace\":\"ns\"},\"type\":\"Opaque\",\"spec\":{\"n\":5,\"on\":true,\"text\":\"x,y=z\"}}");

    record Case(String selector, boolean matches) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("", true),
                new Case("metadata.name=a", true),
                new Case("metadata.name==a,metadata.namespace=ns", true),
                new Case("metadata.name!=a", false),
                new Case("type=Opaque", true),
                new Case("spec.n=5", true),
                new Case("spec.on=true", true),
                new Case("spec.text=x\\,y\\=z", true),
                new Case("type!=Other,spec.n!=6", true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void matches(Case given) {
        assertThat(FieldSelector.parse(given.selector, SUPPORTED).matches(OBJECT))
                .isEqualTo(given.matches);
    }

    @Test
    void rejectsUnsupportedFields() {
        assertThatThrownBy(() -> FieldSelector.parse("spec.other=1", SUPPORTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field label not supported: spec.other");
    }

    @Test
    void rejectsMalformedTerms() {
        assertThatThrownBy(() -> FieldSelector.parse("metadata.name", SUPPORTED))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
