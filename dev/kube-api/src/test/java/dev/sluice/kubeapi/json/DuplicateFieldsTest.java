package dev.sluice.kubeapi.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DuplicateFieldsTest {

    record Document(String json, List<String> duplicates) {}

    static Stream<Document> documents() {
        return Stream.of(
                new Document("{}", List.of()),
                new Document("{\"a\": 1, \"b\": {\"a\": 1}}", List.of()),
                new Document("{\"a\": 1, \"a\": 2}", List.of("a")),
                new Document("{\"a\": {\"b\": 1, \"c\": 2, \"b\": 3}}", List.of("a.b")),
                new Document("{\"a\": [1, {\"b\": 1}, [{\"c\": 1, \"c\": 2}]]}", List.of("a[2][0].c")),
                new Document("{\"a\": [{\"b\": 1}, {\"b\": 1, \"b\": 1}], \"a\": 1}", List.of("a[1].b", "a")),
                new Document("[\"a\", \"a\"]", List.of()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namesTheKeysThatOneObjectHasTwice(Document document) {
        assertThat(DuplicateFields.in(document.json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(document.duplicates);
    }
}
