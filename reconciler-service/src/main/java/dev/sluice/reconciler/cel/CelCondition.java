package dev.sluice.reconciler.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.sluice.artifact.concurrent.LruMap;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;

/**
 * A boolean CEL expression on one string variable, with the functions that Flux offers: the standard ones and those for
 * strings, sets, encodings and optional values. Evaluation has a limit on its cost. Thread-safe.
 */
public final class CelCondition {

    /** Longer than any sensible expression. */
    private static final int MAX_LENGTH = 4_096;

    /** Compiling takes milliseconds. Only short expressions are remembered, so that the cache needs few megabytes. */
    private static final int MAX_REMEMBERED_LENGTH = 256;

    private static final int MAX_REMEMBERED = 256;

    private static final Map<Source, CelCondition> COMPILED = Collections.synchronizedMap(new LruMap<>(MAX_REMEMBERED));

    private static final int MAX_ITERATIONS = 10_000;
    private static final int MAX_PATTERN_SIZE = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableOptionalSyntax(true)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_PATTERN_SIZE)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                    CelExtensions.strings(EnumSet.complementOf(
                            EnumSet.of(CelStringExtensions.Function.REPLACE, CelStringExtensions.Function.JOIN))),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.encoders(OPTIONS),
                    CelExtensions.optional())
            .addFunctionBindings(BoundedText.functions())
            .build();

    private final Source source;
    private final CelRuntime.Program program;

    private record Source(String expression, String variable) {}

    private CelCondition(Source source, CelRuntime.Program program) {
        this.source = source;
        this.program = program;
    }

    /**
     * Compiles an expression, or returns it as it was compiled before.
     *
     * @param variable name of the string variable
     * @throws CelException if the expression is malformed, too long, or not boolean
     */
    public static CelCondition compile(String expression, String variable) throws CelException {
        Source source = new Source(expression, variable);
        CelCondition known = COMPILED.get(source);
        if (known != null) {
            return known;
        }
        CelCondition compiled = compile(source);
        if (expression.length() <= MAX_REMEMBERED_LENGTH) {
            COMPILED.put(source, compiled);
        }
        return compiled;
    }

    private static CelCondition compile(Source source) throws CelException {
        String expression = source.expression();
        try {
            CelAbstractSyntaxTree tree =
                    compiler(source.variable()).compile(expression).getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)) {
                throw new CelException("the CEL expression '%s' is of type %s; it must be boolean"
                        .formatted(expression, tree.getResultType().name()));
            }
            return new CelCondition(source, RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new CelException("cannot compile the CEL expression '%s': %s".formatted(expression, e.getMessage()));
        }
    }

    private static CelCompiler compiler(String variable) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS),
                        CelExtensions.optional())
                .addVar(variable, SimpleType.STRING)
                .build();
    }

    /** Returns the text of the expression. */
    public String expression() {
        return source.expression();
    }

    /**
     * Evaluates the expression.
     *
     * @throws CelException if the evaluation fails or exceeds the limit on its cost
     */
    public boolean test(String value) throws CelException {
        CelCost cost = new CelCost(System::nanoTime);
        try {
            Object result = program.trace(Map.of(source.variable(), value), cost);
            if (!cost.isExceeded()) {
                return Boolean.TRUE.equals(result);
            }
        } catch (CelEvaluationException | IllegalStateException e) {
            if (!cost.isExceeded()) {
                throw new CelException(
                        "cannot evaluate the CEL expression '%s': %s".formatted(expression(), e.getMessage()));
            }
        }
        throw new CelException("the CEL expression '%s' exceeds the limit on the cost of an evaluation; simplify it"
                .formatted(expression()));
    }
}
