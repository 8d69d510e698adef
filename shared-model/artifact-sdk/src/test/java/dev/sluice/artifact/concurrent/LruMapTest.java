package dev.sluice.artifact.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LruMapTest {

    @Test
    void evictsTheEntryThatWasLeastRecentlyPutOrGot() {
        Map<String, Integer> map = new LruMap<>(2);
        map.put("a", 1);
        map.put("b", 2);
        assertThat(map.get("a")).isEqualTo(1);

        map.put("c", 3);

        assertThat(map).containsOnly(Map.entry("a", 1), Map.entry("c", 3));
    }

    @Test
    void refusesASizeThatHoldsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LruMap<>(0)).withMessageContaining("maxEntries is 0");
    }
}
