package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies of the client's Spring integration that nothing uses; see docs/adr/0002 and 0005. */
class LeftOutLibrariesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/kubernetes/client/extended/controller/Controller.class",
                "io/github/bucket4j/Bucket.class",
                "com/github/benmanes/caffeine/cache/Cache.class",
                "io/kubernetes/client/proto/V1.class",
                "com/fasterxml/jackson/databind/ObjectMapper.class",
                "org/apache/logging/log4j/LogManager.class"
            })
    void isNotOnTheClassPath(String name) {
        assertThat(getClass().getClassLoader().getResource(name)).isNull();
    }
}
