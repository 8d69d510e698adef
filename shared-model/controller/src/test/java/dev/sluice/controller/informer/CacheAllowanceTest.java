package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheAllowanceTest {

    private static final int MEGABYTE = 1 << 20;
    private static final ApiKind KIND = GitRepository.TYPE.kind();

    private final CacheAllowance allowance = new CacheAllowance(8 * MEGABYTE);

    @Test
    void aNamespaceMayHaveHalfOfIt() {
        for (int i = 0; i < 4; i++) {
            allowance.take(KIND, key("greedy", i), MEGABYTE);
        }

        assertThatThrownBy(() -> allowance.take(KIND, key("greedy", 4), MEGABYTE))
                .hasMessage(
                        "the objects of namespace \"greedy\" take 5242880 bytes of the cache and one namespace may have"
                                + " 4194304: shrink or delete large objects, then change this one");
        assertThatThrownBy(() -> allowance.take(ExternalArtifact.TYPE.kind(), key("greedy", 0), MEGABYTE))
                .hasMessageContaining("one namespace may have");
        assertThatCode(() -> allowance.take(KIND, key("other", 0), MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void whenAllIsTakenANamespaceStillHasItsAssuredPart() {
        for (int i = 0; i < 8; i++) {
            allowance.take(KIND, key("greedy-" + i % 2, i), MEGABYTE);
        }

        allowance.take(KIND, key("late", 0), MEGABYTE / 8);
        assertThatThrownBy(() -> allowance.take(KIND, key("late", 1), MEGABYTE / 8))
                .hasMessageContaining("others leave it 131072");
        allowance.take(KIND, key("victim", 0), 3_000);
    }

    @Test
    void smallObjectsCountAQuarter() {
        allowance.take(KIND, key("a", 0), CacheAllowance.SMALL_BYTES);
        assertThat(allowance.usedBytes()).isEqualTo(CacheAllowance.SMALL_BYTES / 4);
        allowance.take(KIND, key("a", 1), CacheAllowance.SMALL_BYTES + 1);
        assertThat(allowance.usedBytes()).isEqualTo(CacheAllowance.SMALL_BYTES * 5L / 4 + 1);
    }

    /** An object of 300 bytes of JSON takes two kilobytes of heap and more: a hundred thousand of them are no trifle. */
    @Test
    void verySmallObjectsCountForWhatTheyTakeOfTheHeap() {
        int most = 4 * MEGABYTE / CacheAllowance.LEAST_BYTES;
        for (int i = 0; i < most; i++) {
            allowance.take(KIND, key("greedy", i), 300);
        }

        assertThatThrownBy(() -> allowance.take(KIND, key("greedy", most), 300))
                .hasMessageContaining("one namespace may have");
        assertThat(allowance.usedBytes()).isEqualTo(4 * MEGABYTE);
    }

    @Test
    void aNewVersionReplacesTheOldOneAndWhatIsRefusedCountsNothing() {
        allowance.take(KIND, key("a", 0), MEGABYTE);
        allowance.take(KIND, key("a", 0), 2 * MEGABYTE);
        assertThat(allowance.usedBytes()).isEqualTo(2 * MEGABYTE);
        assertThatThrownBy(() -> allowance.take(KIND, key("a", 0), 5 * MEGABYTE));
        assertThat(allowance.usedBytes()).isZero();
    }

    @Test
    void whatIsGoneMakesRoom() {
        allowance.take(KIND, key("a", 0), MEGABYTE);
        allowance.take(KIND, key("a", 1), MEGABYTE);
        allowance.take(ExternalArtifact.TYPE.kind(), key("a", 0), MEGABYTE);

        allowance.retain(KIND, Set.of(key("a", 1)));
        assertThat(allowance.usedBytes()).isEqualTo(2 * MEGABYTE);
        allowance.give(KIND, key("a", 1));
        allowance.give(KIND, key("a", 1));
        assertThat(allowance.usedBytes()).isEqualTo(MEGABYTE);
    }

    private static ObjectKey key(String namespace, int number) {
        return new ObjectKey(namespace, "o" + number);
    }
}
