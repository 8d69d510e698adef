package dev.sluice.kubeapi.cel;

/** An expression that cannot be compiled; the message is for the author of the definition. */
public final class RuleSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean messageExpression;

    RuleSyntaxException(String message, boolean messageExpression) {
        super(message);
        this.messageExpression = messageExpression;
    }

    /** Whether the expression that makes the message is at fault, and not the rule. */
    public boolean inMessageExpression() {
        return messageExpression;
    }
}
