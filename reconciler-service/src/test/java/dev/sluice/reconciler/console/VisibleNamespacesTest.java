package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleNamespacesTest {

    @Test
    void includesNamesAndPrefixes() {
        VisibleNamespaces some = VisibleNamespaces.parse("apps, team-*");

        assertThat(some.includes("apps")).isTrue();
        assertThat(some.includes("apps-2")).isFalse();
        assertThat(some.includes("team-a")).isTrue();
        assertThat(some.includes("team")).isFalse();
        assertThat(VisibleNamespaces.parse("").includes("any")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apps", "a/b", "*-team", "a*b", "-"})
    void refusesWhatIsNoNamespace(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VisibleNamespaces.parse(text))
                .withMessageContaining(text);
    }
}
