package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    private static final String LONGEST = "/" + "a/".repeat(2047) + "b";

    @ParameterizedTest
    @CsvSource({
        "/a, a",
        "/a/b.tar.gz, a b.tar.gz",
        "/%61%7A/%7e, az ~",
        "/%30%39%41%4a%5F%6f, 09AJ_o",
        "/!\"$&'()*+:<=>@[]^_`{|}~, '!\"$&''()*+:<=>@[]^_`{|}~'",
        "/%C3%A9, é",
        "/%e2%82%ac, €",
    })
    void decodesEachNameOnce(String path, String names) {
        assertThat(RequestPath.parse(path)).get().extracting(RequestPath::names).isEqualTo(List.of(names.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//",
                "/a/",
                "/a//b",
                "/%",
                "/a%4",
                "/%4",
                "/%g0",
                "/%0g",
                "/%-1",
                "/%4１",
                "/%１4",
                "/a b",
                "/a\tb",
                "/a?",
                "/a#",
                "/a\u007f",
                "/a%25b",
                "/a%252e",
                "/a%3Bb",
                "/%2e",
                "/é",
                "/%80",
                "/%C3",
                "/%C0%AF",
                "/%ED%A0%80"
            })
    void refusesWhatNoArtifactUrlNeeds(String path) {
        assertThat(RequestPath.parse(path)).isEmpty();
    }

    @Test
    void limitsTheLength() {
        assertThat(LONGEST).hasSize(4096);
        assertThat(RequestPath.parse(LONGEST)).isPresent();
        assertThat(RequestPath.parse(LONGEST + "b")).isEmpty();
    }

    @Test
    void theRootHasNoNames() {
        RequestPath root = RequestPath.parse("/").orElseThrow();
        assertThat(root.isRoot()).isTrue();
        assertThat(root.names()).isEmpty();
    }

    @Test
    void separatesTheLastNameFromItsDirectories() {
        RequestPath path = RequestPath.parse("/a/b/c").orElseThrow();
        assertThat(path.isRoot()).isFalse();
        assertThat(path.directoryNames()).containsExactly("a", "b");
        assertThat(path.lastName()).isEqualTo("c");
    }
}
