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
    void aNamespaceMayUseHalfOfTheCache() {
        for (int i = 0; i < 4; i++) {
            allowance.reserve(KIND, key("greedy", i), MEGABYTE);
        }

        assertThatThrownBy(() -> allowance.reserve(KIND, key("greedy", 4), MEGABYTE))
                .hasMessage(
                        "object cache: the objects of namespace \"greedy\" need 5242880 bytes, the limit per namespace is"
                                + " 4194304; shrink or delete large objects, then change this one");
        assertThatThrownBy(() -> allowance.reserve(ExternalArtifact.TYPE.kind(), key("greedy", 0), MEGABYTE))
                .hasMessageContaining("the limit per namespace");
        assertThatCode(() -> allowance.reserve(KIND, key("other", 0), MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void aNamespaceKeepsItsGuaranteedPartOfAFullCache() {
        for (int i = 0; i < 8; i++) {
            allowance.reserve(KIND, key("greedy-" + i % 2, i), MEGABYTE);
        }

        allowance.reserve(KIND, key("late", 0), MEGABYTE / 8);
        assertThatThrownBy(() -> allowance.reserve(KIND, key("late", 1), MEGABYTE / 8))
                .hasMessageContaining("the limit while the cache is full is 131072");
        allowance.reserve(KIND, key("victim", 0), 3_000);
    }

    @Test
    void smallObjectsCountAQuarterOfTheirSize() {
        allowance.reserve(KIND, key("a", 0), CacheAllowance.SMALL_BYTES);
        assertThat(allowance.usedBytes()).isEqualTo(CacheAllowance.SMALL_BYTES / 4);
        allowance.reserve(KIND, key("a", 1), CacheAllowance.SMALL_BYTES + 1);
        assertThat(allowance.usedBytes()).isEqualTo(CacheAllowance.SMALL_BYTES * 5L / 4 + 1);
    }

    /** An object of 300 bytes of JSON uses more than 2 KB of heap, so a hundred thousand of them matter. */
    @Test
    void verySmallObjectsCountAMinimum() {
        int most = 4 * MEGABYTE / CacheAllowance.LEAST_BYTES;
        for (int i = 0; i < most; i++) {
            allowance.reserve(KIND, key("greedy", i), 300);
        }

        assertThatThrownBy(() -> allowance.reserve(KIND, key("greedy", most), 300))
                .hasMessageContaining("the limit per namespace");
        assertThat(allowance.usedBytes()).isEqualTo(4 * MEGABYTE);
    }

    @Test
    void aNewVersionReplacesTheOldOneAndARefusedObjectCountsNothing() {
        allowance.reserve(KIND, key("a", 0), MEGABYTE);
        allowance.reserve(KIND, key("a", 0), 2 * MEGABYTE);
        assertThat(allowance.usedBytes()).isEqualTo(2 * MEGABYTE);
        assertThatThrownBy(() -> allowance.reserve(KIND, key("a", 0), 5 * MEGABYTE));
        assertThat(allowance.usedBytes()).isZero();
    }

    @Test
    void deletedObjectsReleaseTheirSpace() {
        allowance.reserve(KIND, key("a", 0), MEGABYTE);
        allowance.reserve(KIND, key("a", 1), MEGABYTE);
        allowance.reserve(ExternalArtifact.TYPE.kind(), key("a", 0), MEGABYTE);

        allowance.retain(KIND, Set.of(key("a", 1)));
        assertThat(allowance.usedBytes()).isEqualTo(2 * MEGABYTE);
        allowance.release(KIND, key("a", 1));
        allowance.release(KIND, key("a", 1));
        assertThat(allowance.usedBytes()).isEqualTo(MEGABYTE);
    }

    private static ObjectKey key(String namespace, int number) {
        return new ObjectKey(namespace, "o" + number);
    }
}
