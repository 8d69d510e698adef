package dev.sluice.kubeapi.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the CEL rules of a schema: the standard language with the extensions for strings, sets, lists and optional
 * values. Values have no declared types, so a rule with an unknown field compiles and fails on every object.
 */
public final class RuleCompiler {

    private static final String OLD_SELF = "oldSelf";

    /** Far more than a reasonable rule needs, but low enough to stop soon. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                    CelExtensions.strings(),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.lists(),
                    CelExtensions.optional(),
                    CelExtensions.comprehensions())
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                    CelExtensions.strings(),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.lists(),
                    CelExtensions.optional(),
                    CelExtensions.comprehensions())
            .addVar("self", SimpleType.DYN)
            .addVar(OLD_SELF, SimpleType.DYN)
            .build();

    private RuleCompiler() {}

    /**
     * Compiles a rule.
     *
     * @param message the message of violations; empty to use the rule
     * @param schema the schema of the validated value
     * @throws RuleSyntaxException if the rule is malformed, is not boolean, or uses unknown functions
     */
    public static CompiledRule compile(String rule, String message, JsonNode schema) throws RuleSyntaxException {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(rule).getAst();
            CelType result = tree.getResultType();
            if (!result.equals(SimpleType.BOOL) && !result.equals(SimpleType.DYN)) {
                throw new RuleSyntaxException("cel expression must evaluate to a bool");
            }
            boolean usesOldSelf = tree.getReferenceMap().values().stream()
                    .anyMatch(reference -> reference.name().equals(OLD_SELF));
            return new CompiledRule(rule, message, schema, RUNTIME.createProgram(tree), usesOldSelf);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new RuleSyntaxException("compilation failed: " + e.getMessage());
        }
    }
}
