package dev.sluice.kubeapi.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.validator.CelAstValidator;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/** Literals that no value can save: a bad regular expression, duration or timestamp. */
final class LiteralArguments implements CelAstValidator {

    @Override
    public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
        tree.getRoot()
                .allNodes()
                .filter(node -> node.getKind() == ExprKind.Kind.CALL)
                .forEach(node -> check(node.expr().call(), issues));
    }

    private static void check(CelExpr.CelCall call, IssuesFactory issues) {
        List<CelExpr> arguments = call.args();
        if (arguments.isEmpty()) {
            return;
        }
        CelExpr last = arguments.get(arguments.size() - 1);
        if (last.exprKind().getKind() == ExprKind.Kind.CONSTANT
                && last.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && !isValid(call.function(), last.constant().stringValue())) {
            issues.addError(last.id(), "invalid " + call.function() + " argument");
        }
    }

    private static boolean isValid(String function, String literal) {
        try {
            switch (function) {
                case "matches" -> Pattern.compile(literal);
                case "duration" -> GoDuration.parse(literal);
                case "timestamp" -> OffsetDateTime.parse(literal);
                default -> {
                    return true;
                }
            }
            return true;
        } catch (PatternSyntaxException | IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }
}
