package dev.sluice.reconciler.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionTest {

    private static final String LONG_VALUE = "a".repeat(262_144);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "ns.startsWith('tenant-'); tenant-a; true",
                "ns.startsWith('tenant-'); kube-system; false",
                "ns == 'a' || ns == 'b'; b; true",
                "ns in ['a', 'b']; c; false",
                "ns.matches('^team-[a-z]+$'); team-red; true",
                "ns.matches('^team-[a-z]+$'); team-1; false",
                "size(ns) <= 3; abcd; false",
                "ns.split('-').size() == 3; a-b-c; true",
                "ns.split('-')[0] == 'a'; a-b; true",
                "ns.replace('-', '') == 'ab'; a-b; true",
                "ns.replace('-', '', 1) == 'ab-c'; a-b-c; true",
                "ns.replace('', '.') == '.a.b.'; ab; true",
                "ns.split('-').join('+') == 'a+b'; a-b; true",
                "['a', 'b'].join() == ns; ab; true",
                "ns.lowerAscii() == 'ab'; AB; true",
                "ns.substring(0, 1) == 'a'; ab; true",
                "base64.encode(b'a') == ns; YQ==; true",
                "sets.contains(['a', 'b'], [ns]); b; true",
                "optional.of(ns).orValue('') == 'a'; a; true",
                "int(ns) > 3; 12; true",
                "['x', ns].exists(n, n == 'a'); a; true",
                "timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026 && ns != ''; a; true",
                "true; a; true"
            })
    void evaluatesWithTheFunctionsThatFluxOffers(String expression, String value, boolean expected) throws Exception {
        assertThat(CelCondition.compile(expression, "ns").test(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ns.", "ns", "1", "size(ns)", "other == 'a'", "unknown(ns)", "ns.startsWith(1)", "dyn(true)"
            })
    void rejectsAnExpressionThatIsMalformedOrNotBoolean(String expression) {
        assertThatThrownBy(() -> CelCondition.compile(expression, "ns"))
                .isInstanceOf(CelException.class)
                .hasMessageContaining("CEL expression '" + expression + "'");
    }

    @Test
    void failsForAValueThatTheExpressionCannotHandle() throws Exception {
        CelCondition condition = CelCondition.compile("int(value) > 3", "value");

        assertThatThrownBy(() -> condition.test("three"))
                .isInstanceOf(CelException.class)
                .hasMessageStartingWith("cannot evaluate the CEL expression 'int(value) > 3'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value.replace('', value).replace('', value).size() > 0",
                "value.split('').join(value).size() > 0",
                "[value].map(a, [a+a].map(b, [b+b].map(c, [c+c].map(d, [d+d].map(e, e+e))))).size() > 0",
                "sets.intersects(value.split(''), value.split(''))",
                "value.split('').all(a, value.split('').all(b, value.matches('(a*)*b')))",
                "value.split('').exists(a, value.matches('(a|aa)+$b'))",
                "true == value.split('').all(a, value.split('').all(b, true))"
            })
    void stopsAnExpensiveEvaluation(String expression) throws Exception {
        CelCondition condition = CelCondition.compile(expression, "value");

        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> condition.test(LONG_VALUE)).isInstanceOf(CelException.class));
    }

    @Test
    void acceptsALongValueInASimpleExpression() throws Exception {
        assertThat(CelCondition.compile("value.matches('^a+$') && value.size() > 3", "value")
                        .test(LONG_VALUE))
                .isTrue();
    }

    @Test
    void rejectsAnExpressionThatIsTooLong() {
        String expression = "ns == 'a'" + " || ns == 'b'".repeat(400);

        assertThatThrownBy(() -> CelCondition.compile(expression, "ns")).isInstanceOf(CelException.class);
    }

    @Test
    void remembersAShortExpressionOnly() throws Exception {
        String expression = "ns == 'remembered'";
        String tooLong = "ns == '%s'".formatted("a".repeat(256));

        assertThat(CelCondition.compile(expression, "ns"))
                .isSameAs(CelCondition.compile(expression, "ns"))
                .isNotSameAs(CelCondition.compile("ns == 'another'", "ns"));
        assertThat(CelCondition.compile("true", "ns")).isNotSameAs(CelCondition.compile("true", "value"));
        assertThat(CelCondition.compile(tooLong, "ns")).isNotSameAs(CelCondition.compile(tooLong, "ns"));
    }

    @Test
    void rejectsAPatternThatIsTooLarge() throws Exception {
        CelCondition condition = CelCondition.compile("value.matches('((a{1,100}){1,100})')", "value");

        assertThatThrownBy(() -> condition.test("a")).isInstanceOf(CelException.class);
    }
}
