package dev.sluice.kubeapi.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelQueryTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "", "n", "5", "example.com/x", "in");

    record Case(String selector, boolean matches) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("", true),
                new Case("app", true),
                new Case("!app", false),
                new Case("!none", true),
                new Case("app=web", true),
                new Case("app==web", true),
                new Case("app!=web", false),
                new Case("none!=web", true),
                new Case("tier=", true),
                new Case("app in (web, db)", true),
                new Case("app in(db)", false),
                new Case("app notin (db)", true),
                new Case("none notin (db)", true),
                new Case("example.com/x=in", true),
                new Case("example.com/x in (in,notin)", true),
                new Case(" app = web , n = 5 ", true),
                new Case("app=web,tier", true),
                new Case("app=web,missing", false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void matches(Case given) {
        assertThat(LabelQuery.parse(given.selector).matches(LABELS)).isEqualTo(given.matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b=c", "=b", "a in", "a in (b", "a,,b", "a b", "-a=b", "a=b!", "a>5", "!", "a=b,"})
    void rejectsMalformedSelectors(String text) {
        assertThatThrownBy(() -> LabelQuery.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unable to parse requirement");
    }
}
