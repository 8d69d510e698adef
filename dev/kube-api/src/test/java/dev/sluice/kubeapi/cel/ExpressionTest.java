package dev.sluice.kubeapi.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Expected values were recorded from kube-apiserver v1.35.4, with each expression as a rule of the string {@code
 * abc12}.
 */
class ExpressionTest {

    private static final JsonNode SELF = JsonNodeFactory.instance.stringNode("abc12");

    record Case(String expression, JsonNode json) {

        @Override
        public String toString() {
            return expression;
        }
    }

    static Stream<Case> expressions() throws IOException {
        try (InputStream in = ExpressionTest.class.getResourceAsStream("expressions.json")) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(in))
                    .valueStream()
                    .map(json -> new Case(json.path("expression").asString(), json));
        }
    }

    private static CompiledRule compile(String rule) throws RuleSyntaxException {
        return RuleCompiler.compile(
                rule, "broken", JsonNodeFactory.instance.objectNode().put("type", "string"));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void evaluatesLikeRealServer(Case given) throws RuleSyntaxException {
        if (given.json().has("refused")) {
            assertThatThrownBy(() -> compile(given.expression()))
                    .isInstanceOf(RuleSyntaxException.class)
                    .hasMessageContaining(given.json().path("refused").asString());
            return;
        }
        assertThat(shown(compile(given.expression())))
                .isEqualTo(given.json().path("result").asString());
    }

    private static String shown(CompiledRule rule) {
        String violation = rule.violation(SELF, null).orElse("true");
        return violation.equals("broken") ? "false" : violation;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isIP(self)",
                "url(self).getHost() == 'a'",
                "quantity(self).isGreaterThan(quantity('1'))",
                "self.find('b') == 'b'",
                "[1, 2].sum() == 3",
                "'%s'.format([self]) == self",
                "ip(self).family() == 4",
                "cidr('10.0.0.0/8').containsIP(self)",
                "isSemver(self)",
                "format.dns1123Label().validate(self).hasValue()"
            })
    void rejectsUnsupportedFunctions(String expression) {
        assertThatThrownBy(() -> compile(expression))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageContaining("undeclared reference to");
    }

    @Test
    void stopsLongRunningRules() throws RuleSyntaxException {
        String digits = "[0,1,2,3,4,5,6,7,8,9]";
        String nested = ("%s.all(a, %s.all(b, %s.all(c, %s.all(d, %s.all(e, %s.all(f, %s.all(g, %s.all(h,"
                        + " a + b + c + d + e + f + g + h >= 0))))))))")
                .replace("%s", digits);
        CompiledRule rule = compile(nested);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertThat(rule.violation(SELF, null).orElse("")).contains("evaluating rule: broken");
        // CPU time, because the elapsed time depends on the load of the machine
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
}
