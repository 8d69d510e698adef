package dev.sluice.kubeapi.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import tools.jackson.databind.JsonNode;

/** Compiles the rules that stand at one level of a schema. */
public final class RuleCompiler {

    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";

    /** Far more than a sensible rule needs, and little enough to end soon. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    private static final CelStringExtensions.Function[] STRINGS = {
        CelStringExtensions.Function.CHAR_AT,
        CelStringExtensions.Function.INDEX_OF,
        CelStringExtensions.Function.JOIN,
        CelStringExtensions.Function.LAST_INDEX_OF,
        CelStringExtensions.Function.LOWER_ASCII,
        CelStringExtensions.Function.QUOTE,
        CelStringExtensions.Function.REPLACE,
        CelStringExtensions.Function.SPLIT,
        CelStringExtensions.Function.SUBSTRING,
        CelStringExtensions.Function.TRIM,
        CelStringExtensions.Function.UPPER_ASCII
    };

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                    CelExtensions.strings(STRINGS),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.lists(),
                    CelExtensions.optional(),
                    CelExtensions.comprehensions())
            .addFunctionBindings(KubernetesFunctions.bindings())
            .build();

    private final JsonNode schema;
    private final boolean resource;
    private final SchemaTypes types = new SchemaTypes();
    private final CelType self;

    /**
     * For the level of that schema.
     *
     * @param resource whether apiVersion, kind and metadata.name are there without being declared
     */
    public RuleCompiler(JsonNode schema, boolean resource) {
        this.schema = schema;
        this.resource = resource;
        CelType type = types.add(schema, resource, "selfType");
        this.self = type == null ? SimpleType.DYN : type;
    }

    /**
     * Compiles one rule.
     *
     * @param messageExpression "" for none
     * @throws RuleSyntaxException if an expression is malformed, has the wrong type, or uses what is not there
     */
    public CompiledRule compile(String rule, String messageExpression, boolean optionalOldSelf)
            throws RuleSyntaxException {
        CelCompiler compiler = compiler(optionalOldSelf);
        CelAbstractSyntaxTree condition = parse(compiler, rule, "compilation failed: ", false);
        if (!condition.getResultType().equals(SimpleType.BOOL)) {
            throw new RuleSyntaxException("cel expression must evaluate to a bool", false);
        }
        CelAbstractSyntaxTree message = messageExpression.isEmpty()
                ? null
                : parse(compiler, messageExpression, "messageExpression compilation failed: ", true);
        if (message != null && !message.getResultType().equals(SimpleType.STRING)) {
            throw new RuleSyntaxException("messageExpression must evaluate to a string", true);
        }
        boolean usesOldSelf = condition.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals(OLD_SELF));
        return new CompiledRule(
                new CompiledRule.View(schema, resource, optionalOldSelf),
                program(condition, false),
                message == null ? null : program(message, true),
                usesOldSelf);
    }

    private CelCompiler compiler(boolean optionalOldSelf) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setTypeProvider(types.provider())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                .addFunctionDeclarations(KubernetesFunctions.declarations())
                .addVar(SELF, self)
                .addVar(OLD_SELF, optionalOldSelf ? OptionalType.create(self) : self)
                .build();
    }

    private static CelAbstractSyntaxTree parse(
            CelCompiler compiler, String expression, String action, boolean messageExpression)
            throws RuleSyntaxException {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
            return CelValidatorFactory.standardCelValidatorBuilder(compiler, RUNTIME)
                    .addAstValidators(HomogeneousLiteralValidator.newInstance("format"), new LiteralArguments())
                    .build()
                    .validate(tree)
                    .getAst();
        } catch (CelValidationException e) {
            throw new RuleSyntaxException(action + inWordsOfServer(String.valueOf(e.getMessage())), messageExpression);
        }
    }

    /** The two implementations of the language differ in a few words only. */
    private static String inWordsOfServer(String message) {
        return message.replaceAll(" \\(candidates: .*\\)", "")
                .replaceAll(
                        "(<input>:\\d+:\\d+: )(mismatched|extraneous|missing|no viable|token recognition)",
                        "$1Syntax error: $2");
    }

    private static CelRuntime.Program program(CelAbstractSyntaxTree tree, boolean messageExpression)
            throws RuleSyntaxException {
        try {
            return RUNTIME.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new RuleSyntaxException("program instantiation failed: " + e.getMessage(), messageExpression);
        }
    }
}
